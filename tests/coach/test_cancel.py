"""Calling an appointment off, by whoever may."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from kleinverzet.coach import envelopes, intake
from kleinverzet.coach.models import Booking, Coach
from kleinverzet.coach.outcome import By, Done, Refused, Why
from kleinverzet.consent import personal_data
from tests.coach.cast import NOW
from tests.coach.visits import GUARDIAN, at, plan, why
from tests.owners import Owner

pytestmark = pytest.mark.django_db


def cancel(booking: Booking, **more: Any) -> Done | Refused:
    """Call it off as its visitor."""
    said: dict[str, Any] = {"seen": booking.sequence, "by": By.VISITOR, "now": NOW}
    return intake.cancel(booking=booking, **{**said, **more})


def test_what_is_called_off_falls_free(coach: Coach) -> None:
    row = plan(at(10)).booking
    assert why(cancel(row)) is None
    row.refresh_from_db()
    assert (row.state, row.sequence) == (Booking.State.CANCELLED, 1)
    plan(at(10))


def test_the_address_is_forgotten_once_everybody_was_told(coach: Coach) -> None:
    from kleinverzet.accounts.models import Outgoing

    row = plan(at(10)).booking
    before = Outgoing.objects.count()
    cancel(row)
    row.refresh_from_db()
    assert envelopes.open_(row) is None
    assert not row.envelope
    assert Outgoing.objects.count() > before


def test_it_is_called_off_once(coach: Coach) -> None:
    row = plan(at(10)).booking
    cancel(row)
    assert why(cancel(row, seen=1)) is Why.OVER
    assert why(cancel(row, seen=None)) is Why.OVER
    assert Booking.objects.get().sequence == 1


def test_what_was_moved_meanwhile_is_not_called_off_from_an_old_tab(coach: Coach) -> None:
    row = plan(at(10)).booking
    intake.move(booking=row, starts_at=at(14), seen=0, by=By.COACH, now=NOW)
    assert why(cancel(row, seen=0)) is Why.CHANGED
    assert why(cancel(row, seen=None)) is None


def test_what_is_past_is_not_called_off(coach: Coach) -> None:
    row = plan(at(10)).booking
    assert why(cancel(row, now=at(10))) is Why.OVER
    assert Booking.objects.get().state == Booking.State.BOOKED


def test_what_is_gone_cannot_be_called_off(coach: Coach) -> None:
    row = plan(at(10)).booking
    Booking.objects.all().delete()
    assert why(cancel(Booking(pk=row.pk, coach=coach), seen=None)) is Why.OVER


def test_a_coach_who_leaves_calls_off_what_is_ahead(coach: Coach) -> None:
    plan(at(10))
    plan(at(14), guardian=GUARDIAN)
    past = plan(at(10, day=24)).booking
    now = at(12, day=24)
    assert intake.call_off_all(coach.person, now) == 2
    states = Booking.objects.exclude(pk=past.pk).values_list("state", flat=True)
    assert set(states) == {Booking.State.CANCELLED}
    past.refresh_from_db()
    assert past.state == Booking.State.BOOKED


def test_visitors_are_told_before_an_erased_coach_is_gone(
    coach: Coach, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kleinverzet.coach import telling

    told: list[str] = []
    monkeypatch.setattr(
        telling, "cancelled", lambda row, by, now: told.append(f"{row.pk} {by} {row.coach.name}")
    )
    ahead = plan(at(10, day=30), form=uuid4(), now=NOW).booking
    far = timedelta(days=9999)  # ahead on the day on which this runs, too
    Booking.objects.update(starts_at=ahead.starts_at + far, ends_at=ahead.ends_at + far)
    for entry in personal_data.to_erase():
        if entry.erase is not None:
            entry.erase(owner.person)
    assert told == [f"{ahead.pk} house Cora Kade"]
    assert not Coach.objects.exists()
    assert not Booking.objects.exists()
