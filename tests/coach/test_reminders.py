"""One reminder, a day ahead and by day: never twice, and not for what is over."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.coach import intake, reminding
from kleinverzet.coach.models import Booking, Coach, Kind, Mode
from kleinverzet.coach.outcome import By
from tests.coach import letters
from tests.coach.cast import NOW, make_coach
from tests.coach.visits import GUARDIAN, WORDS, at, plan
from tests.owners import Owner

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
VISITOR = WORDS.email


@pytest.fixture
def booking(coach: Coach) -> Booking:
    """Friday at ten, planned on Monday."""
    row = plan(at(10, day=27)).booking
    letters.throw_away()
    return row


def reminders() -> list[str]:
    return [one.body for one in letters.to(VISITOR) if "Binnenkort is je afspraak" in one.body]


def test_it_comes_a_day_ahead_and_not_before(booking: Booking) -> None:
    assert reminding.send_due(at(10, day=26) - MINUTE) == 0
    assert reminding.send_due(at(10, day=26)) == 1
    (body,) = reminders()
    assert "vrijdag 27 november, 10.00 uur" in body
    assert list(letters.pages(letters.only(VISITOR))) == ["coach:manage"]


def test_it_comes_once(booking: Booking) -> None:
    for minutes in range(0, 600, 20):
        reminding.send_due(at(10, day=26) + minutes * MINUTE)
    assert len(reminders()) == 1


def test_a_reminder_that_was_missed_comes_later_the_same_day(booking: Booking) -> None:
    assert reminding.send_due(at(16, day=26)) == 1


def test_nobody_is_reminded_at_night(booking: Booking) -> None:
    assert reminding.send_due(at(21, day=26)) == 0
    assert reminding.send_due(at(24, day=26)) == 0
    assert reminding.send_due(at(7, 59, day=27)) == 0
    assert reminding.send_due(at(8, day=27)) == 1


def test_nobody_is_reminded_of_what_has_begun(booking: Booking) -> None:
    assert reminding.send_due(at(10, day=27)) == 0


@pytest.mark.usefixtures("coach")
def test_who_planned_it_shortly_before_needs_none() -> None:
    plan(at(10, day=25), now=at(9, day=24) - HOUR)
    assert reminding.send_due(at(10, day=24)) == 0
    assert reminding.send_due(at(20, day=24)) == 0


@pytest.mark.parametrize(("hour", "reminded"), [(10, 0), (11, 0), (14, 1), (16, 1)])
def test_who_moved_it_shortly_before_needs_none(booking: Booking, hour: int, reminded: int) -> None:
    moved_at = at(9, 30, day=26)
    intake.move(booking=booking, starts_at=at(hour, 30, day=27), seen=0, by=By.COACH, now=moved_at)
    assert reminding.send_due(at(hour, 30, day=26)) == reminded


@pytest.mark.usefixtures("coach")
def test_who_planned_it_well_before_gets_one() -> None:
    plan(at(10, day=25), now=at(10, day=24) - 2 * HOUR - MINUTE)
    assert reminding.send_due(at(10, day=24)) == 1


def test_what_is_cancelled_is_not_reminded_of(booking: Booking) -> None:
    intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=NOW)
    assert reminding.send_due(at(10, day=26)) == 0


@pytest.mark.usefixtures("coach")
def test_what_is_only_held_is_not_reminded_of() -> None:
    plan(at(10, day=25), guardian=GUARDIAN)
    assert reminding.send_due(at(10, day=24)) == 0


def test_what_is_moved_after_its_reminder_is_reminded_of_again(booking: Booking) -> None:
    reminding.send_due(at(10, day=26))
    moved_to = at(14, day=30)
    intake.move(booking=booking, starts_at=moved_to, seen=0, by=By.VISITOR, now=at(12, day=26))
    assert reminding.send_due(moved_to - DAY - HOUR) == 0
    assert reminding.send_due(moved_to - DAY) == 1
    assert len(reminders()) == 2


def test_looking_costs_one_question_when_nothing_is_due(
    booking: Booking, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        reminding.send_due(at(10, day=25))


@given(minutes=st.integers(0, 2 * 366 * 24 * 4).map(lambda quarters: 15 * quarters))
def test_the_moment_is_by_day_and_in_time(minutes: int) -> None:
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
    moment = reminding.moment(starts_at).astimezone(AMSTERDAM)
    local = starts_at.astimezone(AMSTERDAM)
    assert reminding.MORNING <= moment.hour < reminding.NIGHT
    assert moment.date() == (local - timedelta(days=1)).date()
    assert timedelta(0) < starts_at - moment.astimezone(UTC) <= reminding._EARLIEST


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(owner: Owner) -> None:
    coach = make_coach(owner)
    row = Booking.objects.create(
        coach=coach, kind=Kind.INTAKE, mode=Mode.PRACTICE, starts_at=at(10, day=27),
        ends_at=at(11, day=27), state=Booking.State.BOOKED, made_at=NOW, changed_at=NOW,
    )  # fmt: skip
    barrier, done = Barrier(4), []

    def work() -> None:
        barrier.wait()
        try:
            done.append(reminding.send_due(at(10, day=26)))
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 0, 1]
    row.refresh_from_db()
    assert row.reminded_at == at(10, day=26)
