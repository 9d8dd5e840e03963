"""What the command draws: results as panels of a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ripple import theory
from ripple.equilibria import Equilibrium
from ripple.pictures import Bars, Line, Panel


def by_round(found: Equilibrium) -> NDArray[np.int64]:
    """Give how many begin to speak, or fall silent, in each round."""
    return np.bincount(found.round[found.round >= 0], minlength=1)


def threshold_panel(shares: NDArray[np.float64]) -> Panel:
    """Draw which share of people has enough of each share of voices, against the diagonal."""
    heard = np.linspace(0, 1, 201)
    would = np.searchsorted(np.sort(shares), heard + 1e-9, side="right") / max(len(shares), 1)
    curve = Line(list(zip(heard.tolist(), would.tolist(), strict=True)), "would speak", "first")
    level = Line([(0, 0), (1, 1)], "as many as that", "third")
    return Panel(
        "Who would, if so many did",
        "share of contacts who speak",
        "share of people",
        [curve, level],
    )


def rounds_panel(least: Equilibrium, greatest: Equilibrium | None) -> Panel:
    """Draw how many speak after each round."""
    people = len(least.active)
    spoken = by_round(least).cumsum()
    lines = [Line(_stairs(spoken, least.rounds), "by themselves", "first", stepped=True)]
    rounds = max(least.rounds, 1)
    if greatest is not None:
        rounds = max(rounds, greatest.rounds)
        silent = people - by_round(greatest).cumsum()
        lines.append(Line(_stairs(silent, rounds), "if all knew", "second", stepped=True))
        lines[0] = Line(_stairs(spoken, rounds), "by themselves", "first", stepped=True)
    return Panel(
        "Round by round",
        "round",
        "people who speak",
        lines,
        right=rounds,
        top=max(people, 1),
        whole=True,
    )


def _stairs(sizes: NDArray[np.int64], rounds: int) -> list[tuple[float, float]]:
    """Give a point a round; after the last change all stays as it is."""
    steps = list(enumerate(map(float, sizes.tolist())))
    return [(float(at), size) for at, size in [*steps, (max(rounds, 1), steps[-1][1])]]


def sizes_panel(
    rows: Sequence[tuple[str, NDArray[np.int64]]], people: int, title: str, across: str
) -> Panel:
    """Draw how often each size comes about, for one or two rows of sizes."""
    edges = np.linspace(0, max(people, 1), 41)
    kinds = ("first", "second")
    bars = [
        Bars(edges.tolist(), np.histogram(sizes, edges)[0].tolist(), label, kind)
        for kind, (label, sizes) in zip(kinds, rows, strict=False)
    ]
    top = max((max(one.heights) for one in bars), default=1)
    return Panel(title, across, "how often", bars=bars, right=max(people, 1), top=max(top, 1))


def window_panel(phi: float, found: theory.Window | None) -> Panel:
    """Draw which share of single starters moves a share of everybody, in and around the window."""
    right = 1.25 * found.high if found else 10.0
    points = [
        (float(z), theory.global_cascade_share(float(z), phi))
        for z in np.linspace(right / 100, right, 100)
    ]
    return Panel(
        f"Starters that move a share of everybody, phi = {phi:g}",
        "contacts on average",
        "share of starters",
        [Line(points, "")],
        right=right,
    )


def cores_panel(within: Sequence[int], people: int) -> Panel:
    """Draw how many are in each k-core."""
    bars = Bars([k - 0.5 for k in range(len(within) + 1)], within, "")
    return Panel(
        "People in the k-core",
        "k",
        "people",
        bars=[bars],
        left=-0.5,
        right=len(within) - 0.5,
        top=max(people, 1),
        whole=True,
    )
