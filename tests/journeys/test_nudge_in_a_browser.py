"""Somebody asks for a nudge by mail, and answers it on a phone where nobody is signed in."""

import email
import email.policy
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import prepared
from tests.journeys.someone import PASSPHRASE
from tests.journeys.test_every_page import SMALL_TARGETS
from tools.screens import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTICED = "De trein reed weg en ik stond er nog. Met rustige handen."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared.copy_to(tmp_path_factory.mktemp("house") / "data")


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with program(data=data) as running:
        yield running


def test_a_nudge_is_answered_from_its_mail_and_read_by_its_owner_alone(
    visit: Any, data: Path
) -> None:
    owner = visit(width=1280, scheme="dark")
    page = owner.page
    _sign_up_with_mail(page, data)
    _ask_for_no_quiet_hours(page)
    kept = _plan_by_mail(page)
    _make_it_due(data)
    words = _mail(data, number=2)
    assert NOTICED not in words
    phone = visit(width=360)
    phone.page.goto(_link(words))
    _look(phone)
    phone.page.locator("main .btn--pebble").click()
    expect(phone.page.locator("#outcome-fault")).to_be_visible()
    _look(phone)
    phone.page.locator("label:has([name=outcome][value=unsafe])").click()
    phone.page.fill("#noticed", NOTICED)
    phone.page.locator("main .btn--pebble").click()
    expect(phone.page.locator(".lines")).to_be_visible()
    _look(phone)
    phone.page.goto(kept)
    expect(phone.page.locator("#login")).to_be_visible()
    page.goto(kept)
    expect(page.locator(".said")).to_contain_text(NOTICED)
    page.goto("/mijn/seintjes/")
    expect(page.locator("[aria-labelledby=settled] .nudge-row")).to_have_count(1)
    _look(owner)


def _sign_up_with_mail(page: Page, data: Path) -> None:
    page.goto("/meedoen/")
    page.fill("#username", "Treinreiziger")
    page.fill("#password1", PASSPHRASE)
    page.fill("#email", "treinreiziger@example.org")
    page.fill("#birth_year", "1985")
    page.locator("main .btn--pebble").click()
    page.goto(_link(_mail(data, number=1)))
    page.locator("main .btn--pebble").click()
    page.locator("main form .btn--pebble").wait_for(state="detached")


def _ask_for_no_quiet_hours(page: Page) -> None:
    page.goto("/mijn/seintjes/")
    for name in ("quiet_from", "quiet_until"):
        page.fill(f"[name={name}]", "12:00")
    page.locator("[name=by_mail]").check()
    page.locator("[value=save]").click()
    expect(page.locator(".faults[role=status]")).to_be_visible()


def _plan_by_mail(page: Page) -> str:
    page.goto("/mijn/er-schuurt-iets/")
    page.locator("[name=tension][value='2']").click()
    page.locator("[aria-labelledby=nudge] a.plain").last.click()
    expect(page.locator("[name=channel][value=mail]")).to_be_checked()
    page.locator("[value=plan]").click()
    expect(page.locator(".faults[role=status]")).to_be_visible()
    return page.url


def _make_it_due(data: Path) -> None:
    """Let the time come that they chose."""
    with closing(sqlite3.connect(data / "kleinverzet.sqlite3")) as database, database:
        ago = "datetime('now', '-1 minute')"
        came = f"UPDATE me_nudge SET due_at = {ago}, try_at = {ago}"
        assert database.execute(came).rowcount == 1


def _mail(data: Path, number: int) -> str:
    """Wait for so many mails; give the words of the latest."""
    end = time.monotonic() + 30
    while len(found := sorted((data / "outbox").glob("*"))) < number:
        assert time.monotonic() < end, "no mail came"
        time.sleep(0.2)
    text = max(found, key=lambda file: file.stat().st_mtime_ns).read_text(encoding="utf-8")
    mail: Any = email.message_from_string(text, policy=email.policy.default)
    return str(mail.get_content())


def _link(words: str) -> str:
    found = re.search(r"http://localhost\S+", words)
    assert found, words
    return found[0]


def _look(visitor: Any) -> None:
    visitor.check_access()
    assert not visitor.is_wider_than_screen()
    assert not visitor.page.evaluate(SMALL_TARGETS)
