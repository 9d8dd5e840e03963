"""Every page of accounts and of the vault, as somebody with weeks in it finds them: for everyone.

And the pages that nobody hopes to see: empty ones, faults, two versions at once, a vault that shut.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import someone
from tests.journeys.someone import PASSPHRASE, Someone
from tests.journeys.test_every_page import SMALL_TARGETS
from tools.own_screens import walk_doors, walk_own
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LARGE = (
    "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '32px')"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A program in which the cast of the demo lives."""
    with program(demo=True) as running:
        yield running


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("nl", 360, "light"), ("nl", 1280, "dark"), ("en", 360, "dark"), ("en", 1280, "light")],
)
def test_everyone_can_use_it_and_nobody_else_is_asked(
    visit: Any, address: str, language: str, width: int, scheme: str
) -> None:
    visitor = visit(width=width, scheme=scheme)
    page = visitor.page
    names = []
    for name in chain(walk_doors(page, address, language), walk_own(page, address, language)):
        names.append(name)
        visitor.check_access()
        assert page.evaluate("document.documentElement.lang") == language
        assert not visitor.is_wider_than_screen(), name
    assert len(names) == 23
    assert all(url.startswith((address, "data:")) for url in visitor.asked)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_fits_the_narrowest_phone_with_room_for_a_thumb(
    visit: Any, address: str, language: str
) -> None:
    visitor = visit(width=320, height=568)
    page = visitor.page
    for name in chain(walk_doors(page, address, language), walk_own(page, address, language)):
        assert not visitor.is_wider_than_screen(), name
        assert not page.evaluate(SMALL_TARGETS), name


def test_larger_text_breaks_nothing(visit: Any, address: str) -> None:
    visitor = visit(width=360)
    visitor.page.add_init_script(LARGE)
    for walk in (walk_doors, walk_own):
        for name in walk(visitor.page, address, "nl"):
            assert not visitor.is_wider_than_screen(), name


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_empty_pages_and_those_nobody_hopes_for_are_for_everyone_too(
    visit: Any, width: int, scheme: str
) -> None:
    visitor = visit(width=width, scheme=scheme)
    person = _with_a_vault(visitor.page, f"Duikelaar {width}")
    if width == 360:
        visitor.page.locator(".own-menu > summary").click()
        expect(visitor.page.locator(".own-menu li")).to_have_count(5)
        visitor.check_access()
        assert not visitor.page.evaluate(SMALL_TARGETS)
    for name in chain(_what_is_empty(person), _what_follows(person), _what_goes_wrong(person)):
        visitor.check_access()
        assert not visitor.is_wider_than_screen(), name
        assert not visitor.page.evaluate(SMALL_TARGETS), name


def _with_a_vault(page: Page, name: str) -> Someone:
    person = Someone(page, name)
    page.goto("/meedoen/")
    person.fill_in_a_name()
    page.goto("/mijn/")
    return person


def _what_is_empty(person: Someone) -> Iterator[str]:
    page = person.page
    for path in ("", "groei/", "groei/geleerd/", "groei/maand/", "seintjes/", "wissen/verhalen/"):
        page.goto(f"/mijn/{path}")
        yield path
    for path in ("/apparaten/", "/wachtzin/", "/e-mail/", "/uitloggen/", "/mijn/cirkel/", "/weg/"):
        page.goto(path)
        yield path


def _what_follows(person: Someone) -> Iterator[str]:
    """What comes after a press: with helplines, with a question, with what a file brought."""
    page = person.page
    page.goto(f"{_begin(page)}terugkijken/")
    page.locator("label:has([value=unsafe])").click()
    person.save()
    expect(page.locator(".lines")).to_be_visible()
    yield "not safe"
    page.goto("/mijn/groei/geleerd/")
    page.fill("#learned", "Ik wil niet meer leven.")
    person.save()
    expect(page.locator("details.calm")).to_be_visible()
    yield "the calm panel"
    page.goto("/mijn/cirkel/")
    for step in ("who", "situation", "act", "plan", "card"):
        page.locator("main [name=move][value=next]").click()
        page.wait_for_selector(f"body.p-{step}")
    page.locator("form[action='/bewaren/'] button").click()
    expect(page.locator("form[action='/mijn/bewaard/']")).to_be_visible()
    yield "keep, signed in"
    page.goto("/mijn/meenemen/")
    with page.expect_download() as handed:
        page.locator("main .btn--pebble").click()
    page.goto("/mijn/terugzetten/")
    page.set_input_files("#file", handed.value.path())
    page.locator("main form .btn").click()
    expect(page.locator(".brought")).to_be_visible()
    yield "brought in"
    page.goto("/mijn/seintjes/")
    page.locator("[value=feed]").click()
    expect(page.locator("#address")).to_be_visible()
    yield "an address for the calendar"


