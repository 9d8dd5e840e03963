"""Plots of plain letters, for a terminal: bars beside numbers, and a curve against the diagonal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WIDE, HIGH = 50, 12
MOST_ROWS = 12
_PARTS = " ▏▎▍▌▋▊▉█"


def bar(value: float, most: float, wide: int = WIDE) -> str:
    """Draw a bar, down to an eighth of a letter; something above 0 is always seen."""
    eighths = round(8 * wide * value / most) if most > 0 else 0
    if value > 0:
        eighths = max(eighths, 1)
    return "█" * (eighths // 8) + _PARTS[eighths % 8].strip()


def bars(rows: Sequence[tuple[str, float]], most: float | None = None) -> str:
    """Draw a bar a row, each with its name before it and its number behind."""
    highest = max((value for _, value in rows), default=0) if most is None else most
    name_wide = max((len(name) for name, _ in rows), default=0)
    number_wide = max((len(f"{value:,.6g}") for _, value in rows), default=0)
    lines = [
        f"  {name:>{name_wide}}  {value:>{number_wide},.6g}  {bar(value, highest)}"
        for name, value in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def histogram(sizes: NDArray[np.int64], most: int, boxes: int = 10) -> list[tuple[str, int]]:
    """Count sizes in boxes from 0 to `most`, each named by the sizes it holds."""
    edges = np.unique(np.linspace(0, most + 1, boxes + 1).round().astype(np.int64))
    counts, _ = np.histogram(sizes, edges)
    # The last box of NumPy is closed; no size reaches its end.
    names = [
        f"{low:,}" if low == high - 1 else f"{low:,}-{high - 1:,}"
        for low, high in zip(edges.tolist(), edges[1:].tolist(), strict=False)
    ]
    return list(zip(names, counts.tolist(), strict=True))


def curve(shares: NDArray[np.float64]) -> str:
    """Draw for each share of voices which share of people has enough of it, with the diagonal.

    Args:
        shares: The threshold of each person, from 0 to 1; above that is never.
    """
    heard = np.linspace(0, 1, WIDE)
    ordered = np.sort(shares)
    would = np.searchsorted(ordered, heard + 1e-9, side="right") / max(len(shares), 1)
    grid = np.full((HIGH + 1, WIDE), " ")
    columns = np.arange(WIDE)
    grid[np.rint(heard * HIGH).astype(int), columns] = "·"
    grid[np.rint(would * HIGH).astype(int), columns] = "█"
    labels = {HIGH: "100%", HIGH // 2: " 50%", 0: "  0%"}
    rows = [
        f"  {labels.get(height, ''):>4} |{''.join(grid[height]).rstrip()}"
        for height in range(HIGH, -1, -1)
    ]
    return "\n".join([*rows, f"       +{'-' * WIDE}", f"        0%{'100%':>{WIDE - 2}}"])


def few(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep a dozen rows at most, the first and the last among them."""
    if len(rows) <= MOST_ROWS:
        return rows
    return [rows[at] for at in np.linspace(0, len(rows) - 1, MOST_ROWS).round().astype(int)]
