"""What is open, as the tables say."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kleinverzet.coach import openings
from kleinverzet.coach.models import (
    Booking,
    Busy,
    Calendar,
    Coach,
    Kind,
    Mode,
    OtherDay,
    Terms,
    Trip,
    Window,
)  # fmt: skip
from kleinverzet.coach.openings import Sought
from kleinverzet.coach.slots import Why
from tests.coach.cast import NOW, make_coach
from tests.owners import make_owner

INTAKE = Sought(Kind.INTAKE, 60, Mode.ONLINE)
VISIT = Sought(Kind.INTAKE, 60, Mode.HOME, "Zeist")
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
# What is asked, whoever coaches: terms, windows, other days, bookings, events, how many lie ahead,
# trips, and the two of the site's towns.
QUERIES = 9


def at(hour: int, minute: int = 0, day: date = WEDNESDAY) -> datetime:
    """A moment by the practice's clock, in winter."""
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)


def book(coach: Coach, starts_at: datetime, **others: Any) -> Booking:
    ends_at = others.pop("ends_at", starts_at + timedelta(minutes=60))
    filled = {"kind": Kind.INTAKE, "mode": Mode.PRACTICE, "state": Booking.State.BOOKED} | others
    return Booking.objects.create(
        coach=coach, starts_at=starts_at, ends_at=ends_at, made_at=NOW, changed_at=NOW, **filled
    )


def shown(sought: Sought = INTAKE, day: date = WEDNESDAY, **others: Any) -> list[str]:
    found = openings.between(sought, day, day, NOW, **others)
    return [f"{one.starts_at + timedelta(hours=1):%H:%M}" for one in found.days.get(day, ())]


def another(name: str) -> Coach:
    return make_coach(make_owner(name, "negen gele kano's drijven"), name)


def test_a_day_without_appointments_is_open_from_the_first_hour_to_the_last(coach: Coach) -> None:
    times = shown()
    assert (times[0], times[-1], len(times)) == ("09:00", "16:00", 15)


def test_an_open_time_says_with_whom_and_until_when(coach: Coach) -> None:
    first = openings.between(INTAKE, WEDNESDAY, WEDNESDAY, NOW).days[WEDNESDAY][0]
    assert (first.coach, first.coach_id) == ("Cora Kade", coach.pk)
    assert (first.starts_at, first.ends_at) == (at(9), at(10))


@pytest.mark.parametrize("state", Booking.LIVE)
def test_an_appointment_takes_its_time_as_soon_as_it_is_held(coach: Coach, state: str) -> None:
    book(coach, at(11), state=state, after=15)
    assert shown()[:4] == ["09:00", "09:30", "12:30", "13:00"]


@pytest.mark.parametrize("state", [Booking.State.CANCELLED, Booking.State.LAPSED])
def test_an_appointment_that_is_over_takes_none(coach: Coach, state: str) -> None:
    book(coach, at(11), state=state)
    assert len(shown()) == 15


def test_an_appointment_that_is_moved_does_not_stand_in_its_own_way(coach: Coach) -> None:
    booking = book(coach, at(11))
    assert "11:00" not in shown()
    assert "11:00" in shown(without=booking)


def test_what_is_no_longer_offered_can_still_be_moved(coach: Coach) -> None:
    booking = book(coach, at(11))
    coach.terms.update(is_open=False)
    Coach.objects.update(takes=False)
    assert shown() == []
    assert shown(without=booking)


def test_an_event_elsewhere_takes_its_time(coach: Coach) -> None:
    calendar = Calendar.objects.create(
        coach=coach, kind="ics", name="Own", sealed=b"", try_at=NOW, made_at=NOW
    )
    Busy.objects.create(calendar=calendar, event=b"1", starts_at=at(10), ends_at=at(16))
    assert shown() == ["16:00"]


def test_an_event_of_three_years_leaves_nothing(coach: Coach) -> None:
    calendar = Calendar.objects.create(
        coach=coach, kind="ics", name="Own", sealed=b"", try_at=NOW, made_at=NOW
    )
    Busy.objects.create(
        calendar=calendar, event=b"1", starts_at=at(10, day=date(2025, 1, 1)),
        ends_at=at(10, day=date(2028, 1, 1)),
    )  # fmt: skip
    found = openings.between(INTAKE, TUESDAY, date(2026, 12, 31), NOW)
    assert (found.days, found.why) == ({}, Why.TAKEN)


def test_a_drive_is_kept_free_between_two_places(coach: Coach) -> None:
    Trip.objects.create(from_place="", to_place="Zeist", minutes=45)
    book(coach, at(11))
    assert "09:00" in shown(VISIT)
    assert "12:30" not in shown(VISIT)
    assert "13:00" in shown(VISIT)


def test_a_drive_without_a_better_figure_takes_what_its_distance_says(coach: Coach) -> None:
    from kleinverzet.coach.openings import estimates

    between = estimates()["", "Zeist"]
    assert 20 < between < 30
    book(coach, at(11))
    assert "12:30" in shown(VISIT)
    assert "12:00" not in shown(VISIT)


def test_a_drive_from_the_practices_town_is_one_from_the_practice(coach: Coach) -> None:
    Trip.objects.create(from_place="Hilversum", to_place="Zeist", minutes=75)
    book(coach, at(11))
    assert "13:00" not in shown(VISIT)
    assert "13:30" in shown(VISIT)


def test_a_visit_in_the_practices_own_town_takes_a_drive_too(coach: Coach) -> None:
    assert openings.estimates()["", "Hilversum"] > 0
    book(coach, at(11), after=0)
    coach.terms.update(step=5, after=0)
    times = shown(Sought(Kind.INTAKE, 60, Mode.HOME, "Hilversum"))
    assert "12:00" not in times
    assert "12:10" in times