def _what_goes_wrong(person: Someone) -> Iterator[str]:
    page = person.page
    yield from _faults_in_forms(page)
    kept = _begin(page)
    yield "begun"
    page.goto(f"{kept}terugkijken/")
    person.save()
    expect(page.locator("#outcome-fault")).to_be_visible()
    yield "nothing said"
    page.goto(f"{kept}seintje/")
    page.locator("label:has([value=own]) > span").click()
    page.locator("[name=move][value=plan]").click()
    expect(page.locator(".fault").first).to_be_visible()
    yield "no moment"
    yield from _two_versions(person, kept)
    yield from _a_shut_vault(person, kept)


def _faults_in_forms(page: Page) -> Iterator[str]:
    page.goto("/mijn/wissen/account/")
    _send(page, "#name-fault")
    yield "another name"
    page.goto("/mijn/terugzetten/")
    _send(page, "#file-fault")
    yield "no file"
    page.goto("/mijn/seintjes/")
    page.evaluate("document.querySelector('[name=quiet_from]').type = 'text'")
    page.fill("[name=quiet_from]", "vroeg")
    page.locator("[value=save]").click()
    expect(page.locator("#quiet_from-fault")).to_be_visible()
    yield "no time"
    page.goto("/wachtzin/")
    page.fill("#oldpassword", "niet de goede wachtzin")
    page.fill("#password1", "kort")
    _send(page, ".fault")
    yield "another passphrase"
    page.goto("/mijn/bestaat-niet/")
    yield "nothing here"


def _two_versions(person: Someone, kept: str) -> Iterator[str]:
    page = person.page
    page.goto(f"{kept}wijzigen/")
    other = page.context.new_page()
    other.goto(f"{kept}wijzigen/")
    other.fill("#note", "Uit het ene tabblad.")
    other.locator("main .btn--pebble").click()
    expect(other.locator(".own-facts").first).to_contain_text("Uit het ene tabblad.")
    page.fill("#note", "Uit het andere tabblad.")
    person.save()
    expect(page.locator("[aria-labelledby=lies]")).to_contain_text("Uit het ene tabblad.")
    assert page.input_value("#note") == "Uit het andere tabblad."
    yield "two versions of one story"
    other.goto("/mijn/groei/geleerd/")
    page.goto("/mijn/groei/geleerd/")
    for tab, words in ((other, "De ene zin."), (page, "De andere zin.")):
        tab.fill("#learned", words)
        tab.locator("main .btn--pebble").click()
        tab.wait_for_load_state()
    expect(page.locator("[aria-labelledby=lies]")).to_contain_text("De ene zin.")
    yield "two versions of what was learned"
    other.close()


def _a_shut_vault(person: Someone, kept: str) -> Iterator[str]:
    page = person.page
    page.goto(f"{kept}wijzigen/")
    _elsewhere(page, "/sluiten/")
    person.save()
    expect(page.locator("#passphrase")).to_be_visible()
    yield "shut, with words in hand"
    page.fill("#passphrase", "iets heel anders vandaag")
    _send(page, "#passphrase-fault")
    yield "another passphrase"
    page.fill("#passphrase", PASSPHRASE)
    page.locator("main form .btn").click()
    page.goto(f"{kept}wijzigen/")
    _elsewhere(page, "/uitloggen/")
    person.save()
    expect(page.locator(".points--numbered")).to_be_visible()
    yield "signed out, with words in hand"
    page.goto("/inloggen/")
    page.fill("#login", person.name)
    page.fill("#password", "iets heel anders vandaag")
    _send(page, ".fault")
    yield "not let in"
    page.goto("/meedoen/")
    page.fill("#username", person.name)
    page.fill("#password1", "kort")
    page.fill("#birth_year", "2020")
    _send(page, ".refused")
    yield "too young"


def _begin(page: Page) -> str:
    """Say in two taps that something is up; give the address of what was kept."""
    page.goto("/mijn/")
    page.locator(".pebble").click()
    page.locator("[name=tension][value='5']").click()
    expect(page.locator("[aria-labelledby=after]")).to_be_visible()
    return page.url


def _send(page: Page, fault: str) -> None:
    page.locator("main form .btn").first.click()
    expect(page.locator(fault).first).to_be_visible()


def _elsewhere(page: Page, path: str) -> None:
    """Press the one button of a page in another tab of the same browser."""
    other = page.context.new_page()
    other.goto(path)
    other.locator("main form .btn").click()
    other.wait_for_load_state()
    other.close()


def test_the_cast_is_as_it_says(visit: Any) -> None:
    """Weeks of it, so that the pages above are full ones."""
    person = someone.new(visit, "Otto Oever", width=1280)
    page = person.page
    page.goto("/inloggen/")
    page.fill("#login", person.name)
    page.fill("#password", "drie gele laarzen wachten")
    page.locator("main form .btn").click()
    page.goto("/mijn/groei/")
    assert page.locator("svg.sh").count() >= 8
