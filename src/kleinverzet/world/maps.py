"""The map of towns as rings: each ring is ten minutes, each town lies in its own direction.

How far a town lies from the middle is true. Its direction is turned a little where two towns would
lie on each other, for a number that nobody can read helps nobody. Everyone may see it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kleinverzet.world.labels import Label, lay
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town

A_RING = 10
EDGE = 48.0  # How far from the middle the widest ring goes, in percent of a side.
APART = 8.4  # How near two dots may come, in percent of a side: two numbers on the narrowest phone.
A_TURN, TURNS = math.radians(0.5), 400


@dataclass(frozen=True, slots=True)
class Dot:
    """A town on the map; `x` and `y` in percent of its sides, `label` where its name goes."""

    number: int
    name: str
    minutes: int
    x: float
    y: float
    label: Label


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of the map, the widest first; all in percent of a side."""

    minutes: int
    radius: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class RingMap:
    """Everything that the picture shows."""

    town: str
    dots: tuple[Dot, ...]
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A town by its direction, in radians from the east, and its distance, in percent."""

    name: str
    minutes: int
    angle: float
    away: float

    @property
    def x(self) -> float:
        return 50 + self.away * math.cos(self.angle)

    @property
    def y(self) -> float:
        return 50 - self.away * math.sin(self.angle)


def drawn() -> RingMap:
    """Draw the map of the towns as they are now."""
    practice = Practice.load()
    towns = [town for town in Town.objects.select_related("region") if town.name != practice.town]
    minutes = [town.minutes_from(practice) for town in towns]
    count = max(1, math.ceil(max(minutes, default=A_RING) / A_RING))
    scale = EDGE / (count * A_RING)
    spots = _spread([_spot(town, practice, scale) for town in towns])
    clear = _widest_gap(spots)
    rings = tuple(_ring(number * A_RING, scale, clear) for number in range(count, 0, -1))
    return RingMap(practice.town, _dots(practice.town, spots, rings), rings)


def _spot(town: Town, practice: Practice, scale: float) -> _Spot:
    east, north = town.offset_from(practice)
    minutes = town.minutes_from(practice)
    return _Spot(town.name, minutes, math.atan2(north, east), minutes * scale)


def _ring(minutes: int, scale: float, angle: float) -> Ring:
    # The middle of the band; in the innermost the name of the practice's town stands above.
    away, angle = (7.0, -math.pi / 2) if minutes == A_RING else (minutes - A_RING / 2, angle)
    middle = _Spot("", minutes, angle, away * scale)
    return Ring(minutes, round(minutes * scale, 2), round(middle.x, 2), round(middle.y, 2))


def _dots(home: str, spots: Sequence[_Spot], rings: Sequence[Ring]) -> tuple[Dot, ...]:
    labels = lay(
        [(spot.name, spot.x, spot.y) for spot in spots],
        taken=[
            (home, 50, 50),
            *((f"{ring.minutes} min", ring.label_x, ring.label_y) for ring in rings),
        ],
    )
    return tuple(
        Dot(number, spot.name, spot.minutes, round(spot.x, 2), round(spot.y, 2), label)
        for number, (spot, label) in enumerate(zip(spots, labels, strict=True), 1)
    )


def _spread(spots: list[_Spot]) -> list[_Spot]:
    """Turn towns around the middle, bit by bit, until none lies on another."""
    for _ in range(TURNS):
        turns = [sum(_push(spot, other) for other in spots) for spot in spots]
        if not any(turns):
            break
        spots = [
            replace(spot, angle=spot.angle + A_TURN * max(-1.0, min(1.0, turn)))
            for spot, turn in zip(spots, turns, strict=True)
        ]
    return spots


def _push(spot: _Spot, other: _Spot) -> float:
    """Say which way a town gives way to another: 0 where they lie well apart."""
    if spot is other or math.hypot(spot.x - other.x, spot.y - other.y) >= APART:
        return 0
    between = math.remainder(spot.angle - other.angle, math.tau)
    # In exactly the same direction the name decides, so that the map is the same every day.
    return math.copysign(1, between) if between else (1 if spot.name > other.name else -1)


def _widest_gap(spots: Sequence[_Spot]) -> float:
    """Give the direction in which there is most room."""
    angles = sorted(spot.angle for spot in spots) or [0.0]
    ends = [*angles[1:], angles[0] + math.tau]
    gap, start = max((end - start, start) for start, end in zip(angles, ends, strict=True))
    return start + gap / 2
