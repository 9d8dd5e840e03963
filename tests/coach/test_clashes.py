"""A coach sees what was changed in their own calendar, and says what is to be."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kleinverzet.coach import clashes
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.clashes import What
from kleinverzet.coach.models import Booking, Busy, Calendar, Clash, Coach, Entry
from tests.coach import diary
from tests.coach.at_the_desk import browser_of, text_of
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

PAGE = "/coach/agendas/let-op/"


@pytest.fixture
def client(owner: Owner, coach: Coach) -> Client:
    return browser_of(owner)


@pytest.fixture
def booking(coach: Coach) -> Booking:
    return diary.appointment(coach)


@pytest.fixture
def calendar(coach: Coach) -> Calendar:
    return diary.connect(coach, Account("http://127.0.0.1:9/"))


@pytest.fixture
def taken_out(booking: Booking, calendar: Calendar) -> Clash:
    """The coach took it out of their own calendar."""
    Entry.objects.update_or_create(
        booking=booking,
        calendar=calendar,
        defaults={"sequence": 0, "is_gone": True, "try_at": None},
    )
    clashes.tell(booking, What.TAKEN_OUT, timezone.now())
    return Clash.objects.get()


@pytest.mark.parametrize("what", list(What))
def test_everything_is_told_in_a_sentence(client: Client, booking: Booking, what: What) -> None:
    clashes.tell(booking, what, timezone.now())
    page = text_of(client.get(PAGE))
    assert str(clashes.WORDS[what]) in page
    assert "Bussum" in page


def test_what_was_seen_is_not_shown_again(client: Client, taken_out: Clash) -> None:
    assert client.post(PAGE, {"move": f"seen:{taken_out.pk}"}).status_code == 302
    assert "Alles klopt" in text_of(client.get(PAGE))


def test_what_was_taken_out_can_be_called_off(
    client: Client, booking: Booking, taken_out: Clash
) -> None:
    client.post(PAGE, {"move": f"cancel:{taken_out.pk}"})
    booking.refresh_from_db()
    assert booking.state == Booking.State.CANCELLED
    assert not Clash.objects.filter(seen_at=None).exists()


def test_what_was_taken_out_can_be_put_back(
    client: Client, booking: Booking, taken_out: Clash
) -> None:
    client.post(PAGE, {"move": f"back:{taken_out.pk}"})
    entry = Entry.objects.get()
    assert (entry.is_gone, entry.try_at is None) == (False, False)
    booking.refresh_from_db()
    assert booking.state == Booking.State.BOOKED


def test_only_what_was_taken_out_can_be_called_off_here(client: Client, booking: Booking) -> None:
    clashes.tell(booking, What.DOUBLE, timezone.now())
    client.post(PAGE, {"move": f"cancel:{Clash.objects.get().pk}"})
    booking.refresh_from_db()
    assert booking.state == Booking.State.BOOKED


@pytest.mark.parametrize(
    "move", ["seen:999", "seen:x", "seen:", "cancel:-1", "back:²", ":", "wat:1"]
)
def test_a_button_that_nobody_made_does_nothing(client: Client, move: str) -> None:
    assert client.post(PAGE, {"move": move}).status_code in {200, 302}


def test_of_another_coach_nothing_is_shown_or_changed(client: Client) -> None:
    other = Coach.objects.create(person=make_owner("Otto Oever").person, name="Otto Oever")
    clashes.tell(diary.appointment(other), What.MOVED, timezone.now())
    assert "Alles klopt" in text_of(client.get(PAGE))
    client.post(PAGE, {"move": f"seen:{Clash.objects.get().pk}"})
    assert Clash.objects.get().seen_at is None


def test_the_same_thing_twice_is_told_once_until_it_moves(
    booking: Booking, calendar: Calendar, coach: Coach
) -> None:
    now = timezone.now()
    busy = Busy.objects.create(
        calendar=calendar, event=b"x", starts_at=booking.starts_at, ends_at=booking.ends_at
    )
    for _again in range(2):
        clashes.tell_doubles(calendar, now)
    assert diary.told(coach) == [What.DOUBLE]
    Busy.objects.filter(pk=busy.pk).update(starts_at=booking.starts_at + timedelta(minutes=10))
    clashes.tell_doubles(calendar, now)
    assert len(diary.told(coach)) == 2


def test_what_only_touches_an_appointment_is_no_clash(
    booking: Booking, calendar: Calendar, coach: Coach
) -> None:
    hour = timedelta(hours=1)
    for start in (booking.starts_at - hour, booking.ends_at):
        Busy.objects.create(calendar=calendar, event=b"x", starts_at=start, ends_at=start + hour)
    clashes.tell_doubles(calendar, timezone.now())
    assert diary.told(coach) == []
