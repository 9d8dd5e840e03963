"""The waiting list from end to end: real mails, the real queue, and workers who look at once."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from kleinverzet import background
from kleinverzet.coach import intake, waiting
from kleinverzet.coach.models import Booking, Coach, OtherDay, Wish
from kleinverzet.coach.outcome import By
from tests import mail_server
from tests.coach.visits import AT_PRACTICE, plan
from tests.mail_server import Postbox

# What commits is seen by others: the queue's worker, and threads of their own.
pytestmark = pytest.mark.django_db(transaction=True)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PIP, TIM = "pip@pond.example", "tim@pond.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with mail_server.listening() as listening:
        for name, value in mail_server.settings_for(listening.port).items():
            setattr(settings, name, value)
        yield listening


@pytest.fixture
def begins(coach: Coach) -> datetime:
    """The one time there is, in a week: others are closed."""
    today = timezone.localdate()
    day = today + timedelta(days=7)
    window = {"starts": 600, "ends": 660, "mode": "practice", "places": ""}
    for ahead in range(62):
        date = today + timedelta(days=ahead)
        OtherDay.objects.create(coach=coach, date=date, windows=[window] if date == day else [])
    return datetime(day.year, day.month, day.day, 10, tzinfo=AMSTERDAM)


def wait(email: str) -> Wish:
    now = timezone.now()
    return waiting.wait(
        sought=AT_PRACTICE, from_day=now.date(), to_day=now.date() + timedelta(days=30),
        weekdays="", parts="", email=email, language="nl", zone="Europe/Amsterdam",
        form=uuid.uuid4(), now=now,
    ).wish  # fmt: skip


def work() -> None:
    """Let the background do what is in the queue, and what that adds to it."""
    for _look in range(2):
        background.look()


def offers_to(postbox: Postbox, address: str) -> list[EmailMessage]:
    return [
        mail
        for mail in postbox.mails
        if mail["To"] == address and "/afspraak-aanbod/" in str(mail.get_content())
    ]


def test_a_freed_time_goes_to_the_first_and_then_to_the_next(
    postbox: Postbox, begins: datetime
) -> None:
    booking = plan(begins, now=timezone.now()).booking
    wait(PIP)
    wait(TIM)
    work()
    assert offers_to(postbox, PIP) == []

    intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=timezone.now())
    work()
    assert len(offers_to(postbox, PIP)) == 1
    assert offers_to(postbox, TIM) == []

    # Nobody answers: the time that it is held runs out.
    Booking.objects.filter(state=Booking.State.OFFERED).update(held_until=timezone.now() - MINUTE)
    intake.lapse_overdue(timezone.now())
    work()
    assert len(offers_to(postbox, PIP)) == 1
    assert len(offers_to(postbox, TIM)) == 1

    # And once more: it was offered to both, so now it is anybody's.
    Booking.objects.filter(state=Booking.State.OFFERED).update(held_until=timezone.now() - MINUTE)
    intake.lapse_overdue(timezone.now())
    work()
    assert len(offers_to(postbox, PIP)) == len(offers_to(postbox, TIM)) == 1
    assert not Booking.objects.filter(state__in=Booking.LIVE).exists()
    assert Wish.objects.filter(state=Wish.State.WAITING).count() == 2


def test_workers_who_look_at_once_offer_one_time_once(begins: datetime) -> None:
    for number in range(4):
        wait(f"pip{number}@pond.example")
    assert sum(_all_at_once(4)) == 1
    (booking,) = Booking.objects.all()
    (wish,) = Wish.objects.filter(state=Wish.State.OFFERED)
    assert wish.booking == booking
    assert wish == Wish.objects.earliest("made_at")


def test_workers_who_look_at_once_offer_one_wish_one_time(coach: Coach) -> None:
    wait(PIP)
    assert sum(_all_at_once(4)) == 1
    assert Booking.objects.count() == 1


def _all_at_once(many: int) -> list[int]:
    """Look in several threads at the same moment; say how many offers each made."""
    barrier, made, now = Barrier(many), [], timezone.now()

    def look() -> None:
        barrier.wait()
        try:
            made.append(waiting.look(now))
        finally:
            connection.close()

    threads = [Thread(target=look) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == many
    return made
