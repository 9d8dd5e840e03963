"""Where the names of towns go on the map, so that they can be read.

A name stands beside its dot, above or below it: wherever it covers least. It keeps nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# In percent of the smallest map that shows names: 620 pixels a side, letters of 17 pixels.
A_LETTER, A_LINE = 1.5, 3.4
BESIDE, ABOVE = 1.9, 3.6
DOT = 1.1
ROUNDS = 4

Named = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name goes, from its dot: how SVG anchors it, and how far it is moved, in pixels."""

    anchor: str
    dx: int
    dy: int


@dataclass(frozen=True, slots=True)
class Box:
    """What a name covers, in percent of the map's sides."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """Give how much of another box it covers."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0

    def outside(self) -> float:
        """Give how far it sticks out of the map."""
        return max(0.0, -self.left) + max(0.0, self.right - 100)


SIDES = (
    Label("start", 13, 6),
    Label("end", -13, 6),
    Label("middle", 0, -15),
    Label("middle", 0, 26),
)


def lay(towns: Sequence[Named], taken: Iterable[Named]) -> list[Label]:
    """Choose a side for every name.

    Args:
        towns: Names and where their dots are, in percent.
        taken: Other words that stand on the map, by their middle.
    """
    dots = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for _name, x, y in towns]
    fixed = [*dots, *(_centred(word) for word in taken)]
    chosen = [SIDES[0]] * len(towns)
    for _ in range(ROUNDS):
        for here, town in enumerate(towns):
            others = [box(towns[i], side) for i, side in enumerate(chosen) if i != here]
            walls = [*(one for i, one in enumerate(fixed) if i != here), *others]
            chosen[here] = min(SIDES, key=lambda side: _cost(box(town, side), walls))
    return chosen


def box(town: Named, label: Label) -> Box:
    """Give what a name covers when it stands on a side of its dot."""
    name, x, y = town
    wide = len(name) * A_LETTER
    if label.anchor == "start":
        return Box(x + BESIDE, y - A_LINE / 2, x + BESIDE + wide, y + A_LINE / 2)
    if label.anchor == "end":
        return Box(x - BESIDE - wide, y - A_LINE / 2, x - BESIDE, y + A_LINE / 2)
    middle = y + (ABOVE if label.dy > 0 else -ABOVE)
    return Box(x - wide / 2, middle - A_LINE / 2, x + wide / 2, middle + A_LINE / 2)


def _centred(word: Named) -> Box:
    name, x, y = word
    wide = len(name) * A_LETTER * 1.2
    return Box(x - wide / 2, y - A_LINE, x + wide / 2, y + A_LINE)


def _cost(one: Box, others: Iterable[Box]) -> float:
    return sum(one.overlap(other) for other in others) + 10 * one.outside()