def test_an_unknown_town_offers_nothing_and_says_why(coach: Coach) -> None:
    nowhere = Sought(Kind.INTAKE, 60, Mode.HOME, "Nergenshuizen")
    assert openings.between(nowhere, TUESDAY, WEDNESDAY, NOW).why == Why.UNKNOWN_TOWN
    assert openings.at(nowhere, at(11), NOW) is None


def test_a_length_that_is_not_on_offer_offers_nothing(coach: Coach) -> None:
    long = Sought(Kind.INTAKE, 90, Mode.ONLINE)
    assert openings.between(long, TUESDAY, WEDNESDAY, NOW).why == Why.NOT_OFFERED


def test_a_public_holiday_is_closed_unless_its_date_has_hours(coach: Coach) -> None:
    christmas = date(2026, 12, 25)
    assert openings.between(INTAKE, christmas, christmas, NOW).why == Why.CLOSED
    hours = {"starts": 600, "ends": 720, "mode": "online", "places": ""}
    OtherDay.objects.create(coach=coach, date=christmas, windows=[hours])
    assert shown(day=christmas) == ["10:00", "10:30", "11:00"]


def test_a_coach_may_work_on_holidays(coach: Coach) -> None:
    Coach.objects.update(closed_on_holidays=False)
    assert shown(day=date(2026, 12, 25))


def test_a_closed_day_and_a_full_one_say_so(coach: Coach) -> None:
    OtherDay.objects.create(coach=coach, date=TUESDAY, windows=[])
    assert openings.between(INTAKE, TUESDAY, TUESDAY, NOW).why == Why.CLOSED
    coach.terms.update(most_a_day=1)
    book(coach, at(9))
    assert openings.between(INTAKE, WEDNESDAY, WEDNESDAY, NOW).why == Why.DAY_FULL


def test_hours_for_some_towns_are_not_for_others(coach: Coach) -> None:
    coach.windows.filter(mode=Mode.HOME).update(places="Baarn\nSoest")
    assert openings.between(VISIT, WEDNESDAY, WEDNESDAY, NOW).why == Why.NO_HOURS
    assert shown(Sought(Kind.INTAKE, 60, Mode.HOME, "Soest"))


def test_of_two_who_are_free_the_one_with_fewer_appointments_comes(coach: Coach) -> None:
    other = another("Otto Kade")
    assert openings.at(INTAKE, at(9), NOW).coach_id == coach.pk  # type: ignore[union-attr]
    book(coach, at(9, day=date(2026, 12, 1)))
    assert openings.at(INTAKE, at(9), NOW).coach_id == other.pk  # type: ignore[union-attr]
    assert openings.at(INTAKE, at(9), NOW, coach=coach).coach_id == coach.pk  # type: ignore[union-attr]


def test_where_one_is_taken_the_other_comes_and_no_time_stands_twice(coach: Coach) -> None:
    other = another("Otto Kade")
    book(coach, at(9), ends_at=at(13))
    found = openings.between(INTAKE, WEDNESDAY, WEDNESDAY, NOW).days[WEDNESDAY]
    starts = [one.starts_at for one in found]
    assert starts == sorted(set(starts))
    assert {one.coach_id for one in found if one.starts_at < at(13)} == {other.pk}


def test_a_moment_between_two_starts_on_offer_is_not_on_offer(coach: Coach) -> None:
    assert openings.at(INTAKE, at(9, 30), NOW)
    assert openings.at(INTAKE, at(9, 10), NOW) is None
    assert openings.at(INTAKE, at(9) + timedelta(seconds=1), NOW) is None


@pytest.mark.parametrize(
    "moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), NOW]
)
def test_moments_out_of_reach_are_not_on_offer(coach: Coach, moment: datetime) -> None:
    assert openings.at(INTAKE, moment, NOW) is None


@pytest.mark.parametrize("coaches", [1, 5])
def test_as_many_questions_are_asked_for_one_coach_as_for_five(
    coach: Coach, coaches: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, coaches):
        another(f"Otto Kade {number}")
    for one in Coach.objects.all():
        book(one, at(11))
    with django_assert_num_queries(QUERIES):
        found = openings.between(VISIT, TUESDAY, date(2026, 12, 23), NOW)
    assert found.days
    with django_assert_num_queries(QUERIES):
        assert openings.at(INTAKE, at(9), NOW)


def test_only_what_somebody_has_hours_for_is_offered(coach: Coach) -> None:
    coach.windows.filter(mode=Mode.HOME).update(places="Soest\nBaarn")
    coach.windows.filter(mode=Mode.PRACTICE).delete()
    coach.terms.filter(kind=Kind.TEAM_TALK).update(is_open=False)
    offered = openings.offered(NOW)
    assert [(one.kind, one.durations) for one in offered] == [
        ("intake", (60,)),
        ("follow_up", (45, 60)),
    ]
    assert all(one.modes == {"online", "home"} for one in offered)
    assert offered[0].towns == ("Baarn", "Soest")


def test_a_coach_with_nothing_but_other_days_offers_those_to_come(coach: Coach) -> None:
    Window.objects.all().delete()
    hours = {"starts": 600, "ends": 720, "mode": "online", "places": ""}
    OtherDay.objects.create(coach=coach, date=TUESDAY, windows=[hours])
    assert openings.offered(NOW)[0].modes == {"online"}
    assert openings.offered(NOW + timedelta(days=2)) == ()


def test_who_takes_no_appointments_offers_none(coach: Coach) -> None:
    Coach.objects.update(takes=False)
    assert openings.offered(NOW) == ()
    assert Terms.objects.filter(is_open=True).exists()
