"""Walks the public site for the pictures and the tests: every kind of page, and the menu.

The pages are those that a new site begins with; their addresses stand in `content/`.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from tools.own_screens import go_to

PAGES = {
    "method": "/methode/",
    "articles": "/artikelen/",
    "article": "/artikelen/het-nee-begint-eerder/",
    "parents": "/ouders/",
    "schools": "/scholen/",
    "about": "/over-ons/",
    "towns": "/plaatsen/",
    "contact": "/contact/",
    "appointment": "/afspraak-vragen/",
    "privacy": "/privacy/",
    "acts": "/daden/",
    "pond": "/vijver/",
    "search": "/zoeken/",
}


def walk_site(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through the public pages; give each page's name when it stands there."""
    for name, path in PAGES.items():
        go_to(page, address + path, language)
        yield name
    menu = page.locator(".mast__menu > summary")
    if menu.is_visible():
        menu.click()
        yield "menu"
