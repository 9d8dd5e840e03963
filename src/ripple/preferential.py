"""Growth in which who is known already gets known more: the ties of Barabási and Albert.

To draw somebody in proportion to their contacts is to draw a place in the list of all ends of ties
so far. People come in blocks, each as large as all who were there: a place that was filled before
the block is looked up, one within it is followed until it leads to somebody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]


def grow(people: int, new_ties: int, generator: np.random.Generator) -> tuple[Ids, Ids]:
    """Draw the ties of a network that grows.

    Args:
        people: How many people there are in the end, more than `new_ties`.
        new_ties: How many ties each brings along.
        generator: Where chance comes from.

    Returns:
        The two ends of each tie, int64, shape (ties,): first those among the new_ties + 1 people
        it begins with.
    """
    founders = new_ties + 1
    older, younger = np.triu_indices(founders, 1)
    # All ends of ties, two places a tie: who brought it, and whom it leads to.
    ends = np.empty(2 * (len(older) + new_ties * (people - founders)), dtype=np.int64)
    ends[: 2 * len(older) : 2], ends[1 : 2 * len(older) : 2] = younger, older
    known = founders
    while known < people:
        coming = np.arange(known, min(2 * known, people))
        _join(ends, coming, new_ties, generator)
        known += len(coming)
    return ends[::2], ends[1::2]


def _join(ends: Ids, coming: Ids, new_ties: int, generator: np.random.Generator) -> None:
    """Let a block of people come, in place: fill in whom their ties lead to."""
    founders = new_ties + 1
    begins = founders * new_ties + 2 * new_ties * (coming - founders)
    low, high = int(begins[0]), int(begins[-1]) + 2 * new_ties
    ends[low:high:2] = np.repeat(coming, new_ties)
    filled = np.repeat(begins, new_ties)
    places = (generator.random(len(filled)) * filled).astype(np.int64)
    again = np.arange(len(filled))
    while len(again):
        met = _followed(ends, places, low)
        again = _doubles(met.reshape(-1, new_ties))
        places[again] = (generator.random(len(again)) * filled[again]).astype(np.int64)
    ends[low + 1 : high : 2] = met


def _followed(ends: Ids, places: Ids, low: int) -> Ids:
    """Give who stands at each place; a target of this block leads on to the place it drew."""
    at = places.copy()
    open_ends = np.flatnonzero((at >= low) & (at % 2 == 1))
    while len(open_ends):
        at[open_ends] = places[(at[open_ends] - low) // 2]
        still = at[open_ends]
        open_ends = open_ends[(still >= low) & (still % 2 == 1)]
    return ends[at]


def _doubles(met: Ids) -> Ids:
    """Give which draws meet somebody whom the same person met before, as flat positions."""
    order = np.argsort(met, axis=1, kind="stable")
    ranked = np.take_along_axis(met, order, axis=1)
    rows, columns = np.nonzero(ranked[:, 1:] == ranked[:, :-1])
    return np.sort(rows * met.shape[1] + order[rows, columns + 1])
