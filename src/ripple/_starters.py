"""How few starters could move a network: three ways to look for them, and a floor under all.

Finding the fewest is hard (target set selection cannot even be approximated well), and as each
person waits for a fixed number, asking one more can bring more than asking the one before: the
usual guarantee of greedy choices does not hold. So all ways are tried, and the best is kept.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from ripple import _engine, _leaving_out, _plain, _starter_loops
from ripple.equilibria import least_equilibrium
from ripple.network import Network

People = NDArray[np.uint32]
Counts = NDArray[np.int32]

# How many contacts may be looked at to leave starters out again: about a second.
WORTH_LOOKING = 50_000_000
# Who is further behind the best than this does not catch up by leaving starters out.
CLOSE = 1.1


def ways(network: Network, need: Counts, goal: int) -> dict[str, People]:
    """Give starters by each way, in the order in which they would be asked.

    Args:
        network: The people who are silent and can be moved, and the ties between them.
        need: How many of these contacts each waits for, at least 1 and at most one more than all.
        goal: How many of them shall speak, from 1 to all.
    """
    loops = _loops(len(network.indices))
    asked = loops.adaptive(network.indptr, network.indices, need, goal)
    moved = loops.tss(network.indptr, network.indices, need)
    known = np.argsort(-network.degrees, kind="stable").astype(np.uint32)
    found = {
        "adaptive": asked,
        "tss": _first(network, need, goal, moved),
        "top_degree": _first(network, need, goal, known),
    }
    close = CLOSE * min(map(len, found.values()))
    return {
        way: _needed(loops, network, need, goal, starters) if len(starters) <= close else starters
        for way, starters in found.items()
    }


def floor(network: Network, need: Counts, goal: int) -> int:
    """Give a number of starters below which it cannot be done, by counting ties. It is weak.

    Of the first `goal` people who speak, each who did not start has heard `need` of them before.
    A tie is heard one way only, so these needs together are at most half of the degrees:
    the sum of 2 need - degree over all of them is at most twice the needs of the starters. The
    left side is at least its smallest `goal` terms, the right at most the largest needs.
    Besides, who needs more than all contacts must start.
    """
    degrees = network.degrees
    balance = np.sort(2 * need.astype(np.int64) - degrees)[:goal].sum()
    spared = 2 * np.cumsum(np.sort(need)[::-1], dtype=np.int64)
    counted = int(np.searchsorted(spared, balance)) + 1
    immovable = int(np.count_nonzero(need > degrees))
    return min(goal, max(counted, goal - (network.people - immovable), 1))


def within(network: Network, kept: NDArray[np.bool_]) -> Network:
    """Give the network among some of its people, numbered anew in the same order."""
    if kept.all():
        return network
    sources = np.repeat(kept, network.degrees)
    ties = sources & kept[network.indices]
    number = np.cumsum(kept, dtype=np.int64) - 1
    ends = np.concatenate([[0], np.cumsum(ties, dtype=np.int64)])[network.indptr]
    rows = np.concatenate([[0], np.cumsum(np.diff(ends)[kept])])
    return Network(rows, number[network.indices[ties]].astype(np.uint32))


def _first(network: Network, need: Counts, goal: int, ordered: People) -> People:
    """Give as few as reach the goal, from the beginning; more starters never reach fewer."""
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) // 2
        if least_equilibrium(network, need, ordered[:middle]).size >= goal:
            high = middle
        else:
            low = middle + 1
    return ordered[:low]


def _needed(
    loops: ModuleType, network: Network, need: Counts, goal: int, starters: People
) -> People:
    """Leave starters out again, as thoroughly as the time allows."""
    if len(starters) * (len(network.indices) + network.people) <= WORTH_LOOKING:
        return _leaving_out.one_by_one(network, need, goal, starters)
    if loops is _starter_loops:
        return starters
    contacts = max(len(network.indices) / network.people, 1)
    limit = min(network.people, int(WORTH_LOOKING / (len(starters) * contacts)))
    return _leaving_out.nearby(loops, network, need, starters, limit)


def _loops(entries: int) -> ModuleType:
    if _engine.kernels(entries) is _plain:
        return _starter_loops
    from ripple import _starter_kernels

    return _starter_kernels
