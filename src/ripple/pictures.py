"""Plots as SVG: small, without any library, readable by day and by night.

A picture is one or more panels beside each other; a panel holds lines, bars and its own axes. The
colours follow the reader's own choice of light or dark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 420, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 20, 54, 54

STYLE = """
  .paper{fill:#fcfcfa}.ink{fill:#0b1d2c}.soft{fill:#33475a}.hair{stroke:#c5cdca}
  .axis{stroke:#33475a}.first{stroke:#113c69}.second{stroke:#2d9794}.third{stroke:#33475a}
  .first-bar{fill:#113c69}.second-bar{fill:#2d9794}
  text{font:14px "Atkinson Hyperlegible Next",Verdana,sans-serif}.title{font-weight:700}
  path{fill:none;stroke-width:2.5;stroke-linejoin:round}.third{stroke-dasharray:5 5}
  @media (prefers-color-scheme:dark){
    .paper{fill:#0a1824}.ink{fill:#f3f5ef}.soft{fill:#c3ced2}.hair{stroke:#33495a}
    .axis{stroke:#c3ced2}.first{stroke:#dce6b0}.second{stroke:#3aa39f}.third{stroke:#c3ced2}
    .first-bar{fill:#dce6b0}.second-bar{fill:#3aa39f}
  }
"""
KINDS = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points.

    Attributes:
        points: x and y of each.
        label: What it stands for.
        kind: first, second, or third (broken).
        stepped: Whether it keeps its height up to the next point.
    """

    points: Sequence[tuple[float, float]]
    label: str
    kind: str = "first"
    stepped: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that stand beside each other.

    Attributes:
        edges: Where bars begin and end on x, one more than there are bars.
        heights: How high each is.
        label: What they stand for.
        kind: first or second.
    """

    edges: Sequence[float]
    heights: Sequence[float]
    label: str
    kind: str = "first"


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot with its axes.

    Attributes:
        title: What is to be seen.
        across: What x counts.
        up: What y counts.
        lines: The lines, the first drawn last.
        bars: The bars, beneath the lines.
        right: The highest x.
        top: The highest y.
        left: The lowest x.
        whole: Whether x is counted in whole numbers.
    """

    title: str
    across: str
    up: str
    lines: Sequence[Line] = ()
    bars: Sequence[Bars] = field(default=())
    right: float = 1.0
    top: float = 1.0
    left: float = 0.0
    whole: bool = False


def drawn(panels: Sequence[Panel], title: str) -> str:
    """Draw panels beside each other as one SVG document."""
    width = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}" role="img" aria-labelledby="what">',
        f'<title id="what">{escape(title)}</title><style>{STYLE}</style>',
        f'<rect class="paper" width="{width}" height="{HEIGHT}"/>',
    ]
    for at, panel in enumerate(panels):
        parts.append(f'<g transform="translate({at * WIDTH} 0)">{_panel(panel)}</g>')
    return "\n".join([*parts, "</svg>\n"])


def ticks(low: float, high: float, *, whole: bool = False, most: int = 5) -> list[float]:
    """Give round numbers between two, at most so many steps of 1, 2 or 5 (times ten) apart."""
    reach = high - low
    if not reach > 0:
        return [low]
    rough = reach / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in (1, 2, 5, 10) if size * one >= rough * (1 - 1e-9))
    step = max(step, 1.0) if whole else step
    first = math.ceil(low / step - 1e-9)
    return [at * step for at in range(first, math.floor(high / step + 1e-9) + 1)]


def _panel(panel: Panel) -> str:
    parts = [_text(LEFT, 22, panel.title, "ink title")]
    parts += [_grid_across(panel, value) for value in _across(panel)]
    parts += [_grid_up(panel, value) for value in ticks(0, panel.top)]
    parts += [_bars(panel, bars, at) for at, bars in enumerate(panel.bars)]
    parts += [_line(panel, line) for line in reversed(panel.lines)]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, panel.across, "soft", "middle"))
    parts.append(
        f'<text class="soft" text-anchor="middle" transform="translate(16 '
        f'{(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)">{escape(panel.up)}</text>'
    )
    return "\n".join([*parts, *_legend(panel)])


def _across(panel: Panel) -> list[float]:
    return ticks(panel.left, panel.right, whole=panel.whole)


def _legend(panel: Panel) -> list[str]:
    """Say at the top of the panel what each colour is, where there is more than one."""
    told = [(line.label, line.kind) for line in panel.lines]
    told += [(bars.label, bars.kind) for bars in panel.bars]
    if len(told) < 2:
        return []
    parts, at = [], float(LEFT)
    for label, kind in told:
        parts.append(f'<path class="{kind}" d="M{at:g} 37h16"/>')
        parts.append(_text(at + 20, 42, label, "soft"))
        at += 32 + 7.2 * len(label)
    return parts


def _grid_across(panel: Panel, value: float) -> str:
    x = _x(panel, value)
    return (
        f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{HEIGHT - BOTTOM}" '
        f'y2="{HEIGHT - BOTTOM + 5}"/>'
        + _text(x, HEIGHT - BOTTOM + 20, _short(value), "soft", "middle")
    )


def _grid_up(panel: Panel, value: float) -> str:
    y = _y(panel, value)
    kind = "axis" if value == 0 else "hair"
    return (
        f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        + _text(LEFT - 6, y + 5, _short(value), "soft", "end")
    )


def _bars(panel: Panel, bars: Bars, at: int) -> str:
    """Draw bars, each beside those of the same place that belong to others."""
    parts = []
    for begin, end, height in zip(bars.edges, bars.edges[1:], bars.heights, strict=False):
        if height > 0:
            wide = (_x(panel, end) - _x(panel, begin) - 1) / len(panel.bars)
            x, y = _x(panel, begin) + at * wide, _y(panel, height)
            parts.append(
                f'<rect class="{bars.kind}-bar" x="{x:.1f}" y="{y:.1f}" '
                f'width="{max(wide, 0.5):.1f}" height="{HEIGHT - BOTTOM - y:.1f}"/>'
            )
    return "".join(parts)


def _line(panel: Panel, line: Line) -> str:
    if not line.points:
        return ""
    (x, y), *rest = [(_x(panel, one), _y(panel, other)) for one, other in line.points]
    path = f"M{x:.1f} {y:.1f}"
    for across, up in rest:
        path += f"H{across:.1f}V{up:.1f}" if line.stepped else f"L{across:.1f} {up:.1f}"
    return f'<path class="{line.kind}" d="{path}"/>'


def _short(value: float) -> str:
    """Write a number in the room that an axis has: 0.2, 2,000, 20k, 2M."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= 10_000 and abs(value) >= size:
            return f"{value / size:.10g}{letter}"
    return f"{value:,.10g}"


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}'
        "</text>"
    )


def _x(panel: Panel, value: float) -> float:
    reach = panel.right - panel.left or 1.0
    return LEFT + (value - panel.left) / reach * (WIDTH - LEFT - RIGHT)


def _y(panel: Panel, value: float) -> float:
    return HEIGHT - BOTTOM - value / (panel.top or 1.0) * (HEIGHT - TOP - BOTTOM)
