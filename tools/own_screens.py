"""Walks one's own pages for the pictures and the tests, as somebody of the demo's cast.

Somebody of the cast does not exist; their passphrases stand in `content/demo.yaml`.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from playwright.sync_api import Page

CAST = {
    "nl": ("Otto Oever", "drie gele laarzen wachten"),
    "en": ("Rory Rill", "seven loose kites inland"),
}
CIRCLE = {"nl": "/cirkel/", "en": "/en/circle/"}
DOORS = {"sign-in": "/inloggen/", "sign-up": "/meedoen/", "lost": "/wachtzin-kwijt/"}
ABOUT_ALL = {
    "my-story": "/mijn/",
    "something-up": "/mijn/er-schuurt-iets/",
    "growth": "/mijn/groei/",
    "learned": "/mijn/groei/geleerd/",
    "month": "/mijn/groei/maand/",
    "nudges": "/mijn/seintjes/",
    "takeout": "/mijn/meenemen/",
    "bring-in": "/mijn/terugzetten/",
    "erase": "/mijn/wissen/",
    "erase-all": "/mijn/wissen/account/",
}
ABOUT_ONE = {
    "reflection": "",
    "look-back": "terugkijken/",
    "edit": "wijzigen/",
    "nudge": "seintje/",
    "drop": "laten-gaan/",
}
# Pages that look like another one: walked, but not taken unless they are asked for.
LIKE_ANOTHER = {"bring-in", "erase-all", "drop"}


def go_to(page: Page, address: str, language: str) -> None:
    """Open a page by its Dutch address, and follow its own way to the other language."""
    page.goto(address)
    if language != "nl":
        elsewhere = page.locator(f"a[hreflang={language}]").first.get_attribute("href") or ""
        page.goto(urljoin(page.url, elsewhere))


def walk_doors(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through the pages before an account, up to keeping a circle; give each page's name."""
    for name, path in DOORS.items():
        go_to(page, address + path, language)
        yield name
    page.goto(address + CIRCLE[language])
    for value in ("act", "plan", "card"):
        while not page.locator(f"body.p-{value}").count():
            _answer(page)
    page.locator("#keep ~ form button").click()
    page.wait_for_selector("main form.way")
    yield "keep"
    page.locator("main form .btn--pebble").click()
    page.wait_for_selector("#username")
    yield "keep-new"


def _answer(page: Page) -> None:
    """Answer what stands on a step of the circle, and go on."""
    for selector in ("[name=tension][value='3']", "[name=safe][value=yes]", "[name=act]"):
        if page.locator(selector).count():
            page.locator(f"label:has({selector}) > span").first.click()
    before = page.title()
    page.locator("main [name=move][value=next]").click()
    page.wait_for_function("t => document.title !== t", arg=before)


def sign_in(page: Page, address: str, language: str) -> None:
    """Sign in as the one of the cast who speaks a language."""
    name, passphrase = CAST[language]
    go_to(page, f"{address}/inloggen/", language)
    page.fill("[name=login]", name)
    page.fill("[name=password]", passphrase)
    page.locator("main form .btn").click()
    # Who has no recovery code yet is asked about that first.
    page.locator("[name=login]").wait_for(state="detached")
    go_to(page, f"{address}/mijn/", language)


def walk_own(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through one's own pages with the vault open, then shut it; give each page's name."""
    sign_in(page, address, language)
    one = page.locator("section[aria-labelledby=kept] .kept__what a").nth(1)
    kept = urljoin(page.url, one.get_attribute("href") or "")
    _plan(page, kept)
    for name, path in ABOUT_ALL.items():
        go_to(page, address + path, language)
        yield name
    for name, path in ABOUT_ONE.items():
        page.goto(kept)
        dutch = page.url if language == "nl" else page.locator("a[hreflang=nl]").first
        start = dutch if isinstance(dutch, str) else dutch.get_attribute("href") or ""
        go_to(page, urljoin(page.url, start) + path, language)
        yield name
    yield from _walk_safety(page, address, language)


def _plan(page: Page, kept: str) -> None:
    """Set a nudge ready, so that the pages have one to show."""
    page.goto(kept)
    page.locator("section[aria-labelledby=nudge] a.plain").last.click()
    page.locator("main [name=move][value=plan]").click()
    page.wait_for_selector("body.p-own .faults")


def _walk_safety(page: Page, address: str, language: str) -> Iterator[str]:
    go_to(page, f"{address}/herstelcode/", language)
    page.locator("main form .btn").click()
    page.wait_for_selector(".groups, #passphrase")
    if page.locator("#passphrase").count():
        page.fill("#passphrase", CAST[language][1])
        page.locator("main form .btn").click()
        page.wait_for_selector(".groups")
    yield "recovery-code"
    groups = page.locator(".groups b").all_inner_texts()
    asked = re.search(r"\d", page.inner_text(".typed label"))
    page.fill("#code", groups[int(asked[0]) - 1] if asked else "")
    page.locator(".typed .btn").click()
    page.wait_for_selector("main a.btn")
    go_to(page, f"{address}/veiligheid/", language)
    yield "safety"
    page.locator("main form .btn").click()
    page.wait_for_selector(".door")
    go_to(page, f"{address}/mijn/", language)
    yield "unlock"
    # So that whoever walks after this is signed in on one device.
    page.goto(f"{address}/uitloggen/")
    page.locator("main form .btn").click()
    page.wait_for_url(f"{address}/")
