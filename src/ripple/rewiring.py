"""Ties that are laid elsewhere at random, all at once instead of one by one.

Every round all ties that still have to move propose a new end. A proposal holds if nobody stands
there yet and no earlier one asks for it; the network is simple after each round.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# In a sparse network a proposal is refused once in about people/contacts tries, so that two or
# three rounds are enough; where nearly all are tied already, the rest stays where it is.
_ROUNDS = 64

Ids = NDArray[np.int64]


def move(
    sources: Ids, targets: Ids, moving: Ids, people: int, generator: np.random.Generator
) -> None:
    """Lay ties elsewhere, in place: the source stays, the target becomes anybody else.

    Args:
        sources: One end of each tie.
        targets: The other end, which is changed.
        moving: Which ties move.
        people: How many people there are.
        generator: Where chance comes from.
    """
    for _ in range(_ROUNDS):
        if not len(moving):
            return
        taken = np.sort(_keys(sources, targets, people))
        ends = generator.integers(0, people, len(moving))
        keys = _keys(sources[moving], ends, people)
        held = (ends != sources[moving]) & ~_among(keys, taken) & _first(keys)
        targets[moving[held]] = ends[held]
        moving = moving[~held]


def _keys(one: Ids, other: Ids, people: int) -> Ids:
    return np.minimum(one, other) * people + np.maximum(one, other)


def _among(keys: Ids, ascending: Ids) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(ascending, keys), len(ascending) - 1)
    found: NDArray[np.bool_] = ascending[at] == keys
    return found


def _first(keys: Ids) -> NDArray[np.bool_]:
    """Say of each key whether no earlier one is the same."""
    order = np.argsort(keys, kind="stable")
    first = np.ones(len(keys), dtype=bool)
    first[order[1:]] = keys[order[1:]] != keys[order[:-1]]
    return first
