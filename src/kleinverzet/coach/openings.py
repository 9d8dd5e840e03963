"""Open times as they are now: what the tables say, laid before the engine in `slots`.

Everyone may ask. A constant number of queries, however many coaches and appointments there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from kleinverzet.coach import diaries, offering, slots
from kleinverzet.coach.diaries import Diary
from kleinverzet.coach.models import Booking, Coach
from kleinverzet.coach.offering import Offered
from kleinverzet.world import offers

FIRST_YEAR, LAST_YEAR = 1971, 2199


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody would like.

    Attributes:
        kind: One of `Kind`.
        minutes: How long.
        mode: One of `Mode`.
        place: For a visit: the town, by name.
    """

    kind: str
    minutes: int
    mode: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A time that somebody can have, in UTC, and with whom."""

    starts_at: datetime
    ends_at: datetime
    coach_id: int
    coach: str


@dataclass(frozen=True, slots=True)
class Found:
    """Open times by date of the practice's clock, days without any left out.

    Attributes:
        why: Where there is none at all: a code that says why (`slots.Why`); empty else.
    """

    days: Mapping[date, tuple[Open, ...]]
    why: str = ""


def between(
    sought: Sought, first: date, last: date, now: datetime, *,
    coach: Coach | None = None, without: Booking | None = None,
) -> Found:  # fmt: skip
    """Give what is open from one date to another, both included; one time at most per start.

    Where several coaches are free it is with the one who has the fewest appointments ahead.

    Args:
        sought: What for.
        first: By the practice's clock, as `last`.
        last: Not before the first.
        now: An aware moment.
        coach: Only with this coach.
        without: An appointment that does not count: the one that is being moved. Such a one may be
            of a kind and a length that are no longer offered.
    """
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        return Found({}, slots.Why.PAST if first.year < FIRST_YEAR else slots.Why.TOO_FAR_AHEAD)
    wanted = slots.Wanted(sought.minutes, sought.mode, sought.place)
    span = diaries.Span(first, last)
    read = diaries.read(sought.kind, wanted, span, now, coach=coach, without=without)
    whose: dict[date, dict[datetime, Diary]] = {}
    whys: list[slots.Why] = []
    for diary in read:
        times = slots.find(wanted, diary.rules, diary.taken, first=first, last=last, now=now)
        for day, starts in times.days.items():
            whose[day] = dict.fromkeys(starts, diary) | whose.get(day, {})
        whys += [times.why] if times.why else []
    if not whose:
        return Found({}, slots.foremost(whys))
    length = timedelta(minutes=sought.minutes)
    return Found({day: _opened(whose[day], length) for day in sorted(whose)})


def at(
    sought: Sought, starts_at: datetime, now: datetime, *,
    coach: Coach | None = None, without: Booking | None = None,
) -> Open | None:  # fmt: skip
    """Give the open time that begins at this moment; None where it is not on offer."""
    try:
        day = starts_at.astimezone(diaries.ZONE).date()
    except OverflowError:
        return None
    found = between(sought, day, day, now, coach=coach, without=without)
    these = chain.from_iterable(found.days.values())
    return next((open_ for open_ in these if open_.starts_at == starts_at), None)


def offered(now: datetime | None = None) -> tuple[Offered, ...]:
    """Give what can be planned at all, in the order of `Kind`.

    Args:
        now: Days with other hours count from here on; without it weekly hours count alone.
    """
    return offering.read(now)


def estimates() -> Mapping[tuple[str, str], int]:
    """Give the minutes between places as they are without what anybody filled in.

    The place that comes first in the alphabet comes first; "" is the practice.
    """
    return offers.drives().minutes


def _opened(whose: Mapping[datetime, Diary], length: timedelta) -> tuple[Open, ...]:
    return tuple(
        Open(start, start + length, whose[start].coach_id, whose[start].coach)
        for start in sorted(whose)
    )
