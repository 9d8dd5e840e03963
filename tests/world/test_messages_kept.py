"""A message to the practice is kept sealed, for as long as it waits and no longer."""

import sqlite3
import sys
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from kleinverzet import chores, environment
from kleinverzet.checkup import letters
from kleinverzet.checkup.finding import State
from kleinverzet.consent import personal_data
from kleinverzet.vault import house_key, sealing
from kleinverzet.world import kept_data, messages, sending
from kleinverzet.world.messages import Message, Written
from tests import canaries, mail_server, prepared, running
from tests.owners import make_owner
from tests.visitor import Visitor
from tests.world.writers import ADDRESS, CONTACT, TEXT

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WRITTEN = Written(text=TEXT, language="nl", name="Pippa Pluis", email=ADDRESS)


def post(written: Written = WRITTEN, *, with_copy: bool = False) -> None:
    sending.post(written, form=uuid.uuid4(), with_copy=with_copy, now=NOW)


def test_a_copy_of_the_database_shows_no_word_of_it() -> None:
    post(with_copy=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM world_message")
        rows = str([[bytes(x) if isinstance(x, memoryview) else x for x in row] for row in cursor])
    for said in (TEXT, ADDRESS, "Pippa", TEXT[:9]):
        assert said not in rows
        assert said.encode().hex() not in rows


def test_how_long_it_is_tells_little() -> None:
    lengths = set()
    for text in ("a", "a" * 200):
        post(Written(text, "nl", email=ADDRESS))
    for message in Message.objects.all():
        lengths.add(len(bytes(message.sealed)))
    assert len(lengths) == 1


def test_it_opens_in_its_own_row_and_nowhere_else() -> None:
    post(with_copy=True)
    message, copy = Message.objects.order_by("is_copy")
    assert messages.read(message) == messages.read(copy) == WRITTEN
    for field, value in (("sealed", copy.sealed), ("id", uuid.uuid4()), ("is_copy", True)):
        moved = Message.objects.get(pk=message.pk)
        setattr(moved, field, value)
        with pytest.raises(sealing.Unopenable):
            messages.read(moved)


def test_with_another_secret_it_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    post()
    monkeypatch.setattr(messages, "_key", lambda: bytes(32))
    with pytest.raises(sealing.Unopenable):
        messages.read(Message.objects.get())


def test_the_secret_is_a_file_for_its_owner_beside_the_database() -> None:
    post()
    file = environment.read().data / "secrets" / house_key.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text()) >= 64


def test_a_secret_that_is_empty_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / house_key.FILE).write_text("\n")
    other = environment.read().model_copy(update={"data": tmp_path})
    monkeypatch.setattr(environment, "read", lambda: other)
    with pytest.raises(OSError, match="holds no key"):
        house_key.of.__wrapped__("world_message")


def test_after_thirty_days_it_is_deleted_and_not_before() -> None:
    post(with_copy=True)
    for chore in (chores.do_all, messages.forget_old):
        chore(NOW + 30 * DAY)
        assert Message.objects.count() == 2
    chores.do_all(NOW + 30 * DAY + MINUTE)
    assert not Message.objects.exists()


def test_the_doctor_says_what_waits_before_it_is_deleted() -> None:
    assert letters.waiting(NOW).state is State.OK
    post(with_copy=True)
    assert letters.waiting(NOW + HOUR).state is State.OK
    late = letters.waiting(NOW + 3 * HOUR)
    assert late.state is State.WRONG
    assert late.said.startswith("1 to the practice")
    assert "2026-12-25" in late.said
    assert TEXT[:9] not in late.said


def test_it_is_on_the_privacy_page_and_belongs_to_no_account() -> None:
    (entry,) = [entry for entry in personal_data.entries() if entry.model is Message]
    assert entry.kind == "holds"
    assert entry.why in {kind.why for kind in kept_data.table()}
    owner = make_owner()
    post()
    assert entry.export
    assert entry.erase
    assert list(entry.export(owner.person, owner.keys)) == []
    assert entry.erase(owner.person) == 0
    assert Message.objects.count() == 1


@pytest.mark.slow
def test_no_file_but_the_outbox_ever_holds_what_was_written(tmp_path: Path) -> None:
    text, name, phone = (canaries.new(x) for x in ("text", "name", "phone"))
    said = [text, name, phone]
    data, notes = prepared.copy_to(tmp_path / "data"), tmp_path / "notes"
    command = (sys.executable, "-m", "kleinverzet", "start")
    with mail_server.listening() as postbox:
        postbox.to_mail = "451 later"
        env = running.from_source() | {"KLEINVERZET_MAIL": f"smtp://127.0.0.1:{postbox.port}"}
        with running.started(command, notes=notes, data=data, env=env, cwd=tmp_path) as program:
            _write(program, said)
            # While it waits, and whatever was tried.
            assert _row_in(data) == 1
            assert canaries.found_in([tmp_path], said, skip=data / "static") == {}
            program.stop()
        assert canaries.found_in([tmp_path], said, skip=data / "static") == {}
    # No mail server at all now: what waited is written to the outbox, after a restart.
    _let_it_be_tried(data)
    env = running.from_source()
    with running.started(command, notes=notes, data=data, env=env, cwd=tmp_path) as program:
        end = time.monotonic() + 30
        while _row_in(data) and time.monotonic() < end:
            time.sleep(0.2)
        assert _row_in(data) == 0
        (file,) = (data / "outbox").iterdir()
        assert all(canary.word in file.read_text() for canary in said)
        elsewhere = canaries.found_in([data], said, skip=data / "outbox")
        assert elsewhere == {}
        program.stop()
    assert canaries.found_in([data, notes], said, skip=data / "outbox") == {}


def _write(program: running.Program, said: list[canaries.Canary]) -> None:
    text, name, phone = (canary.word for canary in said)
    visitor = Visitor(program.port)
    visitor.go(CONTACT)
    words = {"text": text, "name": name, "phone": f"0612345678 {phone}"}
    visitor.send(at=CONTACT, **words)  # at once: it comes back
    visitor.send(at=CONTACT, text=words["text"])
    assert "ligt klaar" in visitor.text


def _row_in(data: Path) -> int:
    with closing(sqlite3.connect(data / "kleinverzet.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM world_message").fetchone()[0])


def _let_it_be_tried(data: Path) -> None:
    with closing(sqlite3.connect(data / "kleinverzet.sqlite3")) as database:
        database.execute("UPDATE world_message SET try_at = made_at")
        database.commit()
