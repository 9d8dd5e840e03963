"""A month of open days and the times of a day, as a page shows them. Everyone may read it."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from kleinverzet.coach import plan_words
from kleinverzet.coach.openings import Open
from kleinverzet.coach.plan_way import PRACTICE_ZONE, Way, clock, same_clock

Days = Mapping[date, tuple[Open, ...]]


class Places(Protocol):
    """Where a day's and a month's page are, with the part of the page that is meant."""

    def of_day(self, day: date) -> str:
        """Give where a day's times are."""

    def of_month(self, first: date) -> str:
        """Give where a month is."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month.

    Attributes:
        free: How many times are open.
        address: Where its times are.
        is_chosen: Whether it is the one that is looked at.
    """

    date: date
    free: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, Monday first; days of other months are left out.

    Attributes:
        before: Where the month before is; empty where there is nothing to find. `after` likewise.
    """

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    before: str
    after: str

    @property
    def is_empty(self) -> bool:
        """Whether no day of it is open."""
        return not any(day and day.free for week in self.weeks for day in week)


@dataclass(frozen=True, slots=True)
class Time:
    """An open time.

    Attributes:
        starts_at: By the practice's clock; `said` as it is written.
        coach: With whom.
        address: Where it is chosen.
        is_chosen: Whether it was.
        is_second: Whether it comes a second time, in the night that the clock goes back;
            `is_first` where it will come again.
    """

    starts_at: datetime
    said: str
    coach: str
    address: str
    is_chosen: bool
    is_first: bool
    is_second: bool


def first_of(day: date) -> date:
    """Give the first day of a month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """Give the last day of a month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def draw(
    places: Places, month: date, days: Days, *, chosen: date | None, today: date, last: date
) -> Month:
    """Draw a month.

    Args:
        places: Where its days and the months beside it are.
        month: Its first day.
        days: What is open in it.
        chosen: The day that is looked at.
        today: By the practice's clock; nothing before its month is looked at.
        last: The last date that can be planned at all.
    """
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    before, after = month - timedelta(days=1), last_of(month) + timedelta(days=1)
    return Month(
        first=month,
        weeks=tuple(
            tuple(
                Day(day, len(days.get(day, ())), places.of_day(day), day == chosen)
                if day.month == month.month
                else None
                for day in week
            )
            for week in weeks
            # What is past says nothing any more.
            if week[-1] >= today
        ),
        before=places.of_month(first_of(before)) if before >= first_of(today) else "",
        after=places.of_month(after) if after <= last else "",
    )


def times(way: Way, day: date, found: tuple[Open, ...]) -> tuple[Time, ...]:
    """Give the open times of a day, the chosen one marked."""
    return tuple(_time(way, day, one) for one in found)


def chosen(way: Way, found: tuple[Open, ...]) -> Open | None:
    """Give the open time that somebody chose; None where it is not on offer."""
    wanted = way.time
    if wanted is None:
        return None
    return next((one for one in found if same_clock(clock(one.starts_at), wanted)), None)


def _time(way: Way, day: date, one: Open) -> Time:
    local = one.starts_at.astimezone(PRACTICE_ZONE)
    other = local.replace(fold=1 - local.fold)
    comes_twice = other.utcoffset() != local.utcoffset()
    return Time(
        starts_at=local,
        said=plan_words.hour(local),
        coach=one.coach,
        address=f"{way.at(day=day).at(time=clock(one.starts_at)).address}#wie",
        is_chosen=way.time is not None and same_clock(clock(one.starts_at), way.time),
        is_first=comes_twice and not local.fold,
        is_second=comes_twice and bool(local.fold),
    )
