"""Coaches with hours and years of appointments, for benches of open times.

Imported only after Django has been set up, on a database of its own.
"""

import json
import random
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import F

ZONE = ZoneInfo("Europe/Amsterdam")
NINE, FIVE = 9, 17
HOUR = timedelta(hours=1)
# In the month that is looked at, of the eight that would fit.
A_DAY_AHEAD = 4
TOWNS = ("Baarn", "Soest", "Zeist")


def month_ahead(today: date) -> date:
    """Give the first day of the next whole month of 31 days."""
    first = today.replace(day=1)
    while first <= today or (first + timedelta(days=31)).day != 1:
        first = (first + timedelta(days=32)).replace(day=1)
    return first


def plan(past: int, first: date, today: date, seed: int) -> list[datetime]:
    """Give the starts of appointments of an hour: so many in the past, and four a day ahead.

    Args:
        past: How many, up to eight on each workday before today.
        first: The first day of the month that is looked at.
        today: The date.
        seed: Whose.

    Returns:
        Moments by the practice's clock, on whole hours within nine to five.
    """
    chance, starts, day = random.Random(seed), [], today
    while len(starts) < past:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            starts += _on(day, sorted(chance.sample(range(NINE, FIVE), 8)))
    starts = starts[:past]
    for number in range(31):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            starts += _on(day, sorted(chance.sample(range(NINE, FIVE), A_DAY_AHEAD)))
    return starts


def write(path: Path, starts: list[datetime]) -> None:
    """Write starts into a file, without an offset, for the peer."""
    path.write_text(json.dumps([start.replace(tzinfo=None).isoformat() for start in starts]))


def add_coach(number: int, starts: list[datetime]) -> None:
    """Add a coach who is there from nine to five in three ways, with these appointments."""
    from kleinverzet.accounts.models import Person
    from kleinverzet.coach.models import Booking, Coach, Kind, Mode, Terms, Window

    name = f"Coach {number}"
    coach = Coach.objects.create(person=Person.objects.create(name=name), name=name)
    for kind in Kind.values:
        Terms.objects.create(
            coach=coach, kind=kind, step=15, after=0, horizon=120, most_a_day=0, notice=0
        )
    ways = [(weekday, mode) for weekday in range(5) for mode in Mode.values]
    Window.objects.bulk_create(
        Window(coach=coach, weekday=weekday, starts=NINE * 60, ends=FIVE * 60, mode=mode)
        for weekday, mode in ways
    )
    made = datetime.now(UTC)
    modes = list(Mode.values)
    Booking.objects.bulk_create(
        (
            Booking(
                id=uuid.uuid4(), coach=coach, kind=Kind.INTAKE, mode=(mode := modes[one % 3]),
                place=TOWNS[one % 2] if mode == Mode.HOME else "", state=Booking.State.BOOKED,
                starts_at=start.astimezone(UTC), ends_at=start.astimezone(UTC) + HOUR,
                made_at=made, changed_at=made,
            )
            for one, start in enumerate(starts)
        ),
        batch_size=500,
    )  # fmt: skip


def turn() -> None:
    """Change nothing, in a way that the database takes for a change of what can be planned."""
    from kleinverzet.coach.models import Coach

    Coach.objects.update(name=F("name"))


def _on(day: date, hours: list[int]) -> list[datetime]:
    return [datetime(day.year, day.month, day.day, hour, tzinfo=ZONE) for hour in hours]
