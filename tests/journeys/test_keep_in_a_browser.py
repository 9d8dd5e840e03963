"""Somebody keeps a circle and lives with it, to their last day here: in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import postgresql
from tests.journeys import someone
from tests.journeys.someone import NOTICED, PASSPHRASE, Someone
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _live_with_it(person: Someone) -> None:
    person.walk_the_circle()
    person.keep_it_in_a_new_vault()
    person.make_a_recovery_code()
    person.find_what_was_kept()
    person.look_back()
    person.change_the_words()
    person.search()
    person.choose_a_moment()
    person.see_what_moved()
    person.write_what_was_learned()
    person.answer_a_month()
    person.take_everything_along()
    person.shut_the_vault_and_open_it()
    person.leave()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_kept_stays_until_its_owner_leaves(visit: Any, language: str, script: bool) -> None:
    name = f"Waterjuffer {language} {script}"
    _live_with_it(someone.new(visit, name, language, width=360, script=script))


@pytest.fixture
def address_on_postgresql() -> Iterator[str]:
    server = postgresql.start()
    try:
        with program(database=server.address) as running:
            yield running
    finally:
        server.stop()


def test_all_of_it_works_on_postgresql(visit: Any, address_on_postgresql: str) -> None:
    _live_with_it(someone.new(visit, "Waterjuffer", width=360, at=address_on_postgresql))


def test_keeping_and_looking_back_need_nothing_but_a_keyboard(visit: Any) -> None:
    page = visit(width=1280, height=900).page
    hands = Keyboard(page)
    page.goto("/en/circle/")
    hands.pick("tension", down=1)
    for step in ("who", "situation", "act", "plan", "card"):
        if step == "plan":
            hands.pick("act")
        hands.press("main [name=move][value=next]", until=f"body.p-{step}")
    hands.press("form[action$='/keep/'] button", until="main form.way")
    hands.press("main .btn--pebble", until="#username")
    hands.fill("#username", "Toetsenbord")
    hands.fill("#password1", PASSPHRASE)
    hands.fill("#birth_year", "1985")
    page.keyboard.press("Enter")
    page.wait_for_selector("a.plain[href]")
    hands.press("main form a.plain", until="body.p-own")
    hands.press("[aria-labelledby=kept] .kept__what a", until=".plan-band")
    hands.press("[aria-labelledby=after] a.btn", until="#noticed")
    hands.pick("outcome", down=1)
    hands.fill("#noticed", NOTICED)
    hands.press("main .btn--pebble", until="main a.btn")
    hands.press("main a.btn", until=".said")
    expect(page.locator(".said")).to_contain_text(NOTICED)


class Keyboard:
    """Two hands on a keyboard, that see where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, selector: str) -> None:
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                assert self.page.evaluate(SHOWS_FOCUS), f"focus on {selector} cannot be seen"
                return
        pytest.fail(f"{selector} cannot be reached by keyboard")

    def pick(self, name: str, down: int = 0) -> None:
        self.tab_to(f"[name={name}]")
        self.page.keyboard.press("Space")
        for _ in range(down):
            self.page.keyboard.press("ArrowDown")

    def fill(self, selector: str, words: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.type(words)

    def press(self, selector: str, until: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(until)


SHOWS_FOCUS = """
() => {
  const shows = e => e && parseFloat(getComputedStyle(e).outlineWidth) >= 2
    && getComputedStyle(e).outlineStyle !== 'none';
  const at = document.activeElement;
  return shows(at) || shows(at.closest('label'));
}
"""
