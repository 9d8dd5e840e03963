"""Lines on paper: a small SVG of what something costs, with names and last values beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 900, 520
LEFT, RIGHT, TOP, BOTTOM = 80, 640, 70, 450
COLOURS = ("#33475a", "#2d9794", "#113c69", "#ff5a28")
APART = 50
RULES = 8

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Paper:
    """How far its two scales reach."""

    most_x: float
    most_y: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point lies."""
        across = LEFT + (RIGHT - LEFT) * x / self.most_x
        return across, BOTTOM - (BOTTOM - TOP) * y / self.most_y


def draw(lines: Mapping[str, Points], *, about: str, limit: float) -> str:
    """Give an SVG of some lines.

    Args:
        lines: Each line's points by its name; at most four.
        about: What it shows, in a sentence.
        limit: A height that no line is to pass; drawn dotted.
    """
    paper = Paper(
        most_x=max(x for points in lines.values() for x, _y in points),
        most_y=1.1 * max(limit, *(y for points in lines.values() for _x, y in points)),
    )
    across = paper.at(0, limit)[1]
    dotted = f'stroke="{COLOURS[0]}" stroke-width="2" stroke-dasharray="1 7" stroke-linecap="round"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(about)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fcfcfa"/>',
        '<g font-family="Verdana, sans-serif" font-size="16" fill="#0b1d2c">',
        f'<text x="{LEFT}" y="36" font-weight="700">{escape(about)}</text>',
        *_scales(paper),
        f'<path d="M{LEFT} {across:.1f}H{RIGHT}" {dotted}/>',
        *_drawn(lines, paper),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _scales(paper: Paper) -> Iterator[str]:
    for height in _steps(paper.most_y):
        y = paper.at(0, height)[1]
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#c5cdca"/>'
        yield f'<text x="{LEFT - 12}" y="{y + 6:.1f}" text-anchor="end">{height}</text>'
    for along in _steps(paper.most_x):
        x = paper.at(along, 0)[0]
        yield f'<text x="{x:.1f}" y="{BOTTOM + 30}" text-anchor="middle">{along:,}</text>'


def _steps(most: float) -> range:
    """Give round numbers up to a largest one, a few of them."""
    size = next(n for n in (10, 20, 50, 100, 200, 500, 1000, 2000) if most / n <= RULES)
    return range(0, int(most) + 1, size)


def _drawn(lines: Mapping[str, Points], paper: Paper) -> Iterator[str]:
    """Give each line, and beside its end its name: lowest line first, never upon another."""
    label = float(BOTTOM) + APART
    ends = sorted(zip(lines.items(), COLOURS, strict=False), key=lambda line: line[0][1][-1][1])
    for (name, points), colour in ends:
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in (paper.at(*point) for point in points))
        label = min(paper.at(*points[-1])[1], label - APART)
        x = RIGHT + 36
        yield f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="4"/>'
        yield f'<circle cx="{RIGHT + 20}" cy="{label - 5:.1f}" r="8" fill="{colour}"/>'
        yield f'<text x="{x}" y="{label:.1f}" font-weight="700">{escape(name)}</text>'
        yield f'<text x="{x}" y="{label + 21:.1f}">{points[-1][1]:.0f} ms</text>'
