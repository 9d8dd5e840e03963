"""A full disk or a busy database loses nothing that somebody wrote, and keeps nothing by half."""

import sqlite3
from collections.abc import Iterator
from html import unescape

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from tests.me.kept import keep, story_of
from tests.owners import Owner, make_owner, signed_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgres" in settings.DATABASES["default"]["ENGINE"], reason="about SQLite"
    ),
]
WORDS = "Ik zei het, en niemand schrok. " * 100
HERE = {"origin": "http://localhost"}
ROOMY = 1_000_000_000


@pytest.fixture
def otter() -> Owner:
    """Somebody with a vault."""
    return make_owner("Otter")


@pytest.fixture
def client(otter: Owner) -> Client:
    """A browser as they have it: signed in, with the cookie that proves where forms come from."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    signed_in(client, otter)
    client.get("/mijn/er-schuurt-iets/")
    return client


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Let the tests after these have the room and the patience that they had."""
    yield
    _say(f"PRAGMA max_page_count = {ROOMY}")
    _say("PRAGMA busy_timeout = 20000")


def test_a_full_disk_hands_the_words_back_and_keeps_nothing_by_half(
    otter: Owner, client: Client
) -> None:
    kept = keep(otter)
    _fill_the_disk(otter)
    address = f"/mijn/{kept.row.pk}/wijzigen/"
    answer = client.post(address, {"revision": "1", "note": WORDS}, headers=HERE)
    page = unescape(answer.content.decode())
    assert answer.status_code == 500
    assert WORDS in page
    assert f'action="{address}"' in page
    assert story_of(otter, kept).note == ""
    _say(f"PRAGMA max_page_count = {ROOMY}")
    assert client.post(address, {"revision": "1", "note": WORDS}, headers=HERE).status_code == 302
    assert story_of(otter, kept).note == WORDS.strip()


def test_a_database_that_somebody_holds_hands_the_words_back(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    address = f"/mijn/{kept.row.pk}/wijzigen/"
    _say("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"], isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        answer = client.post(address, {"revision": "1", "note": WORDS}, headers=HERE)
    finally:
        holder.close()
    assert answer.status_code == 500
    assert WORDS in unescape(answer.content.decode())
    assert client.post(address, {"revision": "1", "note": WORDS}, headers=HERE).status_code == 302


def test_a_form_from_elsewhere_is_not_handed_back(otter: Owner, client: Client) -> None:
    kept = keep(otter)
    _say("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"], isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        answer = client.post(
            f"/mijn/{kept.row.pk}/wijzigen/",
            {"revision": "1", "note": WORDS},
            headers={"origin": "https://elsewhere.example"},
        )
    finally:
        holder.close()
    assert answer.status_code == 500
    assert WORDS not in unescape(answer.content.decode())


def _fill_the_disk(otter: Owner) -> None:
    """Let the file grow no further, as on a disk that is full, and use up what is free in it."""
    _say("VACUUM")
    _say(f"PRAGMA max_page_count = {_ask('PRAGMA page_count')}")
    with pytest.raises(OperationalError, match="full"):
        _keep_on(otter)


def _keep_on(otter: Owner) -> None:
    for day in range(1000):
        keep(otter, days=day)


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _ask(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: int = cursor.fetchone()[0]
    return found
