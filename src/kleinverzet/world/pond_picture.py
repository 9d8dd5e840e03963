"""The pond as it is drawn: people in rows around the middle, who waits least nearest to it.

A row is one band of water, and every band is equally wide; one unit is one band. A kind of people
begins on a row of its own and takes as many as it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, pi, sin, tau

from django.utils.safestring import SafeString

from kleinverzet.world.pond import Pond

# How much of a row somebody takes, their water included.
ROOM = 0.8
# A pond of few people is as wide as one of five rows; water goes on beyond the last of them.
FEWEST_ROWS = 5
BEYOND = 2
# From the middle of the last row to the edge of the picture.
EDGE = 0.6
# Turns each row against the one before, so that people stand in no lines.
TURN = pi * (3 - 5**0.5)
# A band further out fills a moment later; after so many all fill together.
LATEST = 4


@dataclass(frozen=True, slots=True)
class Band:
    """A ring of water.

    Attributes:
        radius: Its outer edge.
        tone: 0 or 1, for the two blues and the two greens by turns.
        step: At which step it fills; -1 where it never does.
        late: How many bands fill before it at that step.
    """

    radius: str
    tone: int
    step: int
    late: int


@dataclass(frozen=True, slots=True)
class Dot:
    """Somebody in the pond; `who` names them where they can begin, else it is 0."""

    x: str
    y: str
    step: int
    late: int
    who: int
    is_stone: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The pond; `bands` from the outside in, as they are drawn over each other.

    Attributes:
        half: From the middle to the edge of the picture.
        side: From edge to edge.
    """

    half: str
    side: str
    bands: tuple[Band, ...]
    dots: tuple[Dot, ...]

    @property
    def circles(self) -> SafeString:
        """Everything in it as SVG; a template would take longer than all the rest of the page."""
        return SafeString("".join([*map(_ring, self.bands), *map(_person, self.dots)]))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    first: int
    people: int
    step: int
    late: int


def draw(pond: Pond) -> Picture:
    """Draw a pond."""
    rows = list(_rows(pond))
    size = max(FEWEST_ROWS, len(rows))
    return Picture(
        half=_written(size + EDGE),
        side=_written(2 * (size + EDGE)),
        bands=(*_water(len(rows), size + BEYOND), *(_band(row) for row in reversed(rows)), _MIDDLE),
        dots=tuple(dot for row in rows for dot in _dots(pond, row)),
    )


_MIDDLE = Band("0.5", 0, -1, 0)


def _rows(pond: Pond) -> Iterator[_Row]:
    number = 1
    for group in pond.groups:
        needed = _needed(number, group.people)
        room = [_room(number + one) for one in range(needed)]
        ends = [0, *(group.people * part // sum(room) for part in accumulate(room))]
        step = max(pond.joins[group.first : group.first + group.people])
        is_first = group.waits == 0
        for late, (start, end) in enumerate(pairwise(ends)):
            yield _Row(
                number=number + late,
                first=group.first + start,
                people=end - start,
                step=-1 if is_first else step,
                late=min(late, LATEST),
            )
        number += needed


def _room(row: int) -> int:
    """Give how many people fit in a row."""
    return int(tau * row / ROOM)


def _needed(first: int, people: int) -> int:
    """Give how many rows people take, from this one."""
    rows = 1
    while sum(_room(first + row) for row in range(rows)) < people:
        rows += 1
    return rows


def _water(inner: int, outer: int) -> Iterator[Band]:
    for number in range(outer, inner, -1):
        yield Band(_written(number + 0.5), number % 2, -1, 0)


def _band(row: _Row) -> Band:
    return Band(_written(row.number + 0.5), row.number % 2, row.step, row.late)


def _dots(pond: Pond, row: _Row) -> Iterator[Dot]:
    for place in range(row.people):
        person = row.first + place
        angle = tau * place / row.people + TURN * row.number
        can_begin = pond.alone <= person < pond.together
        yield Dot(
            x=_written(row.number * cos(angle)),
            y=_written(row.number * sin(angle)),
            step=pond.joins[person],
            late=row.late,
            who=person + 1 if can_begin else 0,
            is_stone=person in pond.stones,
        )


def _ring(band: Band) -> str:
    return f'<circle class="pw tone-{band.tone}{_moment(band)}" r="{band.radius}"/>'


def _person(dot: Dot) -> str:
    where = f'cx="{dot.x}" cy="{dot.y}"'
    if dot.is_stone:
        return (
            f'<circle class="stone__halo" {where} r=".44"/>'
            f'<circle class="stone__dot" {where} r=".3" data-who="{dot.who}"/>'
        )
    who = f' data-who="{dot.who}"' if dot.who else ""
    return f'<circle class="pp{_moment(dot)}" {where} r=".3"{who}/>'


def _moment(part: Band | Dot) -> str:
    """Give the classes that say when something fills."""
    return f" at-{part.step} late-{part.late}" if part.step >= 0 else ""


def _written(number: float) -> str:
    """Write a number as SVG reads it, whatever the language of the page."""
    return f"{number:.2f}"
