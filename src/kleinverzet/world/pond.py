"""The pond: a group in which everybody waits for others, and one who speaks all the same.

From knobs to thresholds, and from thresholds to steps: who speaks by themselves, who follows when a
stone falls, and who would if all knew. The numbers are `ripple`'s; nothing is computed here twice
and nothing is kept.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kleinverzet.world.pond_knobs import ENOUGH, Knobs
from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.network import Complete, Network
from ripple.seeding import target_set
from ripple.thresholds import NEVER

# Those who wait are of three kinds: how large a part each is, and for which part of the group it
# waits where people are as careful as most.
SHARES = (0.4, 0.76, 1.0)
WAITS = (0.125, 0.25, 0.417)
# How much longer they wait where people are more careful, from "dare soon" to "wait long".
CAREFUL = (0.4, 0.7, 1.0, 1.3, 1.7)


class Kind(StrEnum):
    """What happens at a step."""

    ALONE = "alone"
    BEGIN = "begin"
    STONE = "stone"
    RIPPLE = "ripple"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Group:
    """People who wait for equally many others.

    Attributes:
        waits: For how many others; None where they never speak.
        first: The first of them, from 0; the others follow.
        people: How many they are.
        alone: How many of them speak by themselves.
        after: How many of them speak after the stone.
    """

    waits: int | None
    first: int
    people: int
    alone: int
    after: int


@dataclass(frozen=True, slots=True)
class Step:
    """How many speak at a moment, and for how many others the last to join have waited."""

    kind: Kind
    speaking: int
    waited: int = 0


@dataclass(frozen=True, slots=True)
class Pond:
    """What happens in a group.

    Attributes:
        knobs: How it stands.
        groups: The people, from who waits least.
        steps: From what happens by itself to what would happen together.
        joins: For each person the step at which they speak; -1 where they do not.
        stones: Who speaks although too few do.
        enough: How many stones it takes for all who would speak together to speak; None where
            nobody knows.
        alone: How many speak by themselves.
        after: How many speak after the stone.
        together: How many would if all knew.
    """

    knobs: Knobs
    groups: tuple[Group, ...]
    steps: tuple[Step, ...]
    joins: tuple[int, ...]
    stones: frozenset[int]
    enough: int
    alone: int
    after: int
    together: int

    @property
    def waiting(self) -> tuple[Group, ...]:
        """Those who speak once enough others do."""
        return tuple(group for group in self.groups if group.waits)


def thresholds(knobs: Knobs) -> NDArray[np.int32]:
    """Give for how many others each person waits, from the least."""
    waiting = knobs.people - knobs.begin - knobs.never
    ends = [_rounded(waiting * share) for share in SHARES]
    sizes = np.diff([0, *ends])
    waits = [
        min(knobs.people - 1, max(1, _rounded(knobs.people * wait * CAREFUL[knobs.careful - 1])))
        for wait in WAITS
    ]
    values = [0, *waits, NEVER]
    return np.repeat(np.array(values, np.int32), [knobs.begin, *sizes, knobs.never])


def pond(knobs: Knobs) -> Pond:
    """Let a stone fall into a group, and give what happens."""
    k = thresholds(knobs)
    everybody = Network.complete(knobs.people)
    alone = least_equilibrium(everybody, k)
    together = greatest_equilibrium(everybody, k)
    missing = bool((together.active & ~alone.active).any())
    least_stones = _enough(everybody, k, together.size) if missing else np.array([], np.int64)
    stones = _stones(knobs, least_stones) if missing else np.array([], np.int64)
    after = least_equilibrium(everybody, k, seeds=stones)
    rounds, first = _rounds(alone.round, after.round, stones, is_alone=not missing)
    joins = np.where(together.active & (rounds < 0), rounds.max(initial=0) + 1, rounds)
    return Pond(
        knobs=knobs,
        groups=_groups(k, alone.active, after.active),
        steps=_steps(joins, k, first, after.size),
        joins=tuple(joins.tolist()),
        stones=frozenset(stones.tolist()),
        enough=len(least_stones),
        alone=alone.size,
        after=after.size,
        together=together.size,
    )
