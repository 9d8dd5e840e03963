"""The vault shuts, or somebody signs out elsewhere, with words in hand: none of them is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import prepared
from tests.journeys.someone import PASSPHRASE, Someone
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DRAFT = "Dit schreef ik, en toen ging de telefoon."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared.copy_to(tmp_path_factory.mktemp("house") / "data")


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with program(data=data) as running:
        yield running


@pytest.fixture
def idle(data: Path) -> Any:
    """Let half an hour pass for the server: nobody asked for anything in that time."""

    def pass_by() -> None:
        with closing(sqlite3.connect(data / "kleinverzet.sqlite3")) as database, database:
            aged = "UPDATE vault_session SET seen_at = datetime(seen_at, '-31 minutes')"
            assert database.execute(aged).rowcount

    return pass_by


@pytest.fixture
def writing(visit: Any, request: pytest.FixtureRequest) -> Page:
    """Somebody's page, on which they are changing what they kept."""
    page: Page = visit().page
    person = Someone(page, f"Schrijver {request.node.name[:30]}")
    page.goto("/meedoen/")
    person.fill_in_a_name()
    page.goto("/mijn/er-schuurt-iets/")
    page.locator("[name=tension][value='3']").click()
    page.locator(".own-list a").first.click()
    page.wait_for_selector("#note")
    return page


def _let_it_last(page: Page, seconds: int) -> None:
    """Let a page believe that the vault shuts sooner, by its own data."""

    def shorten(route: Any) -> None:
        answer = route.fetch()
        body = answer.text().replace('data-watch="1740"', f'data-watch="{seconds}"')
        assert f'data-watch="{seconds}"' in body
        route.fulfill(response=answer, body=body)

    page.route("**/wijzigen/", shorten)
    page.reload()
    page.unroute("**/wijzigen/")


def _type_the_passphrase(page: Page) -> None:
    page.fill("#passphrase", PASSPHRASE)
    page.locator("main form .btn").click()


def test_a_bar_warns_and_one_press_keeps_it_open(writing: Page) -> None:
    _let_it_last(writing, 120)
    bar = writing.locator("[data-watch]")
    expect(bar).to_contain_text("Je kluis gaat bijna dicht", timeout=10_000)
    writing.fill("#note", DRAFT)
    with writing.expect_response(lambda answer: "/open-houden/" in answer.url) as kept:
        writing.get_by_role("button", name="Blijf open").click()
    assert kept.value.status == 204
    expect(bar).to_be_hidden()
    assert writing.input_value("#note") == DRAFT


def test_a_draft_outlives_the_vault_and_is_saved_with_the_passphrase(
    writing: Page, idle: Any
) -> None:
    _let_it_last(writing, 1)
    writing.fill("#note", DRAFT)
    idle()
    expect(writing.locator("[data-watch]")).to_contain_text("Je kluis is dicht", timeout=10_000)
    assert writing.input_value("#note") == DRAFT
    writing.locator("main .btn--pebble").click()
    expect(writing.locator("main h1")).to_have_text("Je kluis is dicht")
    _type_the_passphrase(writing)
    expect(writing.locator(".own-facts").first).to_contain_text(DRAFT)


def test_without_script_a_draft_outlives_it_too(visit: Any, idle: Any) -> None:
    page = visit(script=False).page
    person = Someone(page, "Schrijver Zonder")
    page.goto("/meedoen/")
    person.fill_in_a_name()
    page.goto("/mijn/groei/geleerd/")
    page.fill("#learned", DRAFT)
    idle()
    person.save()
    _type_the_passphrase(page)
    expect(page.locator(".gr__prose")).to_contain_text(DRAFT)


def test_a_page_without_words_in_hand_shuts_by_itself(writing: Page, idle: Any) -> None:
    _let_it_last(writing, 1)
    idle()
    expect(writing.locator("#passphrase")).to_be_visible(timeout=10_000)
    assert writing.url.endswith("/wijzigen/")


def test_another_tab_in_use_keeps_this_one_open(writing: Page) -> None:
    _let_it_last(writing, 120)
    bar = writing.locator("[data-watch]")
    expect(bar).to_be_visible(timeout=10_000)
    other = writing.context.new_page()
    other.goto("/mijn/")
    expect(bar).to_be_hidden()


def test_words_sent_after_signing_out_in_another_tab_come_back_and_can_be_sent(
    writing: Page, request: pytest.FixtureRequest
) -> None:
    writing.fill("#note", DRAFT)
    other = writing.context.new_page()
    other.goto("/uitloggen/")
    other.locator("main form .btn").click()
    other.wait_for_load_state()
    writing.locator("main .btn--pebble").click()
    expect(writing.locator("main h1")).to_have_text("Wat je stuurde, is er nog")
    other.goto("/inloggen/")
    other.fill("#login", f"Schrijver {request.node.name[:30]}")
    other.fill("#password", PASSPHRASE)
    other.locator("main form .btn").click()
    other.locator("#login").wait_for(state="detached")
    # Signing in renewed what proves that a form is ours: it asks once whether it still holds.
    for said in ("nog niet bewaard", "je logde intussen ergens anders in"):
        expect(writing.locator(".lead")).to_contain_text(said)
        assert DRAFT in writing.content()
        writing.get_by_role("button", name="Stuur het nog een keer").click()
    expect(writing.locator(".own-facts").first).to_contain_text(DRAFT)
