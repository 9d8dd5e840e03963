"""A clock that tests set: everything in the house asks Django what time it is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone


class Clock:
    """Stands still until it is told to go."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def go(self, **step: float) -> None:
        """Go on, or back, by so much: `minutes=5`."""
        self.at += timedelta(**step)


def standing_still(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Give the clock that the program sees; a fixture for tests to name."""
    clock = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: clock.at)
    yield clock
