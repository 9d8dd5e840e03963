"""One question asked many times over: what is drawn for each replica, and how a block is answered.

Every replica has a stream of its own, and in it one for the graph, one for the thresholds and one
for the starters. So a result does not depend on how replicas were cut into blocks, on who computed
them or when; and other starters leave graphs and thresholds as they were.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple.distributions import Distribution
from ripple.equilibria import greatest_equilibrium, least_equilibrium
from ripple.errors import BadChoice, BadNetwork
from ripple.network import Complete, Group, Network
from ripple.random_networks import Recipe
from ripple.saved import open_saved, read
from ripple.thresholds import counted, from_fractions

Sizes = NDArray[np.int64]
UNANSWERED = -1
"""Stands where a replica is still to be computed."""
NOT_ASKED = -2
"""Stands where an equilibrium was not asked for."""


class Kind(StrEnum):
    """Which equilibrium: who speaks by themselves, or who would if all knew."""

    LEAST = "least"
    GREATEST = "greatest"


class Column(IntEnum):
    """Where each number of a replica stands in the rows of `answer`."""

    LEAST = 0
    GREATEST = 1
    PEOPLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked in every replica.

    Attributes:
        group: A group, the same in all replicas; a recipe that draws one for each; or the folder of
            one that `sweeps.save` wrote.
        thresholds: Counts (one a person, or one for all), a distribution that draws fractions for
            each replica, or the path of an `.npy` file of int32 counts.
        starters: Who speaks whatever others do, as indices; or so many, drawn for each replica.
        kinds: Which equilibria to compute.

    Raises:
        BadNetwork: The group is none of these.
        BadChoice: An equilibrium is not known, or fewer than no starters are asked for.
    """

    group: Group | Recipe | str | Path
    thresholds: ArrayLike | Distribution | str | Path
    starters: ArrayLike | int = ()
    kinds: Sequence[str] = (Kind.LEAST, Kind.GREATEST)

    def __post_init__(self) -> None:
        for name in ("group", "thresholds"):
            if isinstance(getattr(self, name), str):
                object.__setattr__(self, name, Path(getattr(self, name)))
        if not (isinstance(self.group, Network | Complete | Path) or is_drawn(self.group)):
            raise BadNetwork(
                f"{type(self.group).__name__} is no group: give a Network, a complete group, a "
                "recipe such as ErdosRenyi, or the folder of a saved network"
            )
        object.__setattr__(self, "kinds", _kinds(self.kinds))
        if np.ndim(self.starters) == 0:
            object.__setattr__(self, "starters", _how_many(self.starters))


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Replicas `first` up to `last` of a row of questions, `runs` for each.

    Attributes:
        questions: The questions that these replicas need, each with its stream.
        passed: How many questions of the row come before those.
        runs: How many replicas each question has.
        first: The first replica, counted through all questions.
        last: One past the last.
        attempt: How often this was tried before. It changes nothing in the answer; but to a
            scheduler that remembers failures by what was asked, it is another block.
    """

    questions: tuple[tuple[Question, np.random.SeedSequence], ...]
    passed: int
    runs: int
    first: int
    last: int
    attempt: int = 0

    def __len__(self) -> int:
        return self.last - self.first


def answer(block: Block) -> tuple[Sizes, float]:
    """Compute a block; this is what runs on a worker.

    Returns:
        How many speak, int64 of shape (replicas, 3) in the order of `Column`; and the seconds.
    """
    begun = time.perf_counter()
    parts = []
    for at, (question, stream) in enumerate(block.questions, block.passed):
        own = at * block.runs
        first, last = max(block.first, own) - own, min(block.last, own + block.runs) - own
        parts.append(replicate(question, stream, first, last))
    return np.concatenate(parts), time.perf_counter() - begun


def replicate(question: Question, stream: np.random.SeedSequence, first: int, last: int) -> Sizes:
    """Answer one question in replicas `first` up to `last`, one after another.

    This is the place for bit-parallel lanes: 64 or 512 replicas in the bits of a word. They need
    nothing but what is given here, have to return these very numbers (the fixed point is unique, so
    the order of computing is free), and pay only where cascades flood: run one replica as a pilot
    first, as measured in docs/ripple.md.
    """
    settled = _settled(question)
    sizes = np.full((last - first, len(Column)), NOT_ASKED, dtype=np.int64)
    for row, replica in zip(sizes, range(first, last), strict=True):
        streams = Streams(stream, replica)
        group = _group(settled, streams)
        counts = _counts(settled, group, streams)
        starters = _starters(settled, group, streams)
        row[Column.PEOPLE] = group.people
        if Kind.LEAST in settled.kinds:
            row[Column.LEAST] = least_equilibrium(group, counts, starters).size
        if Kind.GREATEST in settled.kinds:
            row[Column.GREATEST] = greatest_equilibrium(group, counts, starters).size
    return sizes


@dataclass(frozen=True, slots=True)
class Streams:
    """The random numbers of one replica: those of `stream.spawn(runs)[replica].spawn(3)`."""

    stream: np.random.SeedSequence
    replica: int

    def graph(self) -> np.random.Generator:
        """What draws the network."""
        return self._part(0)

    def thresholds(self) -> np.random.Generator:
        """What draws the thresholds."""
        return self._part(1)

    def starters(self) -> np.random.Generator:
        """What draws the starters."""
        return self._part(2)

    def _part(self, part: int) -> np.random.Generator:
        # Made by its key, not by spawn(), which would count on: asked twice, it answers the same.
        key = (*self.stream.spawn_key, self.replica, part)
        return np.random.default_rng(np.random.SeedSequence(self.stream.entropy, spawn_key=key))


def is_drawn(given: object) -> bool:
    """Say whether this draws anew for each replica, instead of being what it is."""
    return hasattr(given, "draw")


def _settled(question: Question) -> Question:
    """Open what is a path, and count what is fixed, once for all replicas of a block."""
    group: Any = question.group
    thresholds: Any = question.thresholds
    if isinstance(group, Path):
        group = open_saved(group)
    if isinstance(thresholds, Path):
        thresholds = read(thresholds, np.dtype(np.int32))
    if isinstance(group, Network | Complete) and not is_drawn(thresholds):
        thresholds = counted(thresholds, group.people)
    return Question(group, thresholds, question.starters, question.kinds)


def _group(question: Question, streams: Streams) -> Group:
    given: Any = question.group
    if isinstance(given, Network | Complete):
        return given
    drawn: Network = given.draw(streams.graph())
    return drawn


def _counts(question: Question, group: Group, streams: Streams) -> NDArray[np.int32]:
    given: Any = question.thresholds
    if not is_drawn(given):
        return counted(given, group.people)
    return from_fractions(group, given.draw(group.people, streams.thresholds()))


def _starters(question: Question, group: Group, streams: Streams) -> ArrayLike:
    given = question.starters
    if not isinstance(given, int):
        return given
    if given > group.people:
        raise BadChoice(
            f"{given} starters cannot be drawn of {group.people} people; ask for no more than those"
        )
    if not given:
        return ()
    return streams.starters().choice(group.people, given, replace=False, shuffle=False)


def _kinds(given: Any) -> tuple[Kind, ...]:
    asked = (given,) if isinstance(given, str) else tuple(given)
    try:
        kinds = tuple(kind for kind in Kind if kind in {Kind(one) for one in asked})
    except ValueError as error:
        raise BadChoice(f'{error}; kinds are "least" and "greatest"') from None
    if not kinds:
        raise BadChoice('no equilibrium is asked for; kinds are "least" and "greatest"')
    return kinds


def _how_many(given: Any) -> int:
    if isinstance(given, bool | np.bool_) or not isinstance(given, int | np.integer) or given < 0:
        raise BadChoice(
            f"starters={given!r} is no number of people; give a whole number from 0, or a list of "
            "people"
        )
    return int(given)
