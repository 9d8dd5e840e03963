"""Every page of the public site: on a phone and a desk, by day and by night, for everyone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import SMALL_TARGETS
from tools.site_screens import PAGES, walk_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LARGE = (
    "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '32px')"
)


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("nl", 360, "light"), ("nl", 1280, "dark"), ("en", 360, "dark"), ("en", 1280, "light")],
)
def test_everyone_can_use_it_and_nobody_else_is_asked(
    visit: Any, address: str, language: str, width: int, scheme: str
) -> None:
    visitor = visit(width=width, scheme=scheme)
    names = []
    for name in walk_site(visitor.page, address, language):
        names.append(name)
        visitor.check_access()
        assert visitor.page.evaluate("document.documentElement.lang") == language
        assert not visitor.is_wider_than_screen(), name
    assert names == [*PAGES, *(["menu"] if width == 360 else [])]
    assert all(url.startswith((address, "data:")) for url in visitor.asked)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_fits_the_narrowest_phone(visit: Any, address: str, language: str) -> None:
    visitor = visit(width=320, height=568)
    for name in walk_site(visitor.page, address, language):
        assert not visitor.is_wider_than_screen(), name
        if name in {"articles", "article", "towns", "method", "menu"}:
            small = visitor.page.evaluate(SMALL_TARGETS)
            assert not small, f"{name}: {small}"


def test_larger_text_breaks_nothing(visit: Any, address: str) -> None:
    visitor = visit(width=360)
    visitor.page.add_init_script(LARGE)
    for name in walk_site(visitor.page, address, "nl"):
        assert not visitor.is_wider_than_screen(), name


def test_the_menu_works_without_script(visit: Any) -> None:
    page = visit(script=False).page
    page.goto("/artikelen/")
    page.keyboard.press("Tab")
    menu = page.locator(".mast__menu > summary")
    menu.focus()
    page.keyboard.press("Enter")
    way = page.locator(".mast__menu nav a[href='/methode/']")
    expect(way).to_be_visible()
    way.click()
    expect(page).to_have_url("/methode/")


def test_a_link_is_copied_where_the_browser_can(visit: Any, address: str) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.page
    page.goto(PAGES["article"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-done]")).to_have_text("De link staat op je klembord.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(PAGES["article"])
