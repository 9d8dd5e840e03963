"""Work that waits for no page: it looks, does what is due, and lives through every fault."""

import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from kleinverzet import background, chores
from kleinverzet.background import Background
from kleinverzet.vault.models import Session
from tests import mail_server, prepared, running
from tests.mail_server import Postbox
from tests.owners import make_owner
from tests.running import Program

SECRET = "pippa@pond.example"


@task()
def refuse_somebody() -> None:
    raise smtplib.SMTPRecipientsRefused({SECRET: (550, b"no " + SECRET.encode())})


@task()
def greet(number: int) -> int:
    return number + 1


def wait_until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


# By night no reminder goes out, so there is less to look at than by day.
@pytest.mark.parametrize("hour", [2, 12])
@pytest.mark.django_db
def test_looking_when_nothing_is_due_only_reads_and_little(
    monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    now = timezone.now().replace(hour=hour)
    monkeypatch.setattr(timezone, "now", lambda: now)
    greet.using(run_after=now + timedelta(hours=1)).enqueue(1)
    with CaptureQueriesContext(connection) as asked:
        background.look()
    # One look at the queue, one for each duty, and a second for pages, which come and go.
    assert 0 < len(asked) <= 1 + len(background.DUTIES) + 1
    assert all(query["sql"].startswith("SELECT") for query in asked)


@pytest.mark.django_db(transaction=True)
def test_looking_waits_for_nobody_who_writes() -> None:
    writes, looked = threading.Event(), threading.Event()

    def write_for_long() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
            cursor.execute("DELETE FROM me_rhythm")
            writes.set()
            looked.wait(10)
            cursor.execute("ROLLBACK")
        connection.close()

    writer = threading.Thread(target=write_for_long)
    writer.start()
    writes.wait(10)
    began = time.monotonic()
    background.look()
    took = time.monotonic() - began
    looked.set()
    writer.join()
    assert took < 1


@pytest.mark.django_db(transaction=True)
def test_what_the_queue_holds_is_done() -> None:
    for number in range(3):
        greet.enqueue(number)
    background.look()
    assert set(DBTaskResult.objects.values_list("status", "return_value")) == {
        (TaskResultStatus.SUCCESSFUL, number) for number in (1, 2, 3)
    }


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_leaves_no_words_behind() -> None:
    refuse_somebody.enqueue()
    greet.enqueue(1)
    background.look()
    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert "SMTPRecipientsRefused" in failed.traceback
    assert DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).exists()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {DBTaskResult._meta.db_table}")
        assert SECRET not in str(cursor.fetchall())


def test_a_fault_makes_it_pause_and_never_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) < 3:
            raise OperationalError("the database is away")

    monkeypatch.setattr(background, "look", look)
    monkeypatch.setattr(background, "RESTS", 0.01)
    monkeypatch.setattr(chores, "do_all", lambda now: None)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    work = Background(every=0.01)
    work.begin()
    wait_until(lambda: len(looks) > 4)
    work.end(5)
    assert not work._thread.is_alive()


def test_it_ends_at_once_when_it_has_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Event()
    monkeypatch.setattr(background, "look", looked.set)
    monkeypatch.setattr(chores, "do_all", lambda now: None)
    work = Background()
    work.begin()
    assert looked.wait(10)
    began = time.monotonic()
    work.end(5)
    assert time.monotonic() - began < 1


def test_a_chore_that_fails_leaves_the_others_be(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail(now: object) -> None:
        raise ValueError

    monkeypatch.setattr(chores, "CHORES", (fail, lambda now: done.append("swept")))
    chores.do_all(timezone.now())
    assert done == ["swept"]


@pytest.mark.django_db(transaction=True)
def test_once_a_day_everything_that_had_its_time_is_cleared_away() -> None:
    owner, now = make_owner(), timezone.now()
    Session.objects.create(
        person=owner.person, half=b"", is_pending=False, opened_at=now, seen_at=now
    )
    greet.enqueue(1)
    background.look()
    greet.enqueue(2)
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
        status=TaskResultStatus.RUNNING, started_at=now
    )
    chores.do_all(now)
    assert (DBTaskResult.objects.count(), Session.objects.count()) == (2, 1)
    chores.do_all(now + timedelta(hours=25))
    assert (DBTaskResult.objects.count(), Session.objects.count()) == (0, 0)


