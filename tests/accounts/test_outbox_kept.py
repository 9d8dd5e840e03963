"""A mail in the outbox is kept sealed, for as long as it waits and no longer."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from kleinverzet.accounts import outbox
from kleinverzet.accounts.models import Outgoing
from kleinverzet.consent import personal_data
from kleinverzet.vault import sealing
from tests.owners import make_owner

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TO, BODY = "pippa@pond.example", "Dinsdag 8 december, 13.30 uur."


def post(**more: Any) -> Outgoing:
    known = set(Outgoing.objects.values_list("pk", flat=True))
    mail = {"to": TO, "subject": "Je afspraak", "body": BODY}
    outbox.post(**(mail | more), now=NOW)
    return Outgoing.objects.exclude(pk__in=known).get()


def test_a_copy_of_the_database_shows_no_word_of_it() -> None:
    post(invitation=b"METHOD:REQUEST\r\nLOCATION:Bussum")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_outgoing")
        rows = str([[bytes(x) if isinstance(x, memoryview) else x for x in row] for row in cursor])
    for said in (TO, BODY, "Je afspraak", "Bussum"):
        assert said not in rows
        assert said.encode().hex() not in rows


def test_how_long_it_is_tells_little() -> None:
    lengths = {len(bytes(post(body=body).sealed)) for body in ("a", "a" * 200)}
    assert len(lengths) == 1


def test_it_opens_in_its_own_row_and_nowhere_else() -> None:
    row, other = post(), post(body="Iets anders.")
    assert outbox.read(row).to == TO
    for field, value in (("sealed", other.sealed), ("id", uuid.uuid4())):
        moved = Outgoing.objects.get(pk=row.pk)
        setattr(moved, field, value)
        with pytest.raises(sealing.Unopenable):
            outbox.read(moved)


def test_with_another_secret_it_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    row = post()
    monkeypatch.setattr(outbox, "_key", lambda: bytes(32))
    with pytest.raises(sealing.Unopenable):
        outbox.read(row)


def test_nothing_that_is_shown_of_it_says_to_whom_it_goes() -> None:
    row = post()
    for shown in (str(row), repr(row), repr(outbox.read(row))):
        assert TO not in shown
        assert BODY not in shown


def test_a_subject_stays_one_line() -> None:
    row = post(subject="Je afspraak\r\nBcc: all@pond.example")
    assert outbox.read(row).subject == "Je afspraak Bcc: all@pond.example"


def test_after_thirty_days_it_is_deleted_and_not_before() -> None:
    post()
    assert outbox.forget_old(NOW + 30 * DAY - MINUTE) == 0
    assert outbox.forget_old(NOW + 30 * DAY) == 1
    assert not Outgoing.objects.exists()


def test_no_mail_is_kept_longer_because_it_asked_so() -> None:
    assert post(until=NOW + 90 * DAY).until == NOW + 30 * DAY


def test_it_stands_in_the_register_and_belongs_to_no_account() -> None:
    (entry,) = [entry for entry in personal_data.entries() if entry.model is Outgoing]
    owner = make_owner()
    post()
    assert entry.export
    assert entry.erase
    assert list(entry.export(owner.person, owner.keys)) == []
    assert entry.erase(owner.person) == 0
    assert Outgoing.objects.count() == 1
