"""Somebody plays with the pond: with script and without, by thumb, by keyboard and by ear."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_every_page import SMALL_TARGETS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESS = "/vijver/"
FILLS = "place => getComputedStyle(document.querySelector(place)).fill"
WHITE = "rgb(255, 255, 255)"
PEBBLE = "rgb(255, 90, 40)"
LARGE = (
    "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '32px')"
)


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("nl", 360, "light"), ("nl", 1280, "dark"), ("en", 360, "dark"), ("en", 1280, "light")],
)
def test_everyone_can_play(visit: Any, language: str, width: int, scheme: str) -> None:
    visitor = visit(width=width, scheme=scheme)
    page = visitor.page
    _open(page, language)
    visitor.check_access()
    _step(page, 2).check(force=True)
    visitor.check_access()
    page.goto(page.url + "?people=1000&begin=70&never=x&who=enough")
    expect(page.locator(".fault")).to_have_count(2)
    visitor.check_access()
    assert not visitor.is_wider_than_screen()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_fits_a_thumb_on_the_narrowest_phone(visit: Any, language: str) -> None:
    visitor = visit(width=320, height=568)
    page = visitor.page
    _open(page, language)
    for asked in ("", "?people=200&begin=20&never=30&who=enough"):
        page.goto(page.url.partition("?")[0] + asked)
        assert not visitor.is_wider_than_screen()
        small = page.evaluate(SMALL_TARGETS)
        assert not small, small


def test_larger_text_breaks_nothing(visit: Any) -> None:
    visitor = visit(width=360)
    visitor.page.add_init_script(LARGE)
    visitor.page.goto(f"{ADDRESS}?people=200&begin=20")
    assert not visitor.is_wider_than_screen()


def test_without_script_each_step_fills_the_pond(visit: Any) -> None:
    page = visit(script=False, motion="no-preference").page
    page.goto(ADDRESS)
    expect(page.locator(".psay-0")).to_be_visible()
    expect(page.locator(".psay-2")).to_be_hidden()
    _step(page, 2).check(force=True)
    expect(page.locator(".psay-0")).to_be_hidden()
    expect(page.locator(".psay-2")).to_have_text(re.compile(r"^9 Wie op drie anderen wachtte"))
    expect(page.locator(".pp.at-2").first).to_have_css("fill", WHITE)
    expect(page.locator(".stone__dot")).to_have_css("fill", PEBBLE)
    expect(page.locator(".pp.at-3").first).not_to_have_css("fill", WHITE)


def test_without_script_the_form_opens_ones_own_pond(visit: Any) -> None:
    page = visit(script=False).page
    page.goto(ADDRESS)
    page.get_by_label("Hoeveel beginnen zelf?").fill("1")
    page.locator("#knobs button").click()
    expect(page).to_have_url(re.compile(r"\?people=24&begin=1&"))
    expect(page.locator("#told tfoot td")).to_have_text(["24", "1", "2"])
    expect(page.locator("#told")).to_contain_text("Het verschil is twee mensen.")


def test_the_stone_falls_and_the_rings_run_to_the_end(visit: Any) -> None:
    page = visit(motion="no-preference").page
    page.goto(ADDRESS)
    page.locator("#pond button").click()
    for speaking in (3, 9, 15, 19):
        expect(page.locator(".pstep:has(:checked) .pstep__n")).to_have_text(str(speaking))
    expect(page.locator(".psay-4 b")).to_have_text("19")
    expect(page).to_have_url(ADDRESS)


def test_on_a_phone_the_water_comes_into_view_with_the_stone(visit: Any) -> None:
    page = visit(width=360, height=740).page
    page.goto(ADDRESS)
    stone = page.locator("#pond button:visible").first
    stone.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    expect(page.locator(".stone__dot")).not_to_be_in_viewport()
    stone.click()
    expect(page.locator(".stone__dot")).to_be_in_viewport()


def test_who_wants_no_motion_sees_the_end_at_once(visit: Any) -> None:
    page = visit(motion="reduce").page
    page.goto(ADDRESS)
    page.locator("#pond button").click()
    assert _step(page, 4).is_checked()
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_press_beside_a_person_lets_that_person_begin(visit: Any) -> None:
    page = visit().page
    page.goto(ADDRESS)
    person = page.locator('[data-who="19"]')
    box = person.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] + 3, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("who=19$"))
    expect(page.locator(".stone__dot")).to_have_attribute("data-who", "19")
    expect(page.get_by_label("Iemand die op tien anderen wacht")).to_be_checked()


def test_the_knobs_are_turned_by_keyboard_alone(visit: Any) -> None:
    page = visit(width=1280, height=900).page
    page.goto(ADDRESS)
    page.locator("#careful").focus()
    page.keyboard.press("End")
    expect(page.locator("#live")).to_contain_text("Met vijf niet meer.")
    expect(page.locator("#careful")).to_be_focused()
    page.get_by_label("Iemand die op vijf anderen wacht").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Iemand die op tien anderen wacht")).to_be_checked()
    expect(page.get_by_label("Iemand die op tien anderen wacht")).to_be_focused()
    page.locator("#knobs button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pond-title")).to_be_focused()
    expect(page).to_have_url(re.compile("careful=5"))


def test_turning_who_leaves_changes_the_year_before_ones_eyes(visit: Any) -> None:
    page = visit().page
    page.goto(ADDRESS)
    expect(page.locator("#year")).to_contain_text("Daarna gaat die persoon weg")
    page.locator("#leaves").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#year")).to_contain_text("Vier op de vijf gaan daarna weg")
    expect(page.locator("#year")).to_contain_text("Het hoeft niet iedereen te zijn.")
    expect(page.locator("#leaves")).to_be_focused()


def test_a_value_that_does_not_fit_is_changed_before_ones_eyes(visit: Any) -> None:
    page = visit().page
    page.goto(ADDRESS)
    page.locator("#never").fill("24")
    page.locator("#knobs button").click()
    expect(page.locator("#never")).to_have_value("22")
    expect(page.locator("#never-changed")).to_contain_text("We maakten er 22 van.")


def test_where_the_network_is_gone_the_pond_stays(visit: Any) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(ADDRESS)
    visitor.context.set_offline(True)
    page.locator("#careful").fill("5")
    page.locator("#pond button").click()
    expect(page.locator(".psay-4")).to_be_visible()
    visitor.faults.clear()


def test_forced_colours_still_tell_who_speaks(visit: Any) -> None:
    page = visit(forced_colors="active").page
    page.goto(ADDRESS)
    _step(page, 2).check(force=True)
    speaks, waits = (page.evaluate(FILLS, place) for place in (".pp.at-2", ".pp.at-3"))
    assert speaks != waits


def _open(page: Page, language: str) -> None:
    page.goto(ADDRESS)
    if language == "en":
        page.goto(page.locator("a[hreflang=en]").first.get_attribute("href") or "")


def _step(page: Page, number: int) -> Any:
    return page.locator(f'#pond [name="step"][value="{number}"]')
