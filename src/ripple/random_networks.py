"""Networks drawn by chance: recipes that can be drawn again and again from streams of one's own.

A recipe is frozen; `draw` takes a generator, so the same generator gives the same network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import preferential, rewiring
from ripple.errors import BadChoice
from ripple.network import Network
from ripple.ties import need_people, tidied

Ids = NDArray[np.int64]


class Recipe(Protocol):
    """Anything that can draw a network."""

    def draw(self, generator: np.random.Generator) -> Network:
        """Draw one network."""


@dataclass(frozen=True, slots=True)
class ErdosRenyi:
    """Every two people are tied with the same chance, independently: G(n, p).

    Drawn by skipping over the pairs that are not tied, so the time grows with the ties
    (Batagelj and Brandes, Phys. Rev. E 71, 036113, 2005).

    Attributes:
        people: How many people there are.
        mean_degree: How many contacts one has on average, from 0 to people - 1.

    Raises:
        BadNetwork: `people` is no number of people.
        BadChoice: `mean_degree` is outside its range.
    """

    people: int
    mean_degree: float

    def __post_init__(self) -> None:
        need_people(self.people)
        _need_number(self.mean_degree, "mean_degree")
        most = max(self.people - 1, 0)
        if not 0 <= self.mean_degree <= most:
            raise BadChoice(
                f"mean_degree is {self.mean_degree}; {self.people} people have 0 to {most} "
                "contacts."
            )

    def draw(self, generator: np.random.Generator) -> Network:
        """Draw one network."""
        pairs = self.people * (self.people - 1) // 2
        chance = self.mean_degree / max(self.people - 1, 1)
        return Network.from_arrays(*_ends(_hits(pairs, chance, generator)), self.people)


@dataclass(frozen=True, slots=True)
class WattsStrogatz:
    """A ring in which all know those nearest, and a share of the ties is laid elsewhere.

    A tie that moves keeps its first end and draws the other among all who are no contact yet
    (Watts and Strogatz, Nature 393, 440, 1998). One that finds no free place stays.

    Attributes:
        people: How many people there are.
        contacts: How many contacts each has at first: even, below `people`.
        rewire: The share of ties that moves, from 0 to 1.

    Raises:
        BadNetwork: `people` is no number of people.
        BadChoice: `contacts` or `rewire` is outside its range.
    """

    people: int
    contacts: int
    rewire: float

    def __post_init__(self) -> None:
        need_people(self.people)
        _need_whole(self.contacts, "contacts")
        if self.contacts < 0 or self.contacts % 2 or self.contacts >= max(self.people, 1):
            raise BadChoice(
                f"contacts is {self.contacts}; give an even number from 0 to below {self.people}."
            )
        _need_number(self.rewire, "rewire")
        if not 0 <= self.rewire <= 1:
            raise BadChoice(f"rewire is {self.rewire}; give a share from 0 to 1.")

    def draw(self, generator: np.random.Generator) -> Network:
        """Draw one network."""
        sources = np.tile(np.arange(self.people), self.contacts // 2)
        steps = np.repeat(np.arange(1, self.contacts // 2 + 1), self.people)
        targets = (sources + steps) % max(self.people, 1)
        moving = np.flatnonzero(generator.random(len(sources)) < self.rewire)
        rewiring.move(sources, targets, moving, self.people, generator)
        return Network.from_arrays(sources, targets, self.people)


@dataclass(frozen=True, slots=True)
class BarabasiAlbert:
    """Whoever comes later ties with people in proportion to the contacts these have already.

    It begins with new_ties + 1 people who all know each other; whoever would be tied with the same
    person twice draws again (Barabási and Albert, Science 286, 509, 1999).

    Attributes:
        people: How many people there are in the end, more than `new_ties`.
        new_ties: How many ties each brings along, at least 1.

    Raises:
        BadNetwork: `people` is no number of people.
        BadChoice: `new_ties` is outside its range.
    """

    people: int
    new_ties: int

    def __post_init__(self) -> None:
        need_people(self.people)
        _need_whole(self.new_ties, "new_ties")
        if not 1 <= self.new_ties < self.people:
            raise BadChoice(
                f"new_ties is {self.new_ties} for {self.people} people; give at least 1, and fewer "
                "than there are people."
            )

    def draw(self, generator: np.random.Generator) -> Network:
        """Draw one network."""
        ends = preferential.grow(self.people, self.new_ties, generator)
        return Network.from_arrays(*ends, self.people)


@dataclass(frozen=True, slots=True, eq=False)
class Configuration:
    """Everybody has about the number of contacts given; who meets whom is chance.

    The ends of ties are shuffled and joined two by two; ties with oneself and doubles are then
    *erased*, so that a few people (hubs most) have fewer contacts than was asked
    (Britton, Deijfen and Martin-Löf, J. Stat. Phys. 124, 1377, 2006).

    Attributes:
        degrees: Contacts a person, whole numbers from 0, shape (people,), with an even sum.

    Raises:
        BadChoice: A number is negative or no whole number, or the sum is odd.
    """

    degrees: ArrayLike

    def __post_init__(self) -> None:
        degrees = _whole(self.degrees, "degrees")
        if degrees.sum() % 2:
            raise BadChoice(
                f"the degrees add up to {degrees.sum()}, and each tie has two ends; give one "
                "person a contact more."
            )
        object.__setattr__(self, "degrees", degrees)

    def draw(self, generator: np.random.Generator) -> Network:
        """Draw one network."""
        degrees = np.asarray(self.degrees)
        # Sorting by chance is many times faster than shuffling in place.
        stubs = np.repeat(np.arange(len(degrees), dtype=np.uint64), degrees)
        stubs |= generator.integers(0, 2**32, len(stubs), dtype=np.uint64) << np.uint64(32)
        stubs.sort()
        ends = (stubs & np.uint64(2**32 - 1)).reshape(-1, 2)
        return Network.from_edges(tidied(ends), len(degrees))


@dataclass(frozen=True, slots=True)
class Blocks:
    """Teams in which all see all, with some ties between people of different teams.

    Attributes:
        sizes: How many people each team has; the first team has the lowest ids.
        random_ties: How many ties there are between teams; any two are as likely.

    Raises:
        BadChoice: A size is negative, or there are fewer pairs between teams than `random_ties`.
    """

    sizes: Sequence[int]
    random_ties: int

    def __post_init__(self) -> None:
        sizes = _whole(self.sizes, "sizes")
        people = need_people(int(sizes.sum()))
        _need_whole(self.random_ties, "random_ties")
        most = people * (people - 1) // 2 - int((sizes * (sizes - 1) // 2).sum())
        if not 0 <= self.random_ties <= most:
            raise BadChoice(
                f"random_ties is {self.random_ties}; between these teams there is place for 0 to "
                f"{most}."
            )
        object.__setattr__(self, "sizes", tuple(sizes.tolist()))

    def draw(self, generator: np.random.Generator) -> Network:
        """Draw one network."""
        sizes = np.asarray(self.sizes, dtype=np.int64)
        begins = np.repeat(np.cumsum(sizes) - sizes, sizes)
        people = np.arange(len(begins))
        within = _runs(people, begins, people - begins)
        # Person v may be tied with all in earlier teams: those before where the own team begins.
        before = np.concatenate([[0], np.cumsum(begins)])
        chosen = generator.choice(int(before[-1]), self.random_ties, replace=False, shuffle=False)
        one = np.searchsorted(before, chosen, side="right") - 1
        sources = np.concatenate([within[0], one])
        targets = np.concatenate([within[1], chosen - before[one]])
        return Network.from_arrays(sources, targets, len(people))


def _hits(pairs: int, chance: float, generator: np.random.Generator) -> Ids:
    """Give which of so many pairs are tied, ascending, each with the same chance."""
    if chance <= 0 or pairs == 0:
        return np.empty(0, dtype=np.int64)
    expected = pairs * chance
    batch = int(expected + 6 * math.sqrt(expected) + 16)
    hits = np.empty(0, dtype=np.int64)
    at = -1
    while at < pairs:
        skips = np.minimum(generator.geometric(chance, batch), pairs + 1)
        more = at + np.cumsum(skips)
        hits = np.concatenate([hits, more]) if len(hits) else more
        at = int(hits[-1])
    return hits[: np.searchsorted(hits, pairs)]


def _ends(pairs: Ids) -> tuple[Ids, Ids]:
    """Give the two people of each pair: (1, 0), (2, 0), (2, 1), (3, 0) and on."""
    one = ((1 + np.sqrt(1 + 8 * pairs.astype(np.float64))) / 2).astype(np.int64)
    # The root is rounded: above 2^52 it may be one off.
    one -= one * (one - 1) // 2 > pairs
    one += one * (one + 1) // 2 <= pairs
    return one, pairs - one * (one - 1) // 2


def _runs(people: Ids, begins: Ids, lengths: Ids) -> tuple[Ids, Ids]:
    """Tie each person with everybody from a beginning on, so many."""
    sources = np.repeat(people, lengths)
    first = np.cumsum(lengths) - lengths
    return sources, np.arange(len(sources)) + np.repeat(begins - first, lengths)


def _need_whole(value: Any, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise BadChoice(f"{name} is {value!r}; give a whole number.")


def _need_number(value: Any, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise BadChoice(f"{name} is {value!r}; give a number.")


def _whole(values: Any, name: str) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.size == 0:
        return np.empty(0, dtype=np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise BadChoice(
            f"{name} are {array.dtype} of shape {array.shape}; give one whole number for each."
        )
    if array.min() < 0:
        at = int(np.argmin(array))
        raise BadChoice(f"{name}[{at}] is {array[at]}; give 0 or more.")
    return array.astype(np.int64)
