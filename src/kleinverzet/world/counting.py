"""How often pages are read, in memory: a number for a page and a day, until it is written down.

Nothing about a reader is here: who, where from and when within the day never come in. A program
that ends abruptly forgets what it counted since the last minute.
"""

import threading
import time
from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

# After midnight every process needs a moment to write down what it counted the day before.
SETTLES_IN = timedelta(minutes=10)


class PageDay(NamedTuple):
    """A page and a day."""

    page: int
    day: date


class Tally:
    """Counts, from many threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: Counter[PageDay] = Counter()

    def add(self, page: int, day: date) -> None:
        """Count one more."""
        with self._lock:
            self._numbers[PageDay(page, day)] += 1

    def take(self) -> Counter[PageDay]:
        """Give what was counted, and begin anew."""
        with self._lock:
            numbers, self._numbers = self._numbers, Counter()
        return numbers

    def put_back(self, numbers: Counter[PageDay]) -> None:
        """Count on from numbers that could not be written down."""
        with self._lock:
            self._numbers.update(numbers)


class Days(NamedTuple):
    """The day it is here, and the day that lists of what was read go by."""

    today: date
    listed: date


class Calendar:
    """Tells which days it is; a day begins on a whole minute, so once a minute is enough."""

    def __init__(self) -> None:
        self._kept: tuple[int, Days] | None = None

    def days(self) -> Days:
        """Give the days it is now."""
        minute = int(time.time() // 60)
        kept = self._kept
        if kept is None or kept[0] != minute:
            kept = self._kept = (minute, days(timezone.now()))
        return kept[1]


def days(now: datetime) -> Days:
    """Give the days that it is at a moment."""
    return Days(timezone.localdate(now), timezone.localdate(now - SETTLES_IN))


tally = Tally()
calendar = Calendar()
