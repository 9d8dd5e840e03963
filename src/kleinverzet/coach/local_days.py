"""Days by a clock on the wall, in whole minutes since 1970 by UTC; for `slots`, which adds those.

A zone is asked twice a day at most, unless the clock changes on that day. A wall time that is
skipped moves forward by as much as the clock does; one that comes twice is the first of the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_DAY = 24 * 60
# A day has 25 hours at most, but for places that moved to the other side of the date line.
LONGEST = 50 * 60
_EPOCH_DAY = EPOCH.toordinal()
_NO_TIME = datetime.min.time()


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One date, and when it begins and ends: in minutes since 1970, by UTC."""

    date: date
    zone: ZoneInfo
    begins: int
    ends: int

    def minute(self, wall: int) -> int:
        """Give the moment at which the clock shows so many minutes after midnight."""
        if self.ends - self.begins == A_DAY:
            return self.begins + wall
        return _moment(self.date, wall, self.zone)

    def moments(self, minutes: list[int]) -> tuple[datetime, ...]:
        """Give these minutes of the day as datetimes in UTC."""
        start = EPOCH + timedelta(minutes=self.begins)
        after, begins = _spans(), self.begins
        return tuple([start + after[minute - begins] for minute in minutes])


def local_days(first: date, last: date, zone: ZoneInfo) -> Iterator[LocalDay]:
    """Give every date from the first to the last, both included."""
    begins = _moment(first, 0, zone)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        ends = _moment(day, A_DAY, zone)
        yield LocalDay(day, zone, begins, ends)
        begins = ends


def floor(moment: datetime) -> int:
    """Give the minute in which a moment lies."""
    since = moment - EPOCH
    return since.days * A_DAY + since.seconds // 60


def ceiling(moment: datetime) -> int:
    """Give the first whole minute that is not before a moment."""
    since = moment - EPOCH
    return since.days * A_DAY + (since.seconds + 59 + (since.microseconds > 0)) // 60


def times_shown(moment: datetime, zone: ZoneInfo) -> int:
    """Tell whether the clock shows this time twice that day.

    Returns:
        0 where it shows it once, 1 for the first of two, 2 for the second.
    """
    local = moment.astimezone(zone)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return 0
    return local.fold + 1


def _moment(day: date, wall: int, zone: ZoneInfo) -> int:
    days, minute = divmod(wall, A_DAY)
    ordinal = day.toordinal() + days
    naive = datetime.combine(date.fromordinal(ordinal), _NO_TIME) + timedelta(minutes=minute)
    offset = zone.utcoffset(naive.replace(tzinfo=zone))
    assert offset is not None
    ahead = offset.days * A_DAY + offset.seconds // 60
    return (ordinal - _EPOCH_DAY) * A_DAY + minute - ahead


@cache
def _spans() -> tuple[timedelta, ...]:
    """Give a span for every minute of a day: to add one is five times as fast as to make it."""
    return tuple(timedelta(minutes=minute) for minute in range(LONGEST))
