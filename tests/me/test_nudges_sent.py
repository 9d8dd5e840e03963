"""A nudge leaves by mail: one, at its moment, to a confirmed address, and never two."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kleinverzet import background
from kleinverzet.accounts import mail
from kleinverzet.accounts.mail import Verdict
from kleinverzet.me import nudges, nudging, rhythm
from kleinverzet.me.models import Nudge, Reflection
from tests import mail_server
from tests.cast import OTTO, PIPPA
from tests.mail_server import Postbox
from tests.me.nudged import ADDRESS, NOW, confirm_address, keep, words_of
from tests.owners import Owner, make_owner
from tests.running import ROOT, free_port

pytestmark = pytest.mark.django_db

DUE = NOW + timedelta(hours=2)
State = Nudge.State


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with mail_server.listening() as listening:
        for name, value in mail_server.settings_for(listening.port).items():
            setattr(settings, name, value)
        yield listening


@pytest.fixture
def pippa() -> Owner:
    owner = make_owner()
    confirm_address(owner)
    return owner


def plan(owner: Owner, **other: Any) -> Nudge:
    asked: dict[str, Any] = {
        "due_at": DUE,
        "channel": "mail",
        "zone": "Europe/Amsterdam",
        "language": "nl",
    }
    reflection: Reflection = other.pop("reflection", None) or keep(owner, PIPPA)
    return nudges.plan(reflection=reflection, now=NOW, **(asked | other))


def state_of(nudge: Nudge) -> str:
    return Nudge.objects.get(pk=nudge.pk).state


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def test_it_leaves_at_its_moment_and_not_before(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    nudging.send(nudge.pk, DUE - timedelta(seconds=1))
    assert postbox.mails == []
    nudging.send(nudge.pk, DUE)
    assert postbox.recipients == [ADDRESS]
    assert state_of(nudge) == State.HANDED


def test_the_mail_says_only_that_somebody_asked_for_it(pippa: Owner, postbox: Postbox) -> None:
    nudging.send(plan(pippa).pk, DUE)
    (mail,) = postbox.mails
    whole = f"{mail.as_string()} {text_of(mail)}".casefold()
    assert not [words for words in words_of(PIPPA) if words.casefold() in whole]
    assert mail["Subject"] == "Je vroeg om een seintje"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "30 dagen" in text_of(mail)
    assert mail.get_content_type() == "text/plain"
    assert max(len(line) for line in text_of(mail).splitlines()) < 78


def test_the_link_is_kept_as_a_hash_only(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    nudging.send(nudge.pk, DUE)
    (link,) = [word for word in text_of(postbox.mails[0]).split() if "/seintje/" in word]
    token = link.rstrip("/").rpartition("/")[2]
    assert link.startswith("http://localhost:8000/seintje/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM me_nudge")
        assert token not in str(cursor.fetchall())
    assert nudging.of_answer(token, timezone.now()) == nudge


def test_the_mail_is_in_the_language_that_it_was_planned_in(pippa: Owner, postbox: Postbox) -> None:
    nudging.send(plan(pippa, language="en").pk, DUE)
    (mail,) = postbox.mails
    assert "/en/" in text_of(mail)
    assert mail["Subject"] != "Je vroeg om een seintje"


def test_it_is_sent_once_however_often_it_is_asked_for(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    for _again in range(3):
        nudging.send(nudge.pk, DUE)
        nudging.send_overdue(DUE)
    assert len(postbox.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    barrier = Barrier(4)

    def send() -> None:
        barrier.wait()
        nudging.send(nudge.pk, DUE)
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(postbox.mails) == 1


def test_what_was_put_off_or_called_off_does_not_leave(pippa: Owner, postbox: Postbox) -> None:
    moved, gone = plan(pippa), plan(pippa)
    nudges.snooze(moved, nudges.Snooze.WEEK, NOW)
    nudges.cancel(gone)
    nudging.send(moved.pk, DUE)
    nudging.send(gone.pk, DUE)
    assert postbox.mails == []
    assert state_of(moved) == State.PLANNED


def test_after_downtime_it_comes_late_and_says_so(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    nudging.send(nudge.pk, DUE + timedelta(minutes=16))
    assert Nudge.objects.get(pk=nudge.pk).is_late
    assert "later dan je vroeg" in text_of(postbox.mails[0])
    assert "woensdag 25 november om 17:00" in text_of(postbox.mails[0])


def test_a_quarter_of_an_hour_is_not_late(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    nudging.send(nudge.pk, DUE + timedelta(minutes=15))
    assert not Nudge.objects.get(pk=nudge.pk).is_late
    assert "later dan je vroeg" not in text_of(postbox.mails[0])


def test_a_late_one_lets_its_owner_sleep(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    night = DUE + timedelta(hours=8)  # one o'clock in Amsterdam
    nudging.send_overdue(night)
    assert postbox.mails == []
    nudging.send_overdue(night + timedelta(hours=6))
    assert state_of(nudge) == State.HANDED
    assert Nudge.objects.get(pk=nudge.pk).is_late


def test_without_a_confirmed_address_nothing_leaves(postbox: Postbox) -> None:
    nudge = plan(make_owner())
    nudging.send(nudge.pk, DUE)
    assert postbox.mails == []
    assert state_of(nudge) == State.SKIPPED


def test_who_turns_mail_off_gets_none(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    rhythm.change(pippa.person, by_mail=False)
    nudging.send_overdue(DUE)
    assert postbox.mails == []
    assert state_of(nudge) == State.PASSED


def test_a_refusal_is_told_and_not_tried_again(pippa: Owner, postbox: Postbox) -> None:
    nudge = plan(pippa)
    postbox.to_recipient = "550 no such mailbox"
    nudging.send_overdue(DUE)
    assert state_of(nudge) == State.REFUSED
    postbox.to_recipient = ""
    nudging.send_overdue(DUE + timedelta(hours=1))
    assert postbox.mails == []


@pytest.mark.parametrize("answer", ["to_recipient", "to_mail"])
def test_not_now_means_later(pippa: Owner, postbox: Postbox, answer: str) -> None:
    nudge = plan(pippa)
    setattr(postbox, answer, "451 try again later")
    nudging.send_overdue(DUE)
    assert state_of(nudge) == State.PLANNED
    setattr(postbox, answer, "")
    nudging.send_overdue(DUE + timedelta(minutes=5))
    assert postbox.mails == []  # not at once
    nudging.send_overdue(DUE + timedelta(minutes=10))
    assert len(postbox.mails) == 1
    assert state_of(nudge) == State.HANDED


def test_a_mail_server_that_is_down_is_asked_again_for_a_day(pippa: Owner, settings: Any) -> None:
    for name, value in mail_server.settings_for(free_port()).items():
        setattr(settings, name, value)
    nudge = plan(pippa)
    nudging.send_overdue(DUE)
    told = nudges.next_of(pippa.person)
    assert told
    assert state_of(nudge) == State.PLANNED
    nudging.send_overdue(DUE + timedelta(hours=25))
    assert state_of(nudge) == State.REFUSED


def test_what_breaks_off_halfway_is_unknown_and_not_sent_twice(
    pippa: Owner, postbox: Postbox
) -> None:
    nudge = plan(pippa)
    postbox.breaks_off = True
    nudging.send_overdue(DUE)
    postbox.breaks_off = False
    nudging.send_overdue(DUE + timedelta(hours=1))
    assert len(postbox.mails) == 1
    assert state_of(nudge) == State.SENDING


def test_another_moment_that_was_planned_meanwhile_stays(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudge = plan(pippa)
    later = DUE + timedelta(days=1)

    def not_now(message: object) -> Verdict:
        plan(pippa, reflection=nudge.reflection, due_at=later)
        return Verdict.NOT_NOW

    monkeypatch.setattr(mail, "hand_over", not_now)
    nudging.send(nudge.pk, DUE)
    assert state_of(nudge) == State.REFUSED
    assert nudges.coming(pippa.person)[0].nudge.due_at == later


def test_a_fault_of_ours_in_one_holds_up_no_other(
    pippa: Owner, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = plan(pippa), plan(pippa, reflection=keep(pippa, OTTO))
    written = nudging._written

    def written_unless_broken(nudge: Nudge, *rest: Any, **more: Any) -> Any:
        if nudge.pk == broken.pk:
            raise ValueError
        return written(nudge, *rest, **more)

    monkeypatch.setattr(nudging, "_written", written_unless_broken)
    nudging.send_overdue(DUE)
    assert state_of(whole) == State.HANDED
    assert state_of(broken) == State.PLANNED
    assert Nudge.objects.get(pk=broken.pk).try_at > DUE


def test_a_lost_task_loses_no_nudge(pippa: Owner, postbox: Postbox) -> None:
    nudge = nudges.plan(
        reflection=keep(pippa, PIPPA),
        due_at=timezone.now() + timedelta(hours=20),
        channel="mail",
        zone="UTC",
        language="nl",
    )
    DBTaskResult.objects.all().delete()
    Nudge.objects.update(due_at=timezone.now(), try_at=timezone.now())
    background.look()
    assert state_of(nudge) == State.HANDED
    assert len(postbox.mails) == 1


SEND_AND_DIE = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from kleinverzet.accounts import mail
from kleinverzet.me import nudging
from kleinverzet.me.models import Nudge
connection.settings_dict["NAME"] = sys.argv[1]
mail.hand_over = lambda message: os.kill(os.getpid(), signal.SIGKILL)
nudging.send(int(sys.argv[2]), Nudge.objects.get(pk=sys.argv[2]).due_at)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_crash_between_claiming_and_sending_is_unknown_and_never_sent(
    pippa: Owner, postbox: Postbox
) -> None:
    nudge = plan(pippa)
    name = str(connection.settings_dict["NAME"])
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", SEND_AND_DIE, name, str(nudge.pk)]
    died = subprocess.run(command, env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    assert state_of(nudge) == State.SENDING
    nudging.send_overdue(DUE + timedelta(hours=1))
    assert postbox.mails == []
    Nudge.objects.update(settled_at=timezone.now() - timedelta(hours=1))
    told = nudges.last_of(pippa.person)
    assert told
    assert "onbekend" in told.words
