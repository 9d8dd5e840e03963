"""Leaving out starters again who prove not to be needed.

On small networks by playing the whole for each. On large ones without: whoever does not start any
more takes out those who then had not heard enough before them, and they others. Many come back, as
others speak by now. Where all come back nobody was lost, and one starter is saved. Only the people
taken out are looked at, so a try costs what it moves.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from ripple.equilibria import least_equilibrium
from ripple.network import Network

People = NDArray[np.uint32]
Counts = NDArray[np.int32]

# So many that no starter is ever taken out.
STARTS = 2**30


def one_by_one(network: Network, need: Counts, goal: int, starters: People) -> People:
    """Leave out whoever is not needed for the goal, the first asked first; a cascade for each.

    Args:
        network: The people and their ties.
        need: How many contacts each waits for.
        goal: How many shall speak.
        starters: Who starts.
    """
    for person in starters:
        fewer = starters[starters != person]
        if least_equilibrium(network, need, fewer).size >= goal:
            starters = fewer
    return starters


def nearby(
    loops: ModuleType, network: Network, need: Counts, starters: People, limit: int
) -> People:
    """Leave out whoever moves few and loses nobody, the first asked first.

    Args:
        loops: The loops to use, `_starter_loops` or `_starter_kernels`.
        network: The people and their ties.
        need: How many contacts each waits for, at least 1.
        starters: Who starts.
        limit: How many people may be taken out by leaving out one starter; with all of them it is
            `one_by_one` with all who speak as its goal.
    """
    people, rows = network.people, (network.indptr, network.indices)
    order = least_equilibrium(network, need, starters).order
    when = np.full(people, -1, dtype=np.int64)
    when[order] = np.arange(len(order))
    spare = _heard_before(network, when) - need
    spare[starters] = STARTS
    out = np.zeros(people, dtype=np.bool_)
    lost, back = np.empty((2, people), dtype=np.int64)
    heard = np.zeros(people, dtype=np.int32)
    kept, clock = np.ones(len(starters), dtype=np.bool_), len(order)
    for at, starter in enumerate(starters):
        done, filled = loops.fall(*rows, need, when, spare, out, lost, starter, limit)
        gone = lost[:filled]
        if done == filled:
            kept[at] = loops.rise(*rows, need, when, spare, out, gone, heard, back, clock) < filled
            clock += filled
        if kept[at]:
            loops.undo(*rows, when, spare, out, gone, done)
            spare[starter] = STARTS
    return starters[kept]


def _heard_before(network: Network, when: NDArray[np.int64]) -> Counts:
    """Count for each the contacts who speak before them."""
    theirs = when[network.indices]
    before = (theirs >= 0) & (theirs < np.repeat(when, network.degrees))
    sums = np.concatenate([[0], np.cumsum(before, dtype=np.int64)])
    return np.diff(sums[network.indptr]).astype(np.int32)
