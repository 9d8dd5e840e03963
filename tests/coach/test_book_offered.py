"""A time that is offered to somebody who waits."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from kleinverzet.coach import envelopes, intake, openings, words
from kleinverzet.coach.models import Booking, Coach, Terms, Wish
from kleinverzet.coach.openings import Open
from kleinverzet.coach.outcome import By, Done, Refused, Why
from tests.coach.cast import NOW
from tests.coach.visits import AT_PRACTICE, GUARDIAN, WORDS, ask, at, plan, why, wish

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def open_at(moment: Any) -> Open:
    """Give an open time, which must be there."""
    time = openings.at(AT_PRACTICE, moment, NOW)
    assert time is not None
    return time


def offered(moment: Any, **more: Any) -> Booking:
    """Hold a time for somebody who waits."""
    row = intake.offer(wish=wish(**more), time=open_at(moment), now=NOW)
    assert row is not None
    return row


def take(booking: Booking, form: UUID | None = None, **more: Any) -> Done | Refused:
    """Take it."""
    said: dict[str, Any] = {"words": WORDS, "guardian": "", "now": NOW}
    return intake.take(booking=booking, form=form or uuid4(), **{**said, **more})


def test_an_offered_time_is_held_for_one(coach: Coach) -> None:
    row = offered(at(10))
    assert (row.state, row.held_until) == (Booking.State.OFFERED, NOW + 12 * HOUR)
    waits = Wish.objects.get()
    assert (waits.state, waits.booking) == (Wish.State.OFFERED, row)
    assert why(ask(at(10))) is Why.NOT_OPEN


def test_it_falls_free_two_hours_before_at_the_latest(coach: Coach) -> None:
    Terms.objects.update(notice=60)
    assert offered(at(15, day=23)).held_until == at(13, day=23)


def test_a_time_that_is_too_near_is_not_offered(coach: Coach) -> None:
    Terms.objects.update(notice=60)
    waits = wish()
    assert intake.offer(wish=waits, time=open_at(at(11, day=23)), now=NOW) is None
    assert Wish.objects.get().state == Wish.State.WAITING


def test_who_takes_it_has_an_appointment(coach: Coach) -> None:
    row = offered(at(10), language="en")
    done = take(row)
    assert isinstance(done, Done)
    row.refresh_from_db()
    assert (row.state, row.held_until, row.language) == (Booking.State.BOOKED, None, "en")
    assert words.for_visitor(row, done.token) == WORDS
    assert envelopes.open_(row) == envelopes.Envelope(WORDS.email, "en", "Europe/Amsterdam")
    waits = Wish.objects.get()
    assert (waits.state, bytes(waits.envelope)) == (Wish.State.TAKEN, b"")


def test_with_a_guardian_it_is_held_for_them(coach: Coach) -> None:
    row = offered(at(10, day=30))
    take(row, guardian=GUARDIAN)
    row.refresh_from_db()
    assert (row.state, row.held_until) == (Booking.State.HELD, NOW + 48 * HOUR)


def test_taking_twice_takes_once(coach: Coach) -> None:
    row, form = offered(at(10)), uuid4()
    first, second = take(row, form), take(row, form)
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert first.token == second.token
    assert why(take(row)) is Why.OVER


def test_an_offer_that_was_not_answered_falls_free(coach: Coach) -> None:
    row = offered(at(10))
    assert why(take(row, now=NOW + 12 * HOUR)) is Why.OVER
    assert intake.lapse_overdue(NOW + 12 * HOUR) == 1
    assert why(take(row, now=NOW + 12 * HOUR)) is Why.OVER
    assert Wish.objects.get().state == Wish.State.WAITING
    plan(at(10))


def test_an_offer_can_be_let_go(coach: Coach) -> None:
    row = offered(at(10))
    assert why(intake.cancel(booking=row, seen=None, by=By.VISITOR, now=NOW)) is None
    assert Wish.objects.get().state == Wish.State.WAITING
    plan(at(10))


def test_an_offered_time_is_not_moved_or_agreed_to(coach: Coach) -> None:
    row = offered(at(10))
    moved = intake.move(booking=row, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW)
    assert why(moved) is Why.OVER
    assert why(intake.agree(booking=row, now=NOW)) is Why.OVER


def test_what_went_to_somebody_else_is_not_offered(coach: Coach) -> None:
    time = open_at(at(10))
    plan(at(10, 30))
    assert intake.offer(wish=wish(), time=time, now=NOW) is None
    assert Wish.objects.get().state == Wish.State.WAITING


def test_one_who_waits_gets_one_offer_at_a_time(coach: Coach) -> None:
    waits = wish()
    assert intake.offer(wish=waits, time=open_at(at(10)), now=NOW) is not None
    assert intake.offer(wish=waits, time=open_at(at(14)), now=NOW) is None
    assert Booking.objects.count() == 1
