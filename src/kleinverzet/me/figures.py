"""The geometry of the growth page's pictures: plain numbers as text, for templates to put in SVG.

Pure. A dumbbell and a line have x in percent and y in pixels, so that nothing in them ever scales;
rings and fans are drawn in bands, one unit wide. Numbers are text already: a template would give
them a decimal comma.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

MOST_BANDS = 5
# Rings reach this far under the next one, so that no ground shines through; wedges keep as far
# apart, so that it does.
_HAIR = 0.04
# Between two sectors of a fan, in degrees on either side.
_SEAM = 1.2

LEVELS = 5
_FIRST, _LAST = 6.0, 94.0

# A line of five words: the height of the top one, and between two.
TOP, STEP = 16, 18


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """How strong before and after, on a scale of five; an x is empty where nothing was said."""

    before: str
    after: str

    @property
    def is_apart(self) -> bool:
        """Whether a bar lies between the two."""
        return bool(self.before and self.after) and self.before != self.after

    @property
    def is_same(self) -> bool:
        """Whether the two lie on each other, so that the first is drawn wider."""
        return bool(self.before) and self.before == self.after


@dataclass(frozen=True, slots=True)
class Band:
    """One band: its outline, and whether it is one of the darker ones."""

    path: str
    is_dark: bool


@dataclass(frozen=True, slots=True)
class HalfRings:
    """As many bands as there are to count: hanging from an edge, and standing on one."""

    count: int
    hanging: tuple[Band, ...]
    standing: tuple[Band, ...]

    @property
    def width(self) -> int:
        """From one end of the outermost band to the other."""
        return 2 * self.count


@dataclass(frozen=True, slots=True)
class Number:
    """A number beside a sector."""

    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Wedge:
    """One band of one sector, and whether it is filled."""

    path: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Fan:
    """Sectors above a line and below it, each of five bands, with their numbers."""

    wedges: tuple[Wedge, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One month of a line."""

    x: str
    y: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The line between two months that stand beside each other."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True, slots=True)
class Line:
    """Dots by month, and lines only between neighbours: a month without a dot leaves a gap."""

    dots: tuple[Dot, ...]
    stretches: tuple[Stretch, ...]


def at_level(level: int) -> str:
    """Give where a level from 1 to 5 lies on its scale; empty for none."""
    if not level:
        return ""
    return f"{_FIRST + (level - 1) * (_LAST - _FIRST) / (LEVELS - 1):.1f}%"


def dumbbell(before: int, after: int) -> Dumbbell:
    """Draw one row; 0 is what was not said."""
    return Dumbbell(at_level(before), at_level(after))


def bands_of(counts: Sequence[int]) -> tuple[int, list[int]]:
    """Give how often one band stands for, and how many bands each count gets: one to five.

    Args:
        counts: All above zero.
    """
    each = max(1, math.ceil(max(counts, default=1) / MOST_BANDS))
    # Half of the way to a band counts as one, so that a band is off by half of itself at most.
    return each, [max(1, (2 * count + each) // (2 * each)) for count in counts]


@cache
def half_rings(count: int) -> HalfRings:
    """Draw a number of bands, the outermost first, dark and light in turn from the centre."""
    bands = range(count, 0, -1)
    hanging = tuple(Band(_half(n, hangs=True), n % 2 == 1) for n in bands)
    standing = tuple(Band(_half(n, hangs=False), n % 2 == 1) for n in bands)
    return HalfRings(count, hanging, standing)


@cache
def fan(above: tuple[int, ...], below: tuple[int, ...]) -> Fan:
    """Draw counts as filled bands, up to five each: some above the line, the others below it."""
    width_above, width_below = 180 / len(above), 180 / len(below)
    sectors = [(180 - n * width_above, -width_above, count) for n, count in enumerate(above)]
    sectors += [(180 + n * width_below, width_below, count) for n, count in enumerate(below)]
    wedges = tuple(
        Wedge(_wedge(start, turn, band), band <= count)
        for start, turn, count in sectors
        for band in range(1, MOST_BANDS + 1)
    )
    numbers = tuple(
        _number(n, start + turn / 2) for n, (start, turn, _count) in enumerate(sectors, 1)
    )
    return Fan(wedges, numbers)


def line(levels: Mapping[int, int], length: int) -> Line:
    """Draw a line by month.

    Args:
        levels: From the number of a month, 0 for the first one shown, to a level from 0 to 4.
        length: How many months are shown.
    """
    dots = {month: Dot(at_month(month, length), height(levels[month])) for month in sorted(levels)}
    stretches = tuple(
        Stretch(dot.x, dot.y, dots[month + 1].x, dots[month + 1].y)
        for month, dot in dots.items()
        if month + 1 in dots
    )
    return Line(tuple(dots.values()), stretches)


def at_month(month: int, length: int) -> str:
    """Give where a month lies: the middle of its share of the width."""
    return f"{(month + 0.5) * 100 / length:.2f}%"


def height(level: int) -> int:
    """Give how far below the top a level from 0 (lowest) to 4 lies, in pixels."""
    return TOP + (LEVELS - 1 - level) * STEP


def _half(n: int, *, hangs: bool) -> str:
    """Give the outline of one half band, whose outer radius is `n`; the innermost is a half disc.

    Hanging it runs from left to right under an edge, standing from top to bottom beside one.
    """
    inner = n - 1 - _HAIR if n > 1 else 0.0
    out, back = ("0", "1") if hangs else ("1", "0")
    first, last, then, until = (_on_edge(r, hangs=hangs) for r in (-n, n, inner, -inner))
    outer = f"M{first}A{n} {n} 0 0 {out} {last}"
    return f"{outer}L{then}A{_n(inner)} {_n(inner)} 0 0 {back} {until}Z" if inner else f"{outer}Z"


def _on_edge(along: float, *, hangs: bool) -> str:
    return f"{_n(along)} 0" if hangs else f"0 {_n(along)}"


def _wedge(start: float, turn: float, band: int) -> str:
    """Give the outline of one band of a sector; angles in degrees, against the clock from east."""
    seam = math.copysign(_SEAM, turn)
    first, last = start + seam, start + turn - seam
    inner, outer = band + _HAIR, band + 1 - _HAIR
    out, back = ("1", "0") if turn < 0 else ("0", "1")
    return (
        f"M{_at(first, outer)}A{_n(outer)} {_n(outer)} 0 0 {out} {_at(last, outer)}"
        f"L{_at(last, inner)}A{_n(inner)} {_n(inner)} 0 0 {back} {_at(first, inner)}Z"
    )


def _number(n: int, angle: float) -> Number:
    x, y = _around(angle, 6.45)
    return Number(str(n), _n(x), _n(y + 0.17))


def _at(angle: float, radius: float) -> str:
    x, y = _around(angle, radius)
    return f"{_n(x)} {_n(y)}"


def _around(angle: float, radius: float) -> tuple[float, float]:
    turned = math.radians(angle)
    return radius * math.cos(turned), -radius * math.sin(turned)


def _n(number: float) -> str:
    """Give a number as short as an eye needs it."""
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
