"""A year in the pond without a stone: whoever does not fit leaves, or stays and speaks after all.

Out of place is who would speak and hears too few. After a quarter of a year their patience is over.
The steps are `ripple.dynamics`'s, a week each; whoever comes for somebody who left does not begin
by themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kleinverzet.world.pond import thresholds
from kleinverzet.world.pond_knobs import SCALE, Knobs
from ripple.dynamics import Story, simulate
from ripple.network import Network

WEEKS = 52
QUARTER = 13
# How many others fewer one needs after a week in which all spoke: from "not at all" to "well".
LISTENING = (-0.5, -0.25, 0.0, 0.5, 1.0)
# The same year for the same knobs, whoever looks.
SEED = 5
# The chart is this many units high, and two to a week wide.
HIGH = 40


@dataclass(frozen=True, slots=True)
class Year:
    """What became of a group in a year.

    Attributes:
        speaking: How many speak at the end.
        left: How many left.
        voiced: How often somebody whose patience was over stayed and spoke.
        quarters: How many speak at the beginning and after each quarter.
        shape: The weeks as the outline of a chart.
    """

    speaking: int
    left: int
    voiced: int
    quarters: tuple[int, ...]
    shape: str


@dataclass(frozen=True, slots=True)
class Years:
    """The same year twice: where so many leave as the knobs say, and where all stay."""

    leaving: Year
    staying: Year


def play(knobs: Knobs) -> Years:
    """Play the year twice."""
    return Years(leaving=_year(knobs, voice=1 - knobs.leaves / SCALE[1]), staying=_year(knobs, 1))


def _year(knobs: Knobs, voice: float) -> Year:
    k = thresholds(knobs)
    story = simulate(
        Network.complete(knobs.people),
        k,
        WEEKS,
        exit_after=QUARTER,
        voice=voice,
        newcomers=k[k > 0] if knobs.begin < knobs.people else None,
        listening=LISTENING[knobs.listens - 1],
        seed=SEED,
    )
    weeks = [int(week) for week in story.speaking]
    return Year(
        speaking=weeks[-1],
        left=_sum(story, "left"),
        voiced=_sum(story, "voiced"),
        quarters=tuple(weeks[::QUARTER]),
        shape=" ".join(_outline(weeks, knobs.people)),
    )


def _sum(story: Story, what: str) -> int:
    return int(getattr(story, what).sum())


def _outline(weeks: list[int], people: int) -> Iterator[str]:
    """Draw the weeks as a stair; only where a number changes does it turn."""
    yield f"M0 {HIGH}V{_height(weeks[0], people)}"
    for week, (before, after) in enumerate(pairwise(weeks), 1):
        if before != after:
            yield f"H{2 * week}V{_height(after, people)}"
    yield f"H{2 * WEEKS}V{HIGH}Z"


def _height(speaking: int, people: int) -> str:
    return f"{HIGH * (1 - speaking / people):.1f}"
