"""Somebody writes what they learned about themselves, and loses no word of it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kleinverzet.me import months, notebook
from kleinverzet.me.growth_pages import BEGINNING, LONGEST
from kleinverzet.me.models import Notebook
from kleinverzet.me.notebook import Pages
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db
LEARNED = "Ik zeg eerst ja, en merk het pas 's avonds."


@pytest.fixture
def otter() -> Owner:
    """Somebody with a vault."""
    return make_owner("Otter")


@pytest.fixture
def client(otter: Owner) -> Client:
    """A browser in which they are signed in, the vault open."""
    return signed_in(Client(), otter)


def _open(client: Client) -> str:
    """Open the page; give the mark of the text that its form was made from."""
    found = re.search(r'name="seen" value="([^"]*)"', _read(client.get(reverse("me:learned"))))
    assert found
    return found[1]


def _send(client: Client, seen: str, learned: str) -> Any:
    return client.post(reverse("me:learned"), {"seen": seen, "learned": learned})


def _read(answer: Any) -> str:
    return unescape(answer.content.decode())


def _kept(owner: Owner) -> str:
    pages = notebook.read(owner.keys).pages
    assert pages is not None
    return pages.learned


def test_what_is_written_is_kept_and_shown_where_one_came_from(
    otter: Owner, client: Client
) -> None:
    answer = _send(client, _open(client), LEARNED)
    assert answer.status_code == 302
    assert _kept(otter) == LEARNED
    assert LEARNED in _read(client.get(reverse("me:growth")))
    assert LEARNED in _read(client.get(reverse("me:learned")))


def test_it_lies_there_sealed(otter: Owner, client: Client) -> None:
    _send(client, _open(client), LEARNED)
    row = Notebook.objects.get()
    assert b"avonds" not in bytes(row.sealed)


@pytest.mark.parametrize("is_first", [True, False], ids=["nothing yet", "something there"])
def test_of_two_tabs_neither_loses_a_word(otter: Owner, client: Client, is_first: bool) -> None:
    if not is_first:
        _send(client, _open(client), "Het begin.")
    here, there = _open(client), _open(client)
    assert _send(client, here, "Dit schreef ik hier.").status_code == 302
    answer = _send(client, there, "Dit schreef ik daar.")
    assert answer.status_code == 409
    page = _read(answer)
    assert "Dit schreef ik hier." in page
    assert "Dit schreef ik daar." in page
    assert _kept(otter) == "Dit schreef ik hier."


def test_after_both_were_shown_the_next_press_keeps_what_stands_in_the_field(
    otter: Owner, client: Client
) -> None:
    here, there = _open(client), _open(client)
    _send(client, here, "Hier.")
    found = re.search(r'name="seen" value="([^"]*)"', _read(_send(client, there, "Daar.")))
    assert found
    assert _send(client, found[1], "Hier. Daar.").status_code == 302
    assert _kept(otter) == "Hier. Daar."


def test_pressing_twice_is_no_conflict(otter: Owner, client: Client) -> None:
    seen = _open(client)
    assert [_send(client, seen, LEARNED).status_code for _ in range(2)] == [302, 302]


def test_a_month_that_was_kept_meanwhile_is_no_conflict_and_stays(
    otter: Owner, client: Client
) -> None:
    seen = _open(client)
    months.keep(otter.keys, "2026-11", {"kind": 3})
    assert _send(client, seen, LEARNED).status_code == 302
    pages = notebook.read(otter.keys).pages
    assert pages is not None
    assert pages.months == (notebook.Month("2026-11", {"kind": 3}),)


def test_a_text_that_is_too_long_stays_in_its_field(otter: Owner, client: Client) -> None:
    long = "a" * (LONGEST + 1)
    answer = _send(client, _open(client), long)
    assert answer.status_code == 422
    assert long in _read(answer)
    assert "Dit is te lang: er passen 20000 tekens" in _read(answer)
    assert Notebook.objects.count() == 0


@pytest.mark.parametrize("sign", ["a", "é", "ж", "\n"])
def test_the_longest_text_fits_through_the_door_in_many_scripts(
    otter: Owner, client: Client, sign: str
) -> None:
    text = f"x{sign * (LONGEST - 2)}x"
    assert _send(client, _open(client), text).status_code == 302
    assert _kept(otter) == text


def test_of_a_long_text_the_growth_page_shows_the_beginning(otter: Owner, client: Client) -> None:
    _send(client, _open(client), "begin " + "a" * BEGINNING + " einde")
    page = _read(client.get(reverse("me:growth")))
    assert "begin aaa" in page
    assert "einde" not in page
    assert "Lees alles en schrijf verder" in page


def test_a_text_can_be_emptied(otter: Owner, client: Client) -> None:
    _send(client, _open(client), LEARNED)
    assert _send(client, _open(client), "").status_code == 302
    assert _kept(otter) == ""


def test_words_are_never_markup(otter: Owner, client: Client) -> None:
    _send(client, _open(client), "</textarea><script>alert(1)</script>")
    page = client.get(reverse("me:learned")).content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    conflict = _send(client, "stale", "Nieuw.").content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in conflict
    assert "<script>alert" not in page + conflict


def test_a_notebook_that_cannot_be_read_is_never_overwritten(otter: Owner, client: Client) -> None:
    seen = _open(client)
    _send(client, seen, LEARNED)
    Notebook.objects.update(sealed=b"x")
    assert "Je schrift kunnen we nu niet lezen." in _read(client.get(reverse("me:learned")))
    answer = _send(client, seen, "Nieuwe woorden.")
    assert answer.status_code == 409
    assert "Nieuwe woorden." in _read(answer)
    assert bytes(Notebook.objects.get().sealed) == b"x"


def test_words_that_sound_acute_are_kept_and_bring_the_numbers(
    otter: Owner, client: Client
) -> None:
    answer = _send(client, _open(client), "Ik wil er niet meer zijn.")
    assert answer.status_code == 200
    assert "Dit klinkt zwaar." in _read(answer)
    assert _kept(otter) == "Ik wil er niet meer zijn."


def test_with_the_vault_shut_one_press_with_the_passphrase_keeps_it(otter: Owner) -> None:
    shut = signed_in(Client(), otter, vault_open=False)
    seen = _open(signed_in(Client(), otter))
    asked = _send(shut, seen, LEARNED)
    assert asked.status_code == 423
    assert LEARNED in _read(asked)
    fields = {"seen": seen, "learned": LEARNED, "passphrase": otter.passphrase}
    assert shut.post(reverse("me:learned"), fields).status_code == 302
    assert _kept(otter) == LEARNED


def test_the_page_speaks_both_languages(otter: Owner, client: Client) -> None:
    notebook.write(keys=otter.keys, opened=notebook.read(otter.keys), pages=Pages(LEARNED))
    with translation.override("en"):
        answer = client.get(reverse("me:learned"))
    assert '<html lang="en">' in _read(answer)
    assert LEARNED in _read(answer)
