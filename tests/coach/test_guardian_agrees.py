"""A time that is held until a parent or guardian says yes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kleinverzet.coach import envelopes, holding, intake
from kleinverzet.coach.models import Booking, Coach, Link, Terms
from kleinverzet.coach.outcome import By, Why
from tests.coach.cast import NOW
from tests.coach.visits import GUARDIAN, WORDS, ask, at, plan, why

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def held(starts_at: datetime, **more: Any) -> Booking:
    """Plan something for which a guardian is asked."""
    return plan(starts_at, guardian=GUARDIAN, **more).booking


def test_the_time_is_held_meanwhile(coach: Coach) -> None:
    row = held(at(10, day=30))
    assert (row.state, row.held_until) == (Booking.State.HELD, NOW + 48 * HOUR)
    assert why(ask(at(10, day=30))) is Why.NOT_OPEN
    envelope = envelopes.open_(row)
    assert envelope is not None
    assert envelope.guardian == GUARDIAN


def test_a_yes_makes_it_final_and_forgets_the_address(coach: Coach) -> None:
    row = held(at(10))
    assert why(intake.agree(booking=row, now=NOW)) is None
    row.refresh_from_db()
    assert (row.state, row.held_until) == (Booking.State.BOOKED, None)
    assert envelopes.open_(row) == envelopes.Envelope(WORDS.email, "nl", "Europe/Amsterdam")


def test_a_second_yes_changes_nothing(coach: Coach) -> None:
    row = held(at(10))
    intake.agree(booking=row, now=NOW)
    changed = Booking.objects.get().changed_at
    assert why(intake.agree(booking=row, now=NOW + HOUR)) is None
    assert Booking.objects.get().changed_at == changed


def test_a_no_calls_it_off(coach: Coach) -> None:
    row = held(at(10))
    assert why(intake.cancel(booking=row, seen=None, by=By.GUARDIAN, now=NOW)) is None
    assert Booking.objects.get().state == Booking.State.CANCELLED
    assert not Booking.objects.get().envelope
    assert why(intake.agree(booking=row, now=NOW)) is Why.OVER


def test_after_a_yes_it_is_no_longer_the_guardians(coach: Coach) -> None:
    row = held(at(10))
    intake.agree(booking=row, now=NOW)
    assert why(intake.cancel(booking=row, seen=None, by=By.GUARDIAN, now=NOW)) is Why.CHANGED


def test_a_yes_to_another_time_than_was_read_counts_for_nothing(coach: Coach) -> None:
    row = held(at(10))
    intake.move(booking=row, starts_at=at(14), seen=0, by=By.VISITOR, now=NOW)
    assert why(intake.agree(booking=row, now=NOW, seen=0)) is Why.CHANGED
    assert why(intake.agree(booking=row, now=NOW, seen=1)) is None


def test_without_an_answer_it_falls_free(coach: Coach) -> None:
    row = held(at(10, day=30))
    assert intake.lapse_overdue(NOW + 48 * HOUR - timedelta(seconds=1)) == 0
    assert intake.lapse_overdue(NOW + 48 * HOUR) == 1
    row.refresh_from_db()
    assert (row.state, row.sequence, bytes(row.envelope)) == (Booking.State.LAPSED, 1, b"")
    assert intake.lapse_overdue(NOW + 49 * HOUR) == 0
    plan(at(10, day=30))


def test_a_yes_that_comes_too_late_is_refused_even_before_it_was_cleared_up(coach: Coach) -> None:
    row = held(at(10, day=30))
    assert why(intake.agree(booking=row, now=NOW + 48 * HOUR)) is Why.OVER


def test_a_time_that_is_near_is_held_until_two_hours_before(coach: Coach) -> None:
    assert held(at(9, day=25)).held_until == at(7, day=25)


def test_a_time_that_is_very_near_is_held_until_half_an_hour_before(coach: Coach) -> None:
    Terms.objects.update(notice=60)
    assert held(at(12, day=23)).held_until == at(11, 30, day=23)


def test_a_time_before_which_nobody_can_answer_is_refused(coach: Coach) -> None:
    Terms.objects.update(notice=0)
    begins = at(9, 30, day=23)
    assert why(ask(begins, guardian=GUARDIAN)) is Why.TOO_SOON
    assert not Booking.objects.exists()
    assert why(ask(begins)) is None


@pytest.mark.parametrize("minutes", [*range(0, 400, 7), 60 * 24, 60 * 49, 60 * 51])
def test_what_is_held_leaves_time_to_answer_and_falls_free_before_it_begins(minutes: int) -> None:
    begins = NOW + timedelta(minutes=minutes)
    for until in (holding.for_guardian(begins, NOW), holding.for_offer(begins, NOW)):
        assert until is None or NOW + holding.SHORTEST <= until <= begins - timedelta(minutes=30)


def test_a_guardian_who_is_asked_at_another_address_gets_another_link(coach: Coach) -> None:
    from uuid import uuid4

    form = uuid4()
    row = held(at(10), form=form)
    before = set(Link.objects.filter(opens="guardian").values_list("pk", flat=True))
    plan(at(10), guardian="vader@pond.example", form=form)
    envelope = envelopes.open_(Booking.objects.get(pk=row.pk))
    assert envelope is not None
    assert envelope.guardian == "vader@pond.example"
    assert not Link.objects.filter(pk__in=before).exists()
    assert Link.objects.filter(opens="guardian").count() == len(before) == 1
