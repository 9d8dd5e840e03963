"""A mail in the outbox leaves when it can: tried again, less and less often, then gone."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from kleinverzet import background
from kleinverzet.accounts import outbox
from kleinverzet.accounts.models import Outgoing
from tests import mail_server
from tests.mail_server import Postbox
from tests.running import free_port

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TO = "pippa@pond.example"
INVITATION = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    b"UID:1\r\nSUMMARY:Caf\xc3\xa9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with mail_server.listening() as listening:
        for name, value in mail_server.settings_for(listening.port).items():
            setattr(settings, name, value)
        yield listening


def post(now: datetime = NOW, **more: Any) -> None:
    mail = {"to": TO, "subject": "Je afspraak", "body": "Tot dan."}
    outbox.post(**(mail | more), now=now)


def part_of(mail: EmailMessage, kind: str) -> EmailMessage:
    (part,) = [part for part in mail.walk() if part.get_content_type() == kind]
    assert isinstance(part, EmailMessage)
    return part


def test_it_arrives_as_it_was_written(postbox: Postbox) -> None:
    body = "Één & twee <b>drie</b> 😀\n.\n\nFrom hier\n" + "lang " * 400
    post(body=body, reply_to="practice@pond.example")
    outbox.send_waiting(NOW)
    (mail,) = postbox.mails
    assert postbox.recipients == [TO]
    assert (mail["Subject"], mail["Reply-To"]) == ("Je afspraak", "practice@pond.example")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail.get_content()).replace("\r\n", "\n").strip() == body.strip()


def test_an_invitation_goes_along_as_calendars_know_it(postbox: Postbox) -> None:
    post(invitation=INVITATION)
    outbox.send_waiting(NOW)
    (mail,) = postbox.mails
    part = part_of(mail, "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert part.get_content_charset() == "utf-8"
    assert part.get_filename() == "invite.ics"
    payload = part.get_payload(decode=True)
    assert payload == INVITATION
    assert Calendar.from_ical(INVITATION).walk("VEVENT")[0]["SUMMARY"] == "Café"
    assert "Tot dan." in str(part_of(mail, "text/plain").get_content())


def test_without_an_invitation_it_is_plain_text(postbox: Postbox) -> None:
    post()
    outbox.send_waiting(NOW)
    assert postbox.mails[0].get_content_type() == "text/plain"


def test_handed_over_it_is_gone(postbox: Postbox) -> None:
    post()
    outbox.send_waiting(NOW)
    outbox.send_waiting(NOW + DAY)
    assert len(postbox.mails) == 1
    assert not Outgoing.objects.exists()


def test_the_queue_holds_a_number_and_nothing_else() -> None:
    post()
    (task,) = DBTaskResult.objects.filter(task_path=outbox.send_mail.module_path)
    assert task.args_kwargs == {"args": [str(Outgoing.objects.get().pk)], "kwargs": {}}


def test_a_lost_task_loses_no_mail(postbox: Postbox) -> None:
    post()
    DBTaskResult.objects.all().delete()
    outbox.send_waiting(NOW)
    assert len(postbox.mails) == 1


def test_a_task_whose_mail_is_gone_does_nothing(postbox: Postbox) -> None:
    outbox.send_mail.call(str(uuid.uuid4()))
    assert postbox.mails == []


def test_what_is_taken_back_sends_nothing(postbox: Postbox) -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    outbox.send_waiting(NOW + DAY)
    assert postbox.mails == []
    assert not DBTaskResult.objects.filter(task_path=outbox.send_mail.module_path).exists()


def test_posted_twice_under_one_key_it_leaves_once(postbox: Postbox) -> None:
    key = uuid.uuid4()
    for _press in range(2):
        post(key=key)
    outbox.send_waiting(NOW)
    assert len(postbox.mails) == 1


def test_not_now_is_tried_after_a_pause(postbox: Postbox) -> None:
    post()
    postbox.to_mail = "451 later"
    outbox.send_waiting(NOW)
    postbox.to_mail = ""
    outbox.send_waiting(NOW + 4 * MINUTE)
    assert postbox.mails == []  # not at once
    outbox.send_waiting(NOW + 5 * MINUTE)
    assert len(postbox.mails) == 1
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize("answer", ["to_mail", "to_recipient"])
def test_what_is_refused_is_let_go_and_the_log_does_not_say_whose(
    postbox: Postbox, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    post()
    setattr(postbox, answer, "550 no such mailbox")
    outbox.send_waiting(NOW)
    assert not Outgoing.objects.exists()
    assert TO not in "".join(record.getMessage() for record in caplog.records)


def test_a_mail_server_that_is_down_is_asked_less_and_less_often(settings: Any) -> None:
    for name, value in mail_server.settings_for(free_port()).items():
        setattr(settings, name, value)
    post()
    tried = []
    # Looked at each half hour here, so the first two pauses, of 5 and 15 minutes, seem longer.
    for minutes in range(0, 3 * 24 * 60, 30):
        before = Outgoing.objects.get().tries
        outbox.send_waiting(NOW + minutes * MINUTE)
        if Outgoing.objects.get().tries > before:
            tried.append(minutes)
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses == [30, 30, 60, 180, 360, 720, 1440, 1440]


def test_what_broke_off_halfway_comes_again_and_bears_the_same_number(postbox: Postbox) -> None:
    post(invitation=INVITATION)
    postbox.breaks_off = True
    outbox.send_waiting(NOW)
    postbox.breaks_off = False
    outbox.send_waiting(NOW + 5 * MINUTE)
    first, second = postbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert not Outgoing.objects.exists()


def test_one_that_cannot_be_read_holds_up_no_other(postbox: Postbox) -> None:
    post(body="De eerste.")
    Outgoing.objects.update(sealed=b"\x01" + bytes(600))
    post(body="De tweede.")
    outbox.send_waiting(NOW)
    assert ["De tweede" in str(mail.get_content()) for mail in postbox.mails] == [True]
    assert Outgoing.objects.count() == 1


def test_what_serves_nobody_any_more_is_not_sent(postbox: Postbox) -> None:
    post(until=NOW + HOUR)
    outbox.send_waiting(NOW + HOUR)
    assert postbox.mails == []
    assert not Outgoing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(postbox: Postbox) -> None:
    post()
    id_ = Outgoing.objects.get().pk
    barrier = Barrier(4)

    def work() -> None:
        barrier.wait()
        try:
            outbox.send(id_, NOW)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(postbox.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_the_queue_sends_it(postbox: Postbox) -> None:
    post(datetime.now(UTC))
    for _look in range(2):
        background.look()
    assert len(postbox.mails) == 1
