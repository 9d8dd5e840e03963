"""Moving an appointment: by whoever planned it, and by the coach."""

from datetime import timedelta
from typing import Any

import pytest

from kleinverzet.coach import intake
from kleinverzet.coach.models import Booking, Coach, Kind, Mode, Terms, Trip, Window
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.outcome import By, Done, Refused, Why
from tests.coach.cast import NOW
from tests.coach.visits import GUARDIAN, ONLINE, ask, at, live, plan, why

pytestmark = pytest.mark.django_db


def move(booking: Booking, starts_at: Any, **more: Any) -> Done | Refused:
    """Move it as its visitor, who has seen it as it is in `booking`."""
    said: dict[str, Any] = {"seen": booking.sequence, "by": By.VISITOR, "now": NOW}
    return intake.move(booking=booking, starts_at=starts_at, **{**said, **more})


def test_a_visitor_moves_to_what_is_on_offer(coach: Coach) -> None:
    row = plan(at(10)).booking
    assert why(move(row, at(14))) is None
    row.refresh_from_db()
    assert (row.starts_at, row.ends_at, row.sequence) == (at(14), at(15), 1)
    assert row.state == Booking.State.BOOKED


def test_the_time_before_falls_free(coach: Coach) -> None:
    move(plan(at(10)).booking, at(14))
    plan(at(10))


def test_its_own_time_is_not_in_its_way(coach: Coach) -> None:
    row = plan(at(10)).booking
    assert why(move(row, at(10, 30))) is None


def test_a_visitor_does_not_move_to_what_is_not_on_offer(coach: Coach) -> None:
    row = plan(at(10)).booking
    plan(at(13))
    for moment in (at(13), at(14), at(10, 7), at(10, day=28), NOW + timedelta(hours=1)):
        assert why(move(row, moment)) is Why.NOT_OPEN
    assert Booking.objects.get(pk=row.pk).starts_at == at(10)


def test_a_moved_appointment_cannot_be_moved_from_an_old_tab(coach: Coach) -> None:
    row = plan(at(10)).booking
    move(row, at(14))
    assert why(move(row, at(12))) is Why.CHANGED
    assert Booking.objects.get().starts_at == at(14)


def test_pressing_twice_moves_once(coach: Coach) -> None:
    row = plan(at(10)).booking
    move(row, at(14))
    assert why(move(row, at(14))) is None
    assert Booking.objects.get().sequence == 1


def test_what_is_past_stays_where_it_was(coach: Coach) -> None:
    row = plan(at(10)).booking
    assert why(move(row, at(14, day=26), now=at(10, 1))) is Why.OVER


def test_what_is_called_off_cannot_be_moved(coach: Coach) -> None:
    row = plan(at(10)).booking
    intake.cancel(booking=row, seen=None, by=By.COACH, now=NOW)
    assert why(move(row, at(14), seen=1)) is Why.OVER


def test_a_coach_moves_to_a_time_that_nobody_else_gets(coach: Coach) -> None:
    row = plan(at(10)).booking
    assert why(move(row, at(20, 7), by=By.COACH)) is None
    assert Booking.objects.get().starts_at == at(20, 7)


def test_a_coach_moves_close_to_another_and_not_over_it(coach: Coach) -> None:
    row = plan(at(10)).booking
    plan(at(13))
    for moment in (at(12, 1), at(13), at(13, 59)):
        assert why(move(row, moment, by=By.COACH)) is Why.NOT_OPEN
    assert why(move(row, at(12), by=By.CALENDAR)) is None
    assert [each.starts_at for each in live(coach)] == [at(12), at(13)]


@pytest.mark.parametrize("by", [By.COACH, By.CALENDAR])
def test_nobody_moves_into_the_past(coach: Coach, by: By) -> None:
    row = plan(at(10)).booking
    assert why(move(row, NOW - timedelta(days=1), by=by)) is Why.NOT_OPEN


def test_a_moved_appointment_is_reminded_of_anew(coach: Coach) -> None:
    row = plan(at(10)).booking
    Booking.objects.update(reminded_at=NOW)
    move(row, at(14))
    assert Booking.objects.get().reminded_at is None


def test_what_is_held_stays_held_no_longer_than_before(coach: Coach) -> None:
    row = plan(at(10, day=30), guardian=GUARDIAN).booking
    until = row.held_until
    move(row, at(14, day=30), now=NOW + timedelta(hours=20))
    row.refresh_from_db()
    assert (row.state, row.held_until) == (Booking.State.HELD, until)


def test_what_is_held_and_moved_closer_falls_free_before_it_begins(coach: Coach) -> None:
    row = plan(at(10, day=30), guardian=GUARDIAN).booking
    move(row, at(9, day=25))
    row.refresh_from_db()
    assert row.held_until == at(9, day=25) - timedelta(hours=2)


def test_a_visit_moves_only_to_where_the_drive_fits(coach: Coach) -> None:
    home = Sought(Kind.INTAKE, 60, Mode.HOME, "Delft")
    Trip.objects.create(from_place="", to_place="Delft", minutes=45)
    row = plan(at(14), sought=home).booking
    plan(at(10))
    assert why(move(row, at(11, 30))) is Why.NOT_OPEN
    assert why(move(row, at(12))) is None


def test_an_appointment_keeps_to_its_coach(coach: Coach) -> None:
    from tests.coach.cast import make_coach
    from tests.owners import make_owner

    make_coach(make_owner("Coen Kreek"), "Coen Kreek")
    row = plan(at(10), coach_id=coach.pk).booking
    plan(at(14), coach_id=coach.pk)
    assert why(move(row, at(14))) is Why.NOT_OPEN


def test_what_is_no_longer_offered_can_still_be_moved_or_not_at_all(coach: Coach) -> None:
    row = plan(at(10), sought=ONLINE).booking
    Window.objects.filter(mode=Mode.ONLINE).delete()
    assert why(move(row, at(14))) is Why.NOT_OPEN
    Terms.objects.update(is_open=False)
    assert why(ask(at(14))) is Why.NOT_OPEN
