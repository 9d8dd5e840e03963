"""The demo's coach: whatever the day on which somebody tries it, people come to her."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from kleinverzet import demo_coach
from kleinverzet.catalogue import cast, shelves
from kleinverzet.catalogue.cast import Coaching
from kleinverzet.coach import day, words
from kleinverzet.coach.models import Booking, Coach
from tests.owners import Owner

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture
def coaching() -> Coaching:
    people = cast.read(CONTENT, shelves.read(CONTENT)).people
    return next(one.coach for one in people if one.coach)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 8, 0, tzinfo=UTC),  # a Monday
        datetime(2026, 11, 25, 23, 30, tzinfo=UTC),  # a Thursday already, by the clock here
        datetime(2026, 11, 28, 12, 0, tzinfo=UTC),  # a Saturday
        datetime(2026, 12, 25, 12, 0, tzinfo=UTC),  # a holiday
        datetime(2027, 3, 27, 12, 0, tzinfo=UTC),  # the night before the clock changes
    ],
)
def test_people_come_in_every_way_and_one_waits_for_a_guardian(
    owner: Owner, coaching: Coaching, now: datetime
) -> None:
    demo_coach.settle(owner.person, coaching, now)
    coach = Coach.objects.get()
    found = Booking.objects.order_by("starts_at")
    assert {one.mode for one in found} == {"practice", "home", "online"}
    assert [one.state for one in found] == ["booked", "booked", "booked", "held"]
    first = timezone.localdate(found[0].starts_at)
    assert len(day.of(coach, first, owner.keys).stops) == 3
    assert words.for_coach(found[0], owner.keys)
    assert found[3].held_until is not None
    assert found[3].held_until > now