# ---- The whole program ---------------------------------------------------------------

SCRIPT = """
import sys
from datetime import time, timedelta
import django
django.setup()
from allauth.account.models import EmailAddress
from django.utils import timezone
from kleinverzet.accounts.models import Person
from kleinverzet.me import nudges, reflections, rhythm
from kleinverzet.me.circle import Answers
from kleinverzet.me.models import Nudge
from kleinverzet.vault import slots
if sys.argv[1] == "plan":
    person = Person.objects.create(name="Pippa Pluis")
    keys = slots.set_up(person, "vier losse natte stenen")
    EmailAddress.objects.create(
        user=person, email="pippa@pond.example", verified=True, primary=True
    )
    rhythm.change(person, quiet_from=time(3), quiet_until=time(3))
    nudges.plan(
        reflection=reflections.keep(keys=keys, answers=Answers(tension=3), now=timezone.now()),
        due_at=timezone.now() + timedelta(seconds=float(sys.argv[2])),
        channel="mail", zone="UTC", language="nl",
    )
print(*Nudge.objects.values_list("state", flat=True))
"""


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server.listening() as listening:
        yield listening


class House:
    """A program with a data folder of its own, and a way to plan in it from outside."""

    def __init__(self, folder: Path, mail: int) -> None:
        self.folder = folder
        self.data = prepared.copy_to(folder / "data")
        self.env = running.from_source() | {"KLEINVERZET_MAIL": f"smtp://127.0.0.1:{mail}"}

    def started(self) -> AbstractContextManager[Program]:
        command = [sys.executable, "-m", "kleinverzet", "start"]
        return running.started(
            command, notes=self.folder, data=self.data, env=self.env, cwd=self.folder
        )

    def ask(self, *words: str) -> str:
        settings = {
            "DJANGO_SETTINGS_MODULE": "kleinverzet.settings",
            "KLEINVERZET_DATA": str(self.data),
        }
        command = [sys.executable, "-c", SCRIPT, *words]
        return subprocess.run(
            command, env=self.env | settings, capture_output=True, text=True, check=True
        ).stdout.strip()


@pytest.fixture
def house(tmp_path: Path, postbox: Postbox) -> House:
    return House(tmp_path, postbox.port)


@pytest.mark.slow
def test_a_nudge_leaves_from_the_running_program(house: House, postbox: Postbox) -> None:
    with house.started() as program:
        assert house.ask("plan", "1") == "planned"
        wait_until(lambda: bool(postbox.mails))
        wait_until(lambda: house.ask("look") == "handed")
        assert program.stop() == 0
        assert program.complained == ""


@pytest.mark.slow
def test_killed_and_started_again_it_sends_what_was_due_and_sends_it_once(
    house: House, postbox: Postbox
) -> None:
    with house.started() as program:
        house.ask("plan", "4")
        program.stop(signal.SIGKILL)
    time.sleep(4)
    assert postbox.mails == []
    for _again in range(2):
        with house.started() as program:
            wait_until(lambda: bool(postbox.mails))
            wait_until(lambda: house.ask("look") == "handed")
            time.sleep(1)  # long enough to have looked
            program.stop(signal.SIGKILL)
    assert len(postbox.mails) == 1


@pytest.mark.slow
def test_the_program_ends_while_a_mail_is_on_its_way(house: House, postbox: Postbox) -> None:
    postbox.waits = 1.0
    with house.started() as program:
        house.ask("plan", "1")
        wait_until(lambda: postbox.is_busy)
        assert program.stop() == 0
    assert house.ask("look") == "handed"
    assert len(postbox.mails) == 1
