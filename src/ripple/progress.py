"""A line on the terminal that tells how far long work is; in a file or a pipe it says nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol, TextIO

WIDTH = 24
SOON = 1.0
"""Seconds after which the time left is worth telling; the first blocks are smaller and slower."""
EVERY = 0.1
"""Seconds between two drawings, so that the terminal never slows the work."""


class Steps(Protocol):
    """What hears how far the work is: a bar, or anything with `step`."""

    def step(self, steps: int = 1) -> None:
        """Hear that so many more are done."""


@dataclass(slots=True)
class Bar:
    """A bar that fills.

    Attributes:
        total: How many steps there are.
        label: What is being done.
        stream: Where it is drawn; None draws nothing.
        done: How many steps are done.
    """

    total: int
    label: str
    stream: TextIO | None
    done: int = 0
    _begun: float = field(default_factory=time.monotonic)
    _first: int = 0
    _drawn: float = float("-inf")

    def step(self, steps: int = 1) -> None:
        """Count so many steps as done, and draw when it was a while ago."""
        self.done += steps
        now = time.monotonic()
        if self.stream is not None and (now - self._drawn >= EVERY or self.done >= self.total):
            self._drawn = now
            self.stream.write(f"\r{self.line(now - self._begun)}\x1b[K")
            self.stream.flush()

    def skip(self, steps: int) -> None:
        """Count steps that were done before, which say nothing about how long the rest takes."""
        self._first += steps
        self.step(steps)

    def line(self, seconds: float) -> str:
        """Write the line as it is after so many seconds."""
        share = min(self.done / self.total, 1.0) if self.total > 0 else 1.0
        filled = int(share * WIDTH)
        drawn = "█" * filled + "░" * (WIDTH - filled)
        return f"{self.label} {drawn} {self.done:,} of {self.total:,}, {self._left(seconds)}"

    def end(self) -> None:
        """Leave the line as it is, and begin a new one."""
        if self.stream is not None and self._drawn > float("-inf"):
            self.stream.write("\n")
            self.stream.flush()

    def _left(self, seconds: float) -> str:
        if self.done >= self.total:
            return f"took {lasting(seconds)}"
        computed = self.done - self._first
        if computed <= 0 or seconds < SOON:
            return "just begun"
        return f"{lasting(seconds / computed * (self.total - self.done))} left"


@contextmanager
def bar(
    total: int, label: str, *, stream: TextIO | None = None, show: bool | None = None
) -> Iterator[Bar]:
    """Show a bar while work goes on.

    Args:
        total: How many steps there are.
        label: What is being done.
        stream: Where to draw; stderr if not given.
        show: Draw or not; if not given, only when the stream is a terminal.

    Yields:
        The bar, to be told of each step.
    """
    place = sys.stderr if stream is None else stream
    shown = place.isatty() if show is None else show
    drawn = Bar(total, label, place if shown else None)
    try:
        yield drawn
    finally:
        drawn.end()


def following(
    asked: bool | str | Steps | None, total: int, label: str
) -> AbstractContextManager[Steps]:
    """Give who hears the steps: a bar (with a label of its own, if asked for by text), or nobody.

    Args:
        asked: True for a bar, a text for a bar with that label, something with `step` to be told
            of the steps, or None or False for nobody.
        total: How many steps there are.
        label: What the bar is called otherwise.
    """
    if isinstance(asked, str):
        return bar(total, asked)
    if asked is True:
        return bar(total, label)
    return nullcontext(asked or Bar(total, label, None))


def lasting(seconds: float) -> str:
    """Write a duration in two units at most: 45 s, 3 min 20 s, 2 h 5 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
