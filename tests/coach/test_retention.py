"""What is kept of an appointment ends by itself, or when its visitor wants it to."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kleinverzet.coach import intake, links, retention, words
from kleinverzet.coach.models import Booking, Coach, Link, Wish
from kleinverzet.coach.outcome import By
from tests.coach.cast import NOW
from tests.coach.visits import GUARDIAN, WORDS, at, plan, wish
from tests.owners import Owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BARE = {"for_coach": b"", "for_visitor": b"", "envelope": b"", "form": None, "key_number": 0}


def kept(row: Booking) -> dict[str, Any]:
    """Give what is still kept besides the bare time."""
    found = Booking.objects.filter(pk=row.pk).values(*BARE).get()
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in found.items()
    }


def is_whole(row: Booking) -> bool:
    """Tell whether words and links are still there."""
    return bool(kept(row)["for_coach"]) and Link.objects.filter(booking=row).exists()


def test_words_stay_a_month_after_the_appointment(coach: Coach) -> None:
    row = plan(at(10)).booking
    retention.forget_old(at(11) + 30 * DAY)
    assert is_whole(row)
    assert retention.forget_old(at(11, 1) + 30 * DAY) == 1
    assert kept(row) == BARE
    assert not Link.objects.exists()
    assert retention.forget_old(at(12) + 30 * DAY) == 0


def test_the_address_goes_when_the_appointment_is_over(coach: Coach) -> None:
    row = plan(at(10)).booking
    retention.forget_old(at(11))
    assert kept(row)["envelope"]
    retention.forget_old(at(11, 1))
    assert not kept(row)["envelope"]
    assert is_whole(row)


@pytest.mark.parametrize("ends", ["called off", "lapsed"])
def test_words_stay_a_month_after_it_was_called_off_or_fell_free(coach: Coach, ends: str) -> None:
    starts_at, late = at(10, day=30), NOW + 2 * DAY
    if ends == "called off":
        row = plan(starts_at).booking
        intake.cancel(booking=row, seen=None, by=By.VISITOR, now=late)
    else:
        row = plan(starts_at, guardian=GUARDIAN).booking
        intake.lapse_overdue(late)
    retention.forget_old(late + 30 * DAY)
    assert is_whole(row)
    retention.forget_old(late + 30 * DAY + timedelta(seconds=1))
    assert kept(row) == BARE


def test_that_there_was_one_is_known_for_two_years(coach: Coach) -> None:
    row = plan(at(10)).booking
    retention.forget_old(at(11) + 730 * DAY)
    assert Booking.objects.filter(pk=row.pk).exists()
    retention.forget_old(at(12) + 730 * DAY)
    assert not Booking.objects.exists()


@pytest.mark.parametrize("now", [NOW, at(9), at(10, 30)])
def test_what_is_ahead_or_going_on_is_left_alone(coach: Coach, now: datetime) -> None:
    row = plan(at(10)).booking
    assert retention.forget_old(now) == 0
    assert is_whole(row)
    assert kept(row)["envelope"]


def test_who_erases_what_is_ahead_calls_it_off_and_leaves_a_bare_time(
    coach: Coach, owner: Owner
) -> None:
    done = plan(at(10))
    retention.erase(done.booking, NOW)
    row = Booking.objects.get()
    assert row.state == Booking.State.CANCELLED
    assert kept(row) == BARE
    assert links.find(done.token, Link.Opens.MANAGE) is None
    assert words.for_coach(row, owner.keys) is None
    plan(at(10))


def test_who_erases_what_is_past_leaves_nothing(coach: Coach) -> None:
    done = plan(at(10))
    retention.erase(done.booking, at(12))
    assert not Booking.objects.exists()
    retention.erase(done.booking, at(12))


def test_who_erases_while_it_goes_on_leaves_a_bare_time(coach: Coach) -> None:
    row = plan(at(10)).booking
    retention.erase(row, at(10, 30))
    assert kept(row) == BARE
    assert Booking.objects.get().state == Booking.State.BOOKED


def test_a_visitor_takes_everything_along(coach: Coach) -> None:
    done = plan(at(10, day=30), guardian=GUARDIAN)
    told = retention.export(Booking.objects.get(), done.token)
    assert told["written"] == {
        "name": WORDS.name, "email": WORDS.email, "phone": WORDS.phone, "address": "",
        "whom": "me", "age": None, "answers": dict(WORDS.answers),
    }  # fmt: skip
    assert (told["mails_go_to"], told["guardian"]) == (WORDS.email, GUARDIAN)
    assert told["starts_at"] == "2026-11-30T09:00:00+00:00"
    assert told["coach"] == "Cora Kade"
    assert not told["is_shut"]


def test_without_the_first_link_the_words_are_said_to_be_shut(coach: Coach) -> None:
    row = plan(at(10)).booking
    other = links.make(row, Link.Opens.CHANGE, NOW)
    told = retention.export(row, other)
    assert told["written"] is None
    assert told["is_shut"]


def test_every_column_that_tells_of_a_visitor_is_in_the_export(coach: Coach) -> None:
    done = plan(at(10))
    told = retention.export(done.booking, done.token)
    columns = {field.name for field in Booking._meta.get_fields() if field.concrete}
    # Sealed ones are there opened; the rest is what the program reckons with.
    inside = {"for_coach", "for_visitor", "envelope", "sequence", "key_number", "form"}
    assert columns - set(told) - inside == {"id", "before", "after"}


def test_a_wish_goes_once_nobody_waits_and_its_last_day_is_over(coach: Coach) -> None:
    waits, ended = wish(), wish(state=Wish.State.ENDED)
    retention.forget_old(NOW)
    assert Wish.objects.count() == 2
    retention.forget_old(NOW + 30 * DAY)
    assert Wish.objects.get() == waits != ended
