"""Who would have to start, so that the others follow by themselves.

Exact where everybody sees everybody. On other networks the best of three heuristics, by name, with
a number below which it certainly cannot be done: see docs/ripple.md for how good they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import _starters
from ripple.equilibria import least_equilibrium
from ripple.errors import BadChoice
from ripple.network import Complete, Group, Network
from ripple.thresholds import NEVER, counted

Counts = NDArray[np.int32]


class Method(StrEnum):
    """How starters were found."""

    EXACT = "exact"
    ADAPTIVE = "adaptive"
    TSS = "tss"
    TOP_DEGREE = "top_degree"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Starters:
    """People who, if they start, move the others.

    Attributes:
        seeds: Who starts, uint32, in the order in which they were found.
        method: How they were found.
        lower_bound: With fewer starters than this it cannot be done. Exact for `Method.EXACT`;
            else a count of ties, which is weak: often a fifth of what was found, or one.
        reached: How many speak in the end, starters included; looked up by `least_equilibrium`.
    """

    seeds: NDArray[np.uint32]
    method: Method
    lower_bound: int
    reached: int

    @property
    def fewest(self) -> bool:
        """Whether it is certain that nobody can do with fewer."""
        return len(self.seeds) == self.lower_bound

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{one}</th>" for one in ("starters", "reach", "method", "at least"))
        told = (len(self.seeds), self.reached, self.method.value, self.lower_bound)
        row = "".join(f"<td>{one}</td>" for one in told)
        return f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"

    def __repr__(self) -> str:
        return (
            f"Starters({len(self.seeds)} reach {self.reached}, method={self.method.value}, "
            f"lower_bound={self.lower_bound})"
        )


def target_set(group: Group, k: ArrayLike, goal: int | None = None) -> Starters:
    """Look for as few starters as possible after whom enough others speak by themselves.

    Who starts does not wait for others, so their own threshold is spared. Who never would (`NEVER`)
    is never asked to start either.

    Where everybody sees everybody the answer is exact. Sorted by threshold, person i (from 0) is
    the cheapest i-th follower there can be: whoever else starts, the i-th follower waits for at
    least as many. So s starters are enough if and only if i + s others are enough for person i, for
    all i below goal - s; asking the s most careful makes it come true. Of all such sets the one is
    given whose own thresholds are lowest together: places from s to goal - 1 are filled one by one
    with the most careful who would follow there, which leaves the least careful to start.

    On other networks see `Method`: adaptive asks whoever is most worth asking, lets all follow, and
    asks again; tss is the algorithm of Cordasco and others (2015); top_degree asks who has most
    contacts. Whoever then proves not to be needed is left out again (on large networks only where
    that is soon seen), and the smallest set is taken.

    Args:
        group: The people and their ties.
        k: How many others among one's contacts must speak before one does; a number for all, or
            one for each, shape (people,).
        goal: How many shall speak in the end; without it, all who ever would.

    Raises:
        BadThreshold: A threshold is negative, no whole number or missing.
        BadChoice: The goal is no number from 0 to how many ever would.
    """
    counts = counted(k, group.people)
    aim = _aim(goal, counts)
    already = least_equilibrium(group, counts)
    if already.size >= aim:
        return Starters(np.zeros(0, dtype=np.uint32), Method.EXACT, 0, already.size)
    if isinstance(group, Complete):
        seeds = _among_everybody(counts, aim)
        return _looked_up(group, counts, seeds, Method.EXACT, len(seeds))
    return _on_network(group, counts, aim, already.active)


def _aim(goal: int | None, counts: Counts) -> int:
    most = int(np.count_nonzero(counts != NEVER))
    if goal is None:
        return most
    if isinstance(goal, bool) or not isinstance(goal, int | np.integer):
        raise BadChoice(f"goal is {goal!r}: give how many shall speak, as a whole number.")
    if not 0 <= goal <= most:
        raise BadChoice(
            f"goal is {goal}, and {most} of {len(counts)} people would ever speak: "
            f"give a number from 0 to {most}."
        )
    return int(goal)


def _looked_up(
    group: Group, counts: Counts, seeds: NDArray[np.uint32], method: Method, lower_bound: int
) -> Starters:
    reached = least_equilibrium(group, counts, seeds).size
    return Starters(seeds, method, lower_bound, reached)


def _among_everybody(counts: Counts, goal: int) -> NDArray[np.uint32]:
    """Give the fewest starters where all see all, and of those sets the least careful one."""
    order = np.argsort(counts, kind="stable")[: np.count_nonzero(counts != NEVER)]
    waits = counts[order].astype(np.int64)
    lacks = np.concatenate([[0], np.maximum.accumulate(waits - np.arange(len(waits)))])
    number = int(np.argmax(lacks[goal::-1] <= np.arange(goal + 1)))
    follows = np.zeros(len(order), dtype=np.bool_)
    would: list[int] = []
    next_ = 0
    for others in range(number, goal):
        heard = int(np.searchsorted(waits, others, side="right"))
        would.extend(range(next_, heard))
        next_ = max(next_, heard)
        follows[would.pop()] = True
    return order[~follows][:number].astype(np.uint32)


def _on_network(
    network: Network, counts: Counts, goal: int, speaking: NDArray[np.bool_]
) -> Starters:
    movable = ~speaking & (counts != NEVER)
    people = np.flatnonzero(movable).astype(np.uint32)
    heard = _speaking_contacts(network, speaking)
    among = _starters.within(network, movable)
    need = np.minimum(counts[movable] - heard[movable], among.degrees + 1).astype(np.int32)
    rest = goal - int(np.count_nonzero(speaking))
    found = _starters.ways(among, need, rest)
    method = min(found, key=lambda way: len(found[way]))
    bound = _starters.floor(among, need, rest)
    return _looked_up(network, counts, people[found[method]], Method(method), bound)


def _speaking_contacts(network: Network, speaking: NDArray[np.bool_]) -> NDArray[np.int64]:
    before = np.concatenate([[0], np.cumsum(speaking[network.indices], dtype=np.int64)])
    return np.diff(before[network.indptr])
