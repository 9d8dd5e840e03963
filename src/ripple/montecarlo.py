"""Many runs of one question: how far it carries when thresholds, ties and starters are chance."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripple import answering, estimates, tables
from ripple.blocks import Executor
from ripple.distributions import Distribution
from ripple.errors import BadChoice
from ripple.estimates import Estimate
from ripple.network import Group
from ripple.progress import Steps
from ripple.random_networks import Recipe
from ripple.replicas import NOT_ASKED, Column, Kind, Question, Sizes

Seed = int | np.random.SeedSequence


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Runs(tables.Tabular):
    """How many speak in each of many runs.

    Attributes:
        least: How many speak by themselves, int64, shape (runs,); empty if not asked for.
        greatest: How many would if all knew, int64, shape (runs,); empty if not asked for.
        people: How many people there are, int64, shape (runs,).
        seed: What gives the same runs once more.
    """

    least: Sizes
    greatest: Sizes
    people: Sizes
    seed: Seed

    @classmethod
    def of(cls, rows: Sizes, seed: Seed) -> Runs:
        """Take runs from rows as `replicas.answer` gives them."""
        least, greatest, people = (np.ascontiguousarray(rows[:, column]) for column in Column)
        return cls(_if_asked(least), _if_asked(greatest), people, seed)

    def __len__(self) -> int:
        return len(self.people)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Which equilibria were asked for."""
        return tuple(kind for kind in Kind if len(getattr(self, kind)))

    def mean(self, kind: str = Kind.LEAST) -> Estimate:
        """Give how many speak on average, with the standard error s / sqrt(runs).

        Raises:
            BadChoice: This equilibrium was not asked for.
        """
        return estimates.mean(self._sizes(kind))

    def share_over(self, size: float, kind: str = Kind.LEAST) -> Estimate:
        """Give the share of runs in which more than `size` people speak.

        Raises:
            BadChoice: This equilibrium was not asked for.
        """
        return estimates.share(self._sizes(kind) > size)

    def share_over_half(self, kind: str = Kind.LEAST) -> Estimate:
        """Give the share of runs in which more than half of the people speak.

        Raises:
            BadChoice: This equilibrium was not asked for.
        """
        return estimates.share(2 * self._sizes(kind) > self.people)

    def quantiles(
        self, levels: Sequence[float] = (0.05, 0.5, 0.95), kind: str = Kind.LEAST
    ) -> tuple[Estimate, ...]:
        """Give how many speak at these levels from 0 to 1; 0.5 is the median.

        Raises:
            BadChoice: A level is outside 0 to 1, or this equilibrium was not asked for.
        """
        return tuple(estimates.quantile(self._sizes(kind), level) for level in levels)

    def columns(self) -> dict[str, NDArray[np.int64]]:
        """Give one row a run."""
        numbered = {"run": np.arange(len(self), dtype=np.int64), "people": self.people}
        return numbered | {kind.value: getattr(self, kind) for kind in self.kinds}

    def summary(self) -> dict[str, list[object]]:
        """Give one row an equilibrium, as texts with standard errors."""
        kinds = self.kinds
        low, median, high = zip(*(self.quantiles(kind=kind) for kind in kinds), strict=True)
        return {
            "speak": list(kinds),
            "mean": [str(self.mean(kind)) for kind in kinds],
            "5 %": [str(one) for one in low],
            "median": [str(one) for one in median],
            "95 %": [str(one) for one in high],
            "over half": [str(self.share_over_half(kind)) for kind in kinds],
        }

    def __repr__(self) -> str:
        means = ", ".join(f"{kind} {self.mean(kind)}" for kind in self.kinds)
        return f"Runs({len(self)} runs: {means}; seed={self._seed})"

    def _repr_html_(self) -> str:
        return tables.html(self.summary(), f"{len(self):,} runs, seed {self._seed}")

    @property
    def _seed(self) -> object:
        return tables.remarks(self)["seed"]

    def _sizes(self, kind: str) -> Sizes:
        if kind not in self.kinds:
            known = " and ".join(repr(one.value) for one in self.kinds)
            raise BadChoice(f"{str(kind)!r} was not computed, only {known}; ask for it with kinds=")
        sizes: Sizes = getattr(self, kind)
        return sizes


def monte_carlo(
    group: Group | Recipe | str | Path,
    thresholds: ArrayLike | Distribution | str | Path,
    *,
    runs: int,
    seed: Seed | None = None,
    starters: ArrayLike | int = (),
    kinds: Sequence[str] = (Kind.LEAST, Kind.GREATEST),
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | str | Steps | None = None,
    block: int | None = None,
) -> Runs:
    """Ask one question many times, with other chances each time.

    Replica i draws from `SeedSequence(seed).spawn(runs)[i]`, whoever computes it and when: workers,
    blocks and executors change nothing in the result.

    Args:
        group: A group, the same in all runs; a recipe that draws one for each; or the folder of a
            network that `sweeps.save` wrote.
        thresholds: Counts (one a person, or one for all), a distribution that draws fractions for
            each run, or the path of an `.npy` file of int32 counts.
        runs: How many runs, at least 1.
        seed: What gives the same runs once more; drawn, and told in the result, if not given.
        starters: Who speaks whatever others do, as indices; or so many, drawn for each run. In the
            greatest equilibrium these are the committed.
        kinds: Which equilibria: "least", "greatest" or both.
        workers: How many blocks are computed at once: by threads on all cores, if nothing else is
            given.
        executor: Who computes instead: anything with `submit` that gives futures.
        progress: True for a bar on the terminal, a text to label it, or what hears each `step`
            (such as `progress.bar(..., show=True)`, which is drawn in a notebook too).
        block: How many runs go out together; chosen by how long they take, if not given.

    Raises:
        BadChoice: runs, workers, block, kinds or the number of starters is impossible, or arrays
            would be sent to other processes with every block.
        LostBlock: A block failed on every try.
        RippleError: What was asked is wrong in itself.
    """
    root = drawn_seed() if seed is None else seed
    question = Question(group, thresholds, starters, kinds)
    rows = answering.unanswered(1, runs)
    asked = [(question, rooted(root))]
    answering.answer_all(
        rows, asked, workers=workers, executor=executor, progress=progress, block=block
    )
    return Runs.of(rows, root)


def drawn_seed() -> int:
    """Draw a seed of 64 bits."""
    return secrets.randbits(64)


def rooted(seed: Any) -> np.random.SeedSequence:
    """Give the stream of a seed.

    Raises:
        BadChoice: It is no whole number from 0, and no stream either.
    """
    if isinstance(seed, np.random.SeedSequence):
        return seed
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise BadChoice(f"seed={seed!r} gives no stream; give a whole number from 0")
    return np.random.SeedSequence(int(seed))


def _if_asked(sizes: Sizes) -> Sizes:
    asked: Sizes = sizes[sizes != NOT_ASKED]
    return asked
