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
from ripple.equilibria import Equilibrium, greatest_equilibrium, least_equilibrium
from ripple.network import Complete, Network
from ripple.seeding import target_set
from ripple.thresholds import NEVER

People = NDArray[np.int32]
Steps = NDArray[np.int64]

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
        enough: How many stones it takes for all who would speak together to speak.
        alone: How many speak by themselves.
        after: How many speak after the stone.
        together: How many would if all knew.
    """

    knobs: Knobs
    groups: tuple[Group, ...]
    steps: tuple[Step, ...]
    joins: tuple[int, ...]
    stones: tuple[int, ...]
    enough: int
    alone: int
    after: int
    together: int

    @property
    def waiting(self) -> tuple[Group, ...]:
        """Those who stay silent by themselves, and would speak if all knew."""
        return tuple(group for group in self.groups if self.alone <= group.first < self.together)


def thresholds(knobs: Knobs) -> People:
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
    enough = _enough(everybody, k, alone, together)
    stones = _stones(knobs.who, alone.size, together.size, enough)
    after = least_equilibrium(everybody, k, seeds=stones)
    joins = _joins(alone, together, after, stones)
    return Pond(
        knobs=knobs,
        groups=_groups(k, alone.active, after.active),
        steps=_steps(joins, k, stones, after.size),
        joins=tuple(joins.tolist()),
        stones=stones,
        enough=len(enough),
        alone=alone.size,
        after=after.size,
        together=together.size,
    )


def _enough(
    everybody: Complete, k: People, alone: Equilibrium, together: Equilibrium
) -> tuple[int, ...]:
    """Give the fewest people who have to begin for all to speak who would together."""
    if alone.size == together.size:
        return ()
    return tuple(target_set(everybody, k, goal=together.size).seeds.tolist())


def _stones(who: str, alone: int, together: int, enough: tuple[int, ...]) -> tuple[int, ...]:
    """Give who begins although too few do: somebody who is silent and would rather not be.

    People stand in the order of how long they wait, so those are the ones between `alone` and
    `together`.
    """
    if not enough:
        return ()
    if who == ENOUGH:
        return enough
    chosen = int(who) - 1 if who else alone
    return (max(alone, min(together - 1, chosen)),)


def _joins(
    alone: Equilibrium, together: Equilibrium, after: Equilibrium, stones: tuple[int, ...]
) -> Steps:
    """Give for each person the step at which they speak; -1 where they do not."""
    if not stones:
        return alone.round.astype(np.int64)
    joins = np.full(len(alone.active), -1)
    follows = after.active & ~alone.active
    follows[list(stones)] = False
    joins[follows] = 2 + np.unique(after.round[follows], return_inverse=True)[1]
    joins[list(stones)] = 1
    joins[alone.active] = 0
    joins[together.active & (joins < 0)] = joins.max() + 1
    return joins


def _steps(joins: Steps, k: People, stones: tuple[int, ...], after: int) -> tuple[Step, ...]:
    found = []
    for number in range(joins.max(initial=0) + 1):
        speaking = int(((joins >= 0) & (joins <= number)).sum())
        waited = int(k[joins == number].max(initial=0))
        found.append(Step(_kind(number, bool(stones), speaking > after), speaking, waited))
    return tuple(found)


def _kind(number: int, has_stones: bool, is_beyond: bool) -> Kind:
    if is_beyond:
        return Kind.TOGETHER
    first, second = (Kind.ALONE, Kind.STONE) if has_stones else (Kind.BEGIN, Kind.RIPPLE)
    return (first, second)[number] if number < 2 else Kind.RIPPLE


def _groups(k: People, alone: NDArray[np.bool_], after: NDArray[np.bool_]) -> tuple[Group, ...]:
    values, firsts, sizes = np.unique(k, return_index=True, return_counts=True)
    return tuple(
        Group(
            waits=None if value == NEVER else int(value),
            first=int(first),
            people=int(size),
            alone=int(alone[first : first + size].sum()),
            after=int(after[first : first + size].sum()),
        )
        for value, first, size in zip(values, firsts, sizes, strict=True)
    )


def _rounded(number: float) -> int:
    """Round a half up, as people do."""
    return int(number + 0.5)
