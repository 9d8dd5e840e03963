"""Somebody plans a talk, moves it, calls it off, waits for one: in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import commands, prepared
from tests.journeys.a_planner import NAME, WORDS, Planner
from tests.journeys.test_every_page import SMALL_TARGETS
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COACH = """
from tests.coach.cast import make_coach
from tests.owners import make_owner
make_coach(make_owner("Cora Kade", "negen gele kano's drijven"))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a practice with one coach."""
    data = prepared.copy_to(tmp_path_factory.mktemp("house") / "data")
    commands.script(COACH, data)
    return data


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """The program of that practice."""
    with program(data=data) as running:
        yield running


@pytest.mark.parametrize(
    ("language", "script", "width", "scheme", "mode", "town"),
    [
        ("nl", True, 360, "light", 0, ""),
        ("en", False, 1280, "dark", 1, "Bussum"),
    ],
    ids=["nl, script", "en, no script"],
)
def test_a_talk_is_planned_moved_and_called_off(
    visit: Any, data: Path, address: str, language: str, script: bool, width: int, scheme: str,
    mode: int, town: str,
) -> None:  # fmt: skip
    visitor = visit(width=width, scheme=scheme, script=script)
    someone = Planner(visitor, data / "outbox", f"{language}@pond.example", language, script)
    fields = {"street": "Vijverlaan 3"} if town else {}
    home = someone.plan(mode, town=town, fields=fields)
    assert WORDS in someone.page.content()
    someone.move(home)
    someone.call_off(home)
    assert not visitor.context.cookies()
    assert all(url.startswith((address, "data:")) for url in visitor.asked)


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visit: Any, data: Path) -> None:
    someone = Planner(visit(width=360, scheme="dark"), data / "outbox", "faults@pond.example")
    page = someone.page
    someone.begin()
    someone.choose(2, day=9)
    page.fill("#name", NAME)
    someone.send()
    expect(page.locator(".faults li")).to_have_count(3)
    someone.look("faults")
    assert page.input_value("#name") == NAME
    assert not page.evaluate(SMALL_TARGETS)
    page.locator("button.time").nth(2).click()
    expect(page.locator("button.time[aria-current]")).to_have_count(1)
    assert page.input_value("#name") == NAME


def test_the_page_grows_in_place_and_what_was_typed_stays(visit: Any, data: Path) -> None:
    someone = Planner(visit(width=1280, scheme="dark"), data / "outbox", "grows@pond.example")
    page = someone.page
    someone.begin()
    page.evaluate("window.isSame = true")
    someone.choose(0, day=5)
    page.fill("#name", NAME)
    page.locator("a.time").nth(3).click()
    expect(page.locator("a.time").nth(3)).to_have_attribute("aria-current", "true")
    assert page.input_value("#name") == NAME
    assert page.evaluate("window.isSame")
    assert page.evaluate("document.activeElement.id") == "wie"
    english = page.locator(".mast__way[hreflang=en]").get_attribute("href")
    page.go_back()
    expect(page.locator("a.time").nth(0)).to_have_attribute("aria-current", "true")
    page.goto(str(english))
    expect(page.locator("a.time").nth(3)).to_have_attribute("aria-current", "true")


def test_a_visitor_elsewhere_reads_times_by_their_own_clock(visit: Any, data: Path) -> None:
    visitor = visit(timezone_id="Pacific/Auckland")
    someone = Planner(visitor, data / "outbox", "far@pond.example")
    someone.begin()
    someone.choose(0, day=7)
    expect(someone.page.locator(".time__there").first).to_be_visible()
    expect(someone.page.locator("[data-there-whole]")).to_contain_text("Pacific/Auckland")
    someone.fill_in()
    someone.send()
    expect(someone.page.locator("main")).to_contain_text("Pacific/Auckland")


def test_a_parent_says_yes_from_their_mail(visit: Any, data: Path) -> None:
    someone = Planner(visit(), data / "outbox", "young@pond.example")
    fields = {"age": "14", "guardian": "parent@pond.example"}
    home = someone.plan(0, day=12, fields=fields)
    parent = Planner(visit(width=1280, script=True), data / "outbox", "parent@pond.example")
    parent.page.goto(parent.link_in_mail("parent@pond.example", "afspraak-goedvinden"))
    parent.look("asked")
    assert NAME not in parent.page.content()
    with parent.page.expect_navigation():
        parent.page.locator("[name=answer][value=yes]").click()
    parent.look("agreed")
    someone.page.goto(home)
    expect(someone.page.locator("main .ways a")).to_have_count(3)


def test_who_waits_is_offered_a_time_and_takes_it(visit: Any, data: Path) -> None:
    someone = Planner(visit(width=360), data / "outbox", "waits@pond.example")
    page = someone.page
    someone.begin()
    page.locator("a.mode").nth(0).click()
    page.locator("a[href*='wachtlijst']").click()
    expect(page.locator("#email")).to_be_visible()
    someone.look("waiting list")
    assert not page.evaluate(SMALL_TARGETS)
    page.fill("#email", someone.email)
    page.locator("label:has([name=weekdays][value='2'])").click()
    page.locator("label:has(#consent)").click()
    someone.send()
    page.wait_for_url("**/wachtlijst/*/")
    someone.look("waits")
    page.goto(someone.link_in_mail(someone.email, "afspraak-aanbod"))
    someone.look("offered")
    someone.fill_in()
    someone.send()
    expect(page.locator(".yours__facts")).to_be_visible()
    assert WORDS in page.content()


def test_it_fits_the_narrowest_phone_with_room_for_a_thumb(visit: Any, data: Path) -> None:
    visitor = visit(width=320, height=568)
    someone = Planner(visitor, data / "outbox", "narrow@pond.example")
    someone.begin()
    someone.choose(1, day=14, town="Soest")
    assert not visitor.page.evaluate(SMALL_TARGETS)
