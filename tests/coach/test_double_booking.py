"""The database itself refuses two live appointments of one coach at one time."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kleinverzet.coach import appointment, intake
from kleinverzet.coach.models import Booking, Coach, Kind, Mode
from kleinverzet.coach.outcome import Why
from tests.coach.cast import NOW, make_coach
from tests.coach.visits import ask, at, plan, why
from tests.owners import make_owner

State = Booking.State
pytestmark = pytest.mark.django_db


def put(coach: Coach, starts_at: datetime, ends_at: datetime, **more: Any) -> Booking:
    """Write a row past every rule of the program."""
    said: dict[str, Any] = {
        "kind": Kind.INTAKE, "mode": Mode.PRACTICE, "state": State.BOOKED, "made_at": NOW,
        "changed_at": NOW,
    }  # fmt: skip
    with transaction.atomic():
        return Booking.objects.create(
            coach=coach, starts_at=starts_at, ends_at=ends_at, **{**said, **more}
        )


def refuses(work: Any) -> bool:
    """Tell whether the database refuses, and says it is for two at one time."""
    try:
        with transaction.atomic():
            work()
    except IntegrityError as fault:
        return appointment.is_double(fault)
    return False


@pytest.mark.parametrize("state", Booking.LIVE)
@pytest.mark.parametrize("other", Booking.LIVE)
def test_two_at_one_time_are_refused(coach: Coach, state: str, other: str) -> None:
    put(coach, at(10), at(11), state=state)
    for first, last in ((10, 11), (9, 12), (10, 12), (9, 11)):
        assert refuses(lambda a=first, b=last: put(coach, at(a), at(b), state=other))
    assert refuses(lambda: put(coach, at(10, 20), at(10, 40), state=other))
    assert refuses(lambda: put(coach, at(10, 59), at(12), state=other))


def test_what_touches_is_allowed(coach: Coach) -> None:
    put(coach, at(10), at(11))
    put(coach, at(11), at(12))
    put(coach, at(9), at(10))


@pytest.mark.parametrize("over", [State.CANCELLED, State.LAPSED])
def test_what_is_over_is_in_nobodys_way(coach: Coach, over: str) -> None:
    put(coach, at(10), at(11), state=over)
    row = put(coach, at(10), at(11))
    put(coach, at(10), at(11), state=over)
    put(make_coach(make_owner("Coen Kreek")), at(10), at(11))
    assert Booking.objects.filter(coach=coach, state__in=Booking.LIVE).get() == row


def test_no_change_brings_two_together_either(coach: Coach) -> None:
    put(coach, at(10), at(11))
    row, over = put(coach, at(12), at(13)), put(coach, at(10), at(11), state=State.LAPSED)
    other = put(make_coach(make_owner("Coen Kreek")), at(10), at(11))
    rows = Booking.objects.filter
    assert refuses(lambda: rows(pk=row.pk).update(starts_at=at(10, 30)))
    assert refuses(lambda: rows(pk=row.pk).update(starts_at=at(9), ends_at=at(10, 1)))
    assert refuses(lambda: rows(pk=over.pk).update(state=State.BOOKED))
    assert refuses(lambda: rows(pk=other.pk).update(coach=coach))
    assert not refuses(lambda: rows(pk=row.pk).update(starts_at=at(11), ends_at=at(12)))


def test_times_with_parts_of_a_second_are_compared_right(coach: Coach) -> None:
    # SQLite compares texts: "…00" and "…00.5" must still stand in the right order.
    half = at(11).replace(microsecond=500000)
    put(coach, at(10), half)
    assert refuses(lambda: put(coach, at(11), at(12)))
    put(coach, half, at(12))


def test_a_visitor_reads_that_the_time_is_taken_where_only_the_database_knows(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kleinverzet.coach import openings

    row = plan(at(14)).booking
    put(coach, at(10), at(11))
    monkeypatch.setattr(
        openings, "at",
        lambda sought, starts_at, now, **more: openings.Open(
            starts_at, starts_at.replace(hour=starts_at.hour + 1), coach.pk, coach.name
        ),
    )  # fmt: skip
    assert why(ask(at(10))) is Why.NOT_OPEN
    moved = intake.move(
        booking=row, starts_at=at(10, 30), seen=0,
        by=intake.By.VISITOR, now=NOW,
    )  # fmt: skip
    assert why(moved) is Why.NOT_OPEN
    assert Booking.objects.count() == 2
