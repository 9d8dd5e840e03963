"""Distributions of thresholds: how careful people are, before it is known who is who.

Each draws shares of one's contacts, from 0 (speaks anyway) to 1, with math.inf for who never would;
`ripple.from_fractions` turns them into counts. They are frozen, so that a sweep can name them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadThreshold
from ripple.thresholds import shares_of_answers

Shares = NDArray[np.float64]


class Distribution(Protocol):
    """Anything that can draw thresholds."""

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Draw a share for each person, float64, shape (people,); math.inf is never."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same share for everybody.

    Attributes:
        value: From 0 to 1, or math.inf.

    Raises:
        BadThreshold: It is outside that.
    """

    value: float

    def __post_init__(self) -> None:
        _need_share(self.value, "value")

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Give the share to each person; nothing is drawn."""
        return np.full(people, self.value, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Any share between two is as likely.

    Attributes:
        low: The lowest, from 0.
        high: The highest, up to 1.

    Raises:
        BadThreshold: One is outside 0 to 1, or they stand the wrong way round.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        _need_number(self.low, "low")
        _need_number(self.high, "high")
        if not 0 <= self.low <= self.high <= 1:
            raise BadThreshold(
                f"low is {self.low} and high is {self.high}; give 0 <= low <= high <= 1."
            )

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Draw a share for each person."""
        return generator.uniform(self.low, self.high, people)


@dataclass(frozen=True, slots=True)
class Normal:
    """Shares around a mean, cut to 0 to 1: what falls below is 0, what falls above is 1.

    Attributes:
        mean: The middle, before cutting; any number.
        deviation: The standard deviation before cutting, from 0.

    Raises:
        BadThreshold: One is no number, or the deviation is negative.
    """

    mean: float
    deviation: float

    def __post_init__(self) -> None:
        _need_number(self.mean, "mean")
        _need_number(self.deviation, "deviation")
        if self.deviation < 0:
            raise BadThreshold(f"deviation is {self.deviation}; give 0 or more.")

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Draw a share for each person."""
        return np.clip(generator.normal(self.mean, self.deviation, people), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """A few shares, each with its part of the people.

    Attributes:
        values: The shares, from 0 to 1, or math.inf.
        shares: How large a part of the people has each; any numbers from 0, in proportion.

    Raises:
        BadThreshold: A value is outside its range, or the parts do not fit them.
    """

    values: Sequence[float]
    shares: Sequence[float]

    def __post_init__(self) -> None:
        for at, value in enumerate(self.values):
            _need_share(value, f"values[{at}]")
        _need_parts(self.shares, "shares", len(self.values))
        object.__setattr__(self, "values", tuple(map(float, self.values)))
        object.__setattr__(self, "shares", tuple(map(float, self.shares)))

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Draw a share for each person."""
        parts = np.array(self.shares) / sum(self.shares)
        return generator.choice(np.array(self.values), people, p=parts)


@dataclass(frozen=True, slots=True)
class Answered:
    """Thresholds as a group answered: "if how many of ten spoke, would you?".

    Attributes:
        counts: How many gave each answer: counts[a] people said a; shape (of + 1,).
        never: How many said never.
        of: Out of how many was asked.

    Raises:
        BadThreshold: A count is negative, there is none, or there are not of + 1 of them.
    """

    counts: Sequence[float]
    never: float = 0
    of: int = 10

    def __post_init__(self) -> None:
        if self.of < 1:
            raise BadThreshold(f"of is {self.of}; give the number that was asked out of.")
        if len(self.counts) != self.of + 1:
            raise BadThreshold(
                f"there are {len(self.counts)} counts; give {self.of + 1}: how many answered 0, 1, "
                f"… {self.of}."
            )
        _need_parts((*self.counts, self.never), "counts (with never last)", self.of + 2)
        object.__setattr__(self, "counts", tuple(map(float, self.counts)))

    @classmethod
    def by(cls, answers: Iterable[Any], of: int = 10) -> Answered:
        """Count answers: whole numbers from 0 to `of`, None or "never".

        Raises:
            BadThreshold: An answer is outside 0 to `of`, or no whole number.
        """
        shares = shares_of_answers(answers, of)
        said = np.where(np.isinf(shares), 0.0, shares) * of
        if np.any(part := np.abs(said - np.round(said)) > 1e-9 * of):
            at = int(np.argmax(part))
            raise BadThreshold(f"answer {at} is {said[at]:g}; only whole answers can be counted.")
        given = np.round(said[~np.isinf(shares)]).astype(np.int64)
        counts = np.bincount(given, minlength=of + 1)
        return cls(tuple(counts.tolist()), int(np.isinf(shares).sum()), of)

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Draw for each person what one of the group answered, with replacement."""
        values = np.append(np.arange(self.of + 1) / self.of, math.inf)
        parts = np.array((*self.counts, self.never), dtype=np.float64)
        return generator.choice(values, people, p=parts / parts.sum())


@dataclass(frozen=True, slots=True)
class SomeNever:
    """A distribution in which part of the people never would.

    Attributes:
        others: Where the thresholds of the others come from.
        share: How large that part is, from 0 to 1; each is in it by the same chance.

    Raises:
        BadThreshold: The share is outside 0 to 1.
    """

    others: Distribution
    share: float

    def __post_init__(self) -> None:
        _need_number(self.share, "share")
        if not 0 <= self.share <= 1:
            raise BadThreshold(f"share is {self.share}; give a part of the people from 0 to 1.")

    def draw(self, people: int, generator: np.random.Generator) -> Shares:
        """Draw a share for each person; math.inf for part of them."""
        shares = self.others.draw(people, generator)
        return np.where(generator.random(people) < self.share, math.inf, shares)


def _need_number(value: Any, name: str) -> None:
    if not isinstance(value, int | float | np.number) or not math.isfinite(value):
        raise BadThreshold(f"{name} is {value!r}; give a number.")


def _need_share(value: Any, name: str) -> None:
    if isinstance(value, float) and value == math.inf:
        return
    _need_number(value, name)
    if not 0 <= value <= 1:
        raise BadThreshold(f"{name} is {value}; a share goes from 0 to 1, and math.inf is never.")


def _need_parts(parts: Sequence[float], name: str, number: int) -> None:
    if len(parts) != number:
        raise BadThreshold(f"there are {len(parts)} {name} for {number} values; give one for each.")
    for at, part in enumerate(parts):
        _need_number(part, f"{name}[{at}]")
        if part < 0:
            raise BadThreshold(f"{name}[{at}] is {part}; give 0 or more.")
    if not sum(parts) > 0:
        raise BadThreshold(f"{name} are all 0; give at least one that is more.")
