"""Who speaks by themselves, and who would speak if all knew: the two ends of what can last.

Everybody waits for a number of others. Whatever lasts, lasts between two equilibria. In the *least*
one nobody speaks before enough others have been heard (bootstrap percolation). In the *greatest*
one everybody begins by speaking, and only who then hears too few falls silent (the generalised
core of Baxter and others, 2011). The distance between them is silence that nobody wants.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import _engine, _everybody
from ripple._people import named
from ripple.errors import BadPeople
from ripple.network import Complete, Group
from ripple.thresholds import NEVER, counted

Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Equilibrium:
    """Who speaks in the end, and how it came to that.

    Attributes:
        active: Who speaks, bool, shape (people,).
        round: In the least equilibrium the round in which somebody begins to speak, in the greatest
            the round in which they fall silent; -1 for who never does. Round 0 is for those who
            need nobody for it. int32, shape (people,).
        order: Who begins to speak or falls silent, in that order, uint32.
        size: How many speak.
        rounds: The last round in which anything happens; 0 where nothing follows round 0.
    """

    active: NDArray[np.bool_]
    round: NDArray[np.int32]
    order: NDArray[np.uint32]
    size: int
    rounds: int

    def __repr__(self) -> str:
        return f"Equilibrium({self.size} of {len(self.active)} speak, rounds={self.rounds})"

    def _repr_html_(self) -> str:
        return (
            "<table><thead><tr><th>people</th><th>speak</th><th>rounds</th></tr></thead><tbody>"
            f"<tr><td>{len(self.active)}</td><td>{self.size}</td><td>{self.rounds}</td></tr>"
            "</tbody></table>"
        )


def least_equilibrium(group: Group, k: ArrayLike, seeds: ArrayLike = ()) -> Equilibrium:
    """Give who speaks by themselves, when nobody speaks before enough others have been heard.

    Args:
        group: The people and their ties.
        k: How many others among one's contacts must speak before one does; a number for all, or
            one for each, shape (people,). 0 speaks anyway, `NEVER` not even then.
        seeds: Who speaks whatever others do, as indices.

    Returns:
        The smallest set of people that sustains itself, with the round in which each begins.

    Raises:
        BadThreshold: Where a threshold is negative, no whole number or missing.
        BadPeople: Where a seed is not in the group.
    """
    counts = _with(counted(k, group.people), 0, named(seeds, group.people, "seeds"))
    if isinstance(group, Complete):
        round_, order, rounds = _everybody.least(counts)
    else:
        round_, order, rounds = _engine.least(group.indptr, group.indices, counts)
    return Equilibrium(round_ >= 0, round_, order, len(order), rounds)


def greatest_equilibrium(
    group: Group, k: ArrayLike, committed: ArrayLike = (), abstain: ArrayLike = ()
) -> Equilibrium:
    """Give who would speak if all knew, when all speak until somebody hears too few.

    Args:
        group: The people and their ties.
        k: How many others among one's contacts must speak for one to go on speaking; a number for
            all, or one for each, shape (people,). 0 speaks anyway, `NEVER` not even then.
        committed: Who speaks whatever others do, as indices.
        abstain: Who stays silent whatever others do, as indices.

    Returns:
        The largest set of people that sustains itself, with the round in which each of the others
        falls silent.

    Raises:
        BadThreshold: Where a threshold is negative, no whole number or missing.
        BadPeople: Where somebody is not in the group, or is both committed and abstaining.
    """
    speaking = named(committed, group.people, "committed")
    silent = named(abstain, group.people, "abstain")
    if len(both := np.intersect1d(speaking, silent)):
        raise BadPeople(
            f"person {both[0]} stands in both committed and abstain; leave them in one of the two"
        )
    counts = _with(_with(counted(k, group.people), 0, speaking), NEVER, silent)
    if isinstance(group, Complete):
        round_, order, rounds = _everybody.greatest(counts)
    else:
        round_, order, rounds = _engine.greatest(group.indptr, group.indices, counts)
    return Equilibrium(round_ < 0, round_, order, len(round_) - len(order), rounds)


def _with(counts: Counts, value: int, people: NDArray[np.int64]) -> Counts:
    """Give the thresholds with another value for some; what was given is never written to."""
    if not len(people):
        return counts
    changed = counts.copy()
    changed[people] = value
    return changed
