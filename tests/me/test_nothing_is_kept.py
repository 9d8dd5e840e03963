"""Promise two: the circle without an account stores nothing, anywhere."""

import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kleinverzet.environment import read as read_environment
from tests.cast import EVERYONE, OTTO, PIPPA, Person
from tests.me.walker import ADDRESSES, CALENDAR, Walker


def test_no_page_sets_a_cookie() -> None:
    walker = Walker()
    walker.walk_to_card(PIPPA)
    assert not walker.client.cookies


@pytest.mark.django_db
def test_the_whole_walk_asks_the_database_nothing() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        walker = Walker()
        walker.walk_to_card(PIPPA)
        walker.client.post(CALENDAR["nl"], {"carried": walker.carried, "moment": "morning"})
    assert list(queries) == []


@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.name)
def test_nothing_that_was_typed_is_in_any_file_or_log(
    person: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    walker = Walker()
    walker.walk_to_card(person)
    walker.go(carried="broken" + person.words[0])
    written = [path for path in read_environment().data.rglob("*") if path.is_file()]
    said = "".join(capfd.readouterr()) + caplog.text
    for words in person.words:
        assert words not in said
        assert not [path for path in written if words.encode() in path.read_bytes()]


def test_no_address_ever_holds_an_answer() -> None:
    walker = Walker()
    page = walker.walk_to_card(OTTO)
    assert walker.answer.request["PATH_INFO"] == ADDRESSES["nl"]
    assert not walker.answer.request["QUERY_STRING"]
    assert "?" not in "".join(part.split('"')[0] for part in page.split('action="')[1:])


def test_answers_in_an_address_are_not_read() -> None:
    walker = Walker()
    page = walker.client.get("/cirkel/?tension=3&words=geheim").content.decode()
    assert "geheim" not in page
    assert "checked" not in page


def test_no_browser_and_no_proxy_may_keep_a_page() -> None:
    walker = Walker()
    walker.go(**PIPPA.tension)
    assert "no-store" in walker.answer["Cache-Control"]
    assert "private" in walker.answer["Cache-Control"]


@pytest.mark.django_db
def test_no_table_of_the_house_has_a_row_of_it() -> None:
    before = _rows()
    Walker().walk_to_card(PIPPA)
    assert _rows() == before


def _rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_even_a_fault_of_ours_is_logged_without_their_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from kleinverzet.me import views

    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot handle {PIPPA.words[0]}")

    monkeypatch.setattr(views.circle, "carry", break_down)
    walker = Walker()
    assert walker.answer.status_code == 500
    assert "Het ligt niet aan jou." in walker.text
    logged = capfd.readouterr().err
    assert "RuntimeError" in logged
    assert "test_nothing_is_kept.py" in logged
    assert PIPPA.words[0] not in logged


def test_the_data_folder_is_for_its_owner_only() -> None:
    secret = Path(read_environment().data, "secrets", "django-key")
    assert secret.stat().st_mode & 0o777 == 0o600
