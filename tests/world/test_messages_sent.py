"""A message to the practice leaves by mail: sealed until then, tried again, and gone afterwards."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from kleinverzet import background
from kleinverzet.world import messages, sending
from kleinverzet.world.messages import Message, Written
from kleinverzet.world.practice import Practice
from tests import mail_server
from tests.mail_server import Postbox
from tests.running import free_port
from tests.world.writers import ADDRESS, TEXT, browser, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WRITTEN = Written(text=TEXT, language="nl", name="Pippa Pluis", email=ADDRESS)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with mail_server.listening() as listening:
        for name, value in mail_server.settings_for(listening.port).items():
            setattr(settings, name, value)
        yield listening


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def post(written: Written = WRITTEN, *, with_copy: bool = False) -> None:
    sending.post(written, form=uuid.uuid4(), with_copy=with_copy, now=NOW)


def body_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def to_practice(postbox: Postbox) -> list[EmailMessage]:
    return [mail for mail in postbox.mails if mail["To"] == Practice.load().email]


def test_it_goes_to_the_practice_and_can_be_answered(postbox: Postbox) -> None:
    post()
    sending.send_waiting(NOW)
    (mail,) = postbox.mails
    assert postbox.recipients == [Practice.load().email]
    assert mail["Reply-To"] == ADDRESS
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    for said in (TEXT, "Naam: Pippa Pluis", f"E-mail: {ADDRESS}"):
        assert said in body_of(mail)
    assert "Telefoon" not in body_of(mail)


def test_the_subject_says_nothing(postbox: Postbox) -> None:
    post(with_copy=True)
    sending.send_waiting(NOW)
    assert {mail["Subject"] for mail in postbox.mails} == {
        "Bericht via de site", "Kopie van je bericht"
    }  # fmt: skip


def test_an_appointment_says_so_with_its_wish(postbox: Postbox) -> None:
    post(Written(TEXT, "nl", phone="0612345678", is_appointment=True, mode="home", town="Bussum"))
    sending.send_waiting(NOW)
    (mail,) = postbox.mails
    for said in ("afspraak", "Telefoon: 0612345678", "Hoe: thuis", "Plaats: Bussum"):
        assert said in body_of(mail)
    assert mail["Reply-To"] is None
    assert "bel het nummer hierboven" in body_of(mail)


def test_words_arrive_as_they_were_written(postbox: Postbox) -> None:
    text = "Één & twee <b>drie</b> 😀\n.\n\nFrom hier\n" + "lang " * 400
    post(Written(text, "nl", email=ADDRESS))
    sending.send_waiting(NOW)
    assert text.strip() in body_of(postbox.mails[0]).replace("\r\n", "\n")


def test_the_mail_is_in_the_language_of_the_page(postbox: Postbox) -> None:
    write(browser(), "/en/contact/")
    assert messages.read(Message.objects.get()).language == "en"
    sending.send_waiting()
    assert "Name: Pippa Pluis" in body_of(postbox.mails[0])


def test_a_copy_says_what_it_is_to_who_did_not_write_it(postbox: Postbox) -> None:
    post(with_copy=True)
    sending.send_waiting(NOW)
    (copy,) = [mail for mail in postbox.mails if mail["To"] == ADDRESS]
    assert copy["Reply-To"] == Practice.load().email
    assert f"> {TEXT}" in body_of(copy)
    said = body_of(copy).partition(TEXT)[0]
    assert "Heb je het niet zelf geschreven?" in " ".join(said.split())


def test_without_being_asked_no_copy_leaves(postbox: Postbox) -> None:
    post()
    sending.send_waiting(NOW + DAY)
    assert len(postbox.mails) == 1


def test_handed_over_it_is_gone(postbox: Postbox) -> None:
    post(with_copy=True)
    sending.send_waiting(NOW)
    assert not Message.objects.exists()


def test_the_queue_holds_a_number_and_nothing_else(postbox: Postbox) -> None:
    post()
    (task,) = DBTaskResult.objects.filter(task_path=sending.send_message.module_path)
    (message,) = Message.objects.all()
    assert task.args_kwargs == {"args": [str(message.pk)], "kwargs": {}}


def test_a_lost_task_loses_no_message(postbox: Postbox) -> None:
    write(browser())
    DBTaskResult.objects.all().delete()
    background.look()
    assert len(postbox.mails) == 1


def test_a_task_whose_message_is_gone_does_nothing(postbox: Postbox) -> None:
    sending.send_message.call(str(uuid.uuid4()))
    assert postbox.mails == []


FAULTS: dict[str, Callable[[Postbox], None]] = {
    "not now": lambda postbox: setattr(postbox, "to_mail", "451 later"),
    "no such mailbox": lambda postbox: setattr(postbox, "to_recipient", "550 no"),
    "refused": lambda postbox: setattr(postbox, "to_mail", "554 no"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_it_stays_and_is_tried_after_a_pause(
    postbox: Postbox, fault: str
) -> None:
    post()
    FAULTS[fault](postbox)
    sending.send_waiting(NOW)
    postbox.to_mail = postbox.to_recipient = ""
    sending.send_waiting(NOW + 4 * MINUTE)
    assert postbox.mails == []  # not at once
    sending.send_waiting(NOW + 5 * MINUTE)
    assert len(postbox.mails) == 1
    assert not Message.objects.exists()


def test_a_mail_server_that_is_down_is_asked_less_and_less_often(settings: Any) -> None:
    for name, value in mail_server.settings_for(free_port()).items():
        setattr(settings, name, value)
    post()
    tried = []
    # Looked at each half hour here, so the first two pauses, of 5 and 15 minutes, seem longer.
    for minutes in range(0, 3 * 24 * 60, 30):
        before = Message.objects.get().tries
        sending.send_waiting(NOW + minutes * MINUTE)
        if Message.objects.get().tries > before:
            tried.append(minutes)
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses == [30, 30, 60, 180, 360, 720, 1440, 1440]


def test_what_broke_off_halfway_comes_again_and_bears_the_same_number(postbox: Postbox) -> None:
    post()
    postbox.breaks_off = True
    sending.send_waiting(NOW)
    postbox.breaks_off = False
    assert Message.objects.exists()
    sending.send_waiting(NOW + 5 * MINUTE)
    first, second = postbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert not Message.objects.exists()


@pytest.mark.parametrize("fault", ["refused", "breaks off"])
def test_a_copy_that_was_perhaps_taken_is_not_sent_again(postbox: Postbox, fault: str) -> None:
    post(with_copy=True)
    Message.objects.filter(is_copy=False).delete()
    postbox.to_mail = "554 no" if fault == "refused" else ""
    postbox.breaks_off = fault == "breaks off"
    sending.send_waiting(NOW)
    assert not Message.objects.exists()


def test_a_copy_waits_a_day_for_a_mail_server_and_no_longer(postbox: Postbox) -> None:
    post(with_copy=True)
    Message.objects.filter(is_copy=False).delete()
    postbox.to_mail = "451 later"
    for hours in range(24):
        sending.send_waiting(NOW + hours * HOUR)
        assert Message.objects.exists()
    for hours in range(24, 49):
        sending.send_waiting(NOW + hours * HOUR)
    assert not Message.objects.exists()


def test_one_that_cannot_be_read_holds_up_no_other(postbox: Postbox) -> None:
    post()
    Message.objects.update(sealed=b"\x01" + bytes(600))
    post(Written("Een ander bericht.", "nl", email=ADDRESS))
    sending.send_waiting(NOW)
    assert ["Een ander" in body_of(mail) for mail in postbox.mails] == [True]
    assert Message.objects.count() == 1
