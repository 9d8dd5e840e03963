"""An account from its first page to its last in a real browser: with script, and without."""

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSPHRASE = "vier losse natte stenen"
ANOTHER = "drie warme droge kiezels"
SIZES = [(360, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


def sign_up(page: Any, name: str) -> None:
    page.goto("/meedoen/")
    page.fill("#username", name)
    page.fill("#password1", PASSPHRASE)
    page.fill("#birth_year", "1985")
    page.click("main form .btn")


def make_code(page: Any) -> list[str]:
    page.click("main form .btn")
    groups: list[str] = page.locator(".groups b").all_inner_texts()
    return groups


def type_over(page: Any, groups: list[str]) -> None:
    asked = re.search(r"Typ groep (\d)", page.inner_text("main"))
    assert asked
    page.fill("#code", groups[int(asked[1]) - 1].lower())
    page.click("main form .btn")


def look(visitor: Any) -> None:
    visitor.check_access()
    assert not visitor.is_wider_than_screen(), visitor.page.title()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_every_page_can_be_used_by_everyone(visit: Any, width: int, scheme: str) -> None:
    visitor = visit(width=width, scheme=scheme)
    page = visitor.page
    for path in ("/inloggen/", "/meedoen/", "/wachtzin-kwijt/", "/wachten/", "/ouder/abc/"):
        page.goto(path)
        look(visitor)
    page.goto("/inloggen/")
    page.fill("#login", "Niemand")
    page.fill("#password", PASSPHRASE)
    page.click("main form .btn")
    look(visitor)
    sign_up(page, f"Pippa {width} {scheme}")
    look(visitor)
    groups = make_code(page)
    look(visitor)
    type_over(page, ["aaaa"] * 8)
    look(visitor)
    type_over(page, groups)
    assert "Je code klopt" in page.inner_text("h1")
    look(visitor)
    for path in ("/herstelcode/", "/wachtzin/", "/oude-kluis/", "/uitloggen/", "/sluiten/"):
        page.goto(path)
        look(visitor)
    page.click("main form .btn")
    look(visitor)
    page.goto("/oude-kluis/")
    assert "Je kluis is dicht" in page.inner_text("h1")
    look(visitor)


def test_it_all_works_without_script(visit: Any) -> None:
    page = visit(script=False).page
    sign_up(page, "Zonder Script")
    groups = make_code(page)
    type_over(page, groups)
    assert "Je code klopt" in page.inner_text("h1")
    page.goto("/uitloggen/")
    page.click("main form .btn")
    page.goto("/wachtzin-kwijt/")
    page.fill("#name", "Zonder Script")
    page.fill("#code", "-".join(groups))
    page.fill("#password1", ANOTHER)
    page.click("main form .btn >> nth=0")
    page.fill("#login", "zonder script")
    page.fill("#password", ANOTHER)
    page.click("main form .btn")
    assert "Maak je herstelcode" in page.inner_text("h1")
    assert not page.is_visible("[data-reveal]")


def test_a_passphrase_can_be_seen_and_is_hidden_before_it_is_sent(visit: Any) -> None:
    page = visit().page
    page.goto("/inloggen/")
    page.fill("#password", PASSPHRASE)
    page.click("[data-reveal]")
    assert page.get_attribute("#password", "type") == "text"
    assert page.inner_text("[data-reveal]") == "Verberg"
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.fill("#login", "Niemand")
    page.click("main form .btn")
    assert page.get_attribute("#password", "type") == "password"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kort", "Nog te kort."),
        ("aaaaaaaaaaaa", "Te veel van hetzelfde."),
        ("natte stenen", "Dit kan. Nog een los woord maakt hem sterk."),
        (PASSPHRASE, "Sterk."),
        ("krjtwbvmz48qpldxnsgy", "Sterk."),
    ],
)
def test_the_page_says_how_strong_a_passphrase_is_and_asks_nobody(
    visit: Any, typed: str, said: str
) -> None:
    visitor = visit()
    visitor.page.goto("/meedoen/")
    asked = len(visitor.asked)
    visitor.page.fill("#password1", typed)
    assert visitor.page.inner_text("#password1-strength") == said
    # The page's own icon may still be on its way.
    assert not [address for address in visitor.asked[asked:] if "/static/" not in address]


def _open_page_with_clock(visit: Any, name: str) -> Any:
    page = visit().page
    sign_up(page, name)
    page.clock.install()
    page.goto("/mijn/")
    return page


def test_before_the_vault_shuts_a_bar_offers_to_keep_it_open(visit: Any) -> None:
    page = _open_page_with_clock(visit, "Blijft Open")
    assert not page.is_visible("[data-watch]")
    page.clock.fast_forward("27:30")
    assert "Je kluis gaat bijna dicht" in page.inner_text("[data-watch]")
    with page.expect_response(lambda answer: "/open-houden/" in answer.url) as kept:
        page.click("[data-watch] button")
    assert kept.value.status == 204
    page.locator("[data-watch]").wait_for(state="hidden")
    page.clock.fast_forward("20:00")
    assert not page.is_visible("[data-watch]")


def test_when_it_has_shut_an_untouched_page_is_asked_for_anew(visit: Any) -> None:
    page = _open_page_with_clock(visit, "Gaat Dicht")
    with page.expect_navigation():
        page.clock.fast_forward("30:00")


def test_when_it_has_shut_what_was_typed_stays(visit: Any) -> None:
    page = _open_page_with_clock(visit, "Typte Iets")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML("
        "'afterbegin', '<form><textarea id=draft></textarea></form>')"
    )
    page.fill("#draft", "Hij zei het waar iedereen bij stond.")
    page.clock.fast_forward("30:00")
    assert "Bij het bewaren vragen we je wachtzin." in page.inner_text("[data-watch]")
    assert page.input_value("#draft") == "Hij zei het waar iedereen bij stond."


def test_only_the_code_comes_on_paper(visit: Any) -> None:
    page = visit().page
    sign_up(page, "Print Graag")
    groups = make_code(page)
    page.emulate_media(media="print")
    shown = page.inner_text("body")
    assert all(group in shown for group in groups)
    assert not page.is_visible("#code")
    assert "Klaar, ik heb hem" not in shown
