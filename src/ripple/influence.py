"""How many more speak if this person starts too: the ripple of one stone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import _engine, _everybody
from ripple._people import named
from ripple.network import Complete, Group
from ripple.thresholds import counted


def influence(
    group: Group, k: ArrayLike, seeds: ArrayLike = (), people: ArrayLike | None = None
) -> NDArray[np.int64]:
    """Give for each person how many more speak by themselves if this person starts too.

    Args:
        group: The people and their ties.
        k: How many others each waits for, as in `least_equilibrium`.
        seeds: Who speaks already whatever others do.
        people: About whom to ask; everybody where left out.

    Returns:
        How many more, int64, one for each person asked about, the person included; 0 for who
        speaks already. Each takes time in proportion to their own ripple only.

    Raises:
        BadThreshold: Where a threshold is negative, no whole number or missing.
        BadPeople: Where somebody is not in the group.
    """
    counts = counted(k, group.people).copy()
    counts[named(seeds, group.people, "seeds")] = 0
    asked = np.arange(group.people) if people is None else named(people, group.people, "people")
    if isinstance(group, Complete):
        return _everybody.ripples(counts, asked)
    return _engine.ripples(group.indptr, group.indices, counts, asked)
