"""The week as it is drawn: for each day three lanes of bars, one for each way to talk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kleinverzet.coach import desk_words
from kleinverzet.coach.hours import Span
from kleinverzet.coach.models import Mode

# What is drawn at the least: from seven to ten o'clock in the evening.
FIRST, LAST = 7 * 60, 22 * 60
LANE = 14  # pixels from one lane to the next


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; across in percent of the drawing, down in pixels."""

    mode: str
    x: str
    width: str
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """An hour on the axis."""

    x: str
    hour: int


@dataclass(frozen=True, slots=True)
class Line:
    """A span in words: from when to when, and how."""

    times: str
    ways: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week: its number from 1, its name, what is drawn and what is said."""

    number: int
    name: str
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The whole of it."""

    ticks: tuple[Tick, ...]
    days: tuple[Day, ...]


def draw(week: Mapping[int, Iterable[Span]]) -> Week:
    """Draw the hours of a week; its axis is as long as the earliest and the latest ask."""
    spans = [span for day in week.values() for span in day]
    first = min([FIRST, *(span.starts // 60 * 60 for span in spans)])
    last = max([LAST, *(-(-span.ends // 60) * 60 for span in spans)])
    axis = _Axis(first, last)
    hours = range(-(-first // 180) * 3, last // 60 + 1, 3)
    return Week(
        ticks=tuple(Tick(axis.at(hour * 60), hour) for hour in hours if first < hour * 60 < last),
        days=tuple(
            Day(
                weekday + 1,
                str(desk_words.WEEKDAYS[weekday]),
                tuple(_bars(day, axis)),
                tuple(say(span) for span in day),
            )
            for weekday, day in week.items()
        ),
    )


def say(span: Span) -> Line:
    """Say a span in a line."""
    return Line(desk_words.span(span), desk_words.modes(span))


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int

    def at(self, minute: int) -> str:
        return f"{100 * (minute - self.first) / (self.last - self.first):.2f}%"

    def width(self, minutes: int) -> str:
        return f"{100 * minutes / (self.last - self.first):.2f}%"


def _bars(day: Iterable[Span], axis: _Axis) -> Iterable[Bar]:
    for span in day:
        for mode in span.modes:
            y = Mode.values.index(mode) * LANE
            yield Bar(mode, axis.at(span.starts), axis.width(span.ends - span.starts), y)
