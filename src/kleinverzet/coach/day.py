"""A coach's day: who comes when, how, where, and when to leave for it.

The coach alone sees it. Times and towns stand in columns and can always be read; who comes and what
they wrote needs the open vault.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kleinverzet.coach import diaries, video, words
from kleinverzet.coach.clashing import where
from kleinverzet.coach.models import Booking, Coach
from kleinverzet.coach.travel import PRACTICE, Travel
from kleinverzet.coach.words import Words
from kleinverzet.vault.keys import Keys

WIDEST = 9  # bands


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive from one place to the next.

    Attributes:
        from_place: Empty for the practice, as `to_place`.
        minutes: How long it takes.
        leave_at: When to leave, to be there in time.
        is_tight: Whether what comes before it is not over by then.
    """

    from_place: str
    to_place: str
    minutes: int
    leave_at: datetime
    is_tight: bool = False

    @property
    def rings(self) -> list[tuple[int, str]]:
        """How it is drawn: a band for every ten minutes begun, the widest first."""
        widest = min(-(-self.minutes // 10), WIDEST)
        return [(n, "deep" if n % 2 else "mid") for n in range(widest, 0, -1)]


@dataclass(frozen=True, slots=True)
class Stop:
    """One appointment of the day.

    Attributes:
        drive: To it; none where nobody has to drive.
        words: Who comes; none while the vault is shut, or when they are erased.
        room: The address of the video call; empty where there is none.
    """

    booking: Booking
    drive: Drive | None
    room: str
    words: Words | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Day:
    """All of it; `back` is the drive home to the practice, after a visit that comes last."""

    date: date
    stops: tuple[Stop, ...]
    back: Drive | None


@dataclass(frozen=True, slots=True)
class Step:
    """A day of the week that can be stepped to, and how many appointments stand there."""

    date: date
    count: int


def of(coach: Coach, day: date, keys: Keys | None) -> Day:
    """Give a day; with open keys also who comes."""
    standing = list(_between(coach, day, day))
    route = _Route(diaries.known_travel(), coach)
    stops = tuple(
        Stop(
            one,
            route.drive_to(one),
            video.address(one),
            words.for_coach(one, keys) if keys else None,
        )
        for one in standing
    )
    return Day(day, stops, route.back())


def week_of(coach: Coach, day: date) -> list[Step]:
    """Give the week around a day, from Monday."""
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    starts = _between(coach, days[0], days[-1]).values_list("starts_at", flat=True)
    found = [timezone.localdate(one) for one in starts]
    return [Step(one, found.count(one)) for one in days]


def _between(coach: Coach, first: date, last: date) -> QuerySet[Booking]:
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    return coach.bookings.filter(
        state__in=Booking.LIVE, starts_at__gte=begin, starts_at__lt=end
    ).order_by("starts_at")


class _Route:
    """Where the coach is, from one appointment to the next; the day begins at the practice."""

    def __init__(self, table: Travel, coach: Coach) -> None:
        self._table, self._coach = table, coach
        self._here = PRACTICE
        self._free: datetime | None = None

    def drive_to(self, one: Booking) -> Drive | None:
        there = where(one.mode, one.place, self._coach.online_from)
        free = self._free
        self._free = one.ends_at
        if there is None or there == self._here:
            return None
        minutes = self._table.minutes(self._here, there)
        leave_at = one.starts_at - timedelta(minutes=minutes)
        drive = Drive(self._here, there, minutes, leave_at, bool(free and free > leave_at))
        self._here = there
        return drive

    def back(self) -> Drive | None:
        if self._here == PRACTICE or self._free is None:
            return None
        minutes = self._table.minutes(self._here, PRACTICE)
        return Drive(self._here, PRACTICE, minutes, self._free)
