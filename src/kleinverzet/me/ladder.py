"""The courage ladder: how likely somebody is to do each small act, as far as they told.

It serves one thing, to offer acts that fit a bit better; nobody ever sees a number of it, and it is
kept nowhere. It is made anew from somebody's own entries each time, so that to delete an entry is
to forget it.

The model is a Rasch model, the logistic one with one parameter for each act, followed by a Gaussian
filter in the manner of Laplace and Kalman: one Newton step for each attempt, with the probit
approximation of the averaged logistic (D. J. C. MacKay, "The evidence framework applied to
classification networks", Neural Computation 4, 1992). Courage and difficulty are on one scale, in
logits. A person has mean `mu` and variance `v`, an act has difficulty `b` and variance `s`:

    eta = mu - b;  S = v + s;  k = 1 / sqrt(1 + pi S / 8);  p = sigmoid(k eta)
    I = p (1 - p) k^2;  g = 1 / (1 + S I);  delta = (y - p) k g
    mu += v delta;  b -= s delta;  v -= v^2 I g;  s -= s^2 I g

with `v = min(v0, v + tau^2)` before each step, since courage moves; and y = 1 for what was done,
1/2 for partly, 0 for not yet. What there was no chance for, what somebody chose not to do and what
felt unsafe say nothing about courage: they are missing, not failed, and change nothing.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """What became of an act that somebody had picked."""

    DID = "did"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NO_CHANCE = "no_chance"
    CHOSE_NOT = "chose_not"
    UNSAFE = "unsafe"


# y in the model; an outcome that is not here says nothing about courage.
_COUNTS = {Outcome.DID: 1.0, Outcome.PARTLY: 0.5, Outcome.NOT_YET: 0.0}
_MIDDLE, _HARDEST = 3, 5
# Beyond this a chance is as good as certain, and a sigmoid would round to 0 or 1.
_FAR = 30.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One act that somebody had picked, and what became of it.

    Attributes:
        act: The act's id.
        outcome: What became of it.
        hard: How hard it looked, from 1 (easier than most) to 5 (much); 0 where that is unknown.

    Raises:
        ValueError: If `hard` is none of these.
    """

    act: str
    outcome: Outcome
    hard: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.hard <= _HARDEST:
            raise ValueError(f"hard is 0 to {_HARDEST}, not {self.hard}")


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the model takes for granted, in logits; `bench.ladder` measures how well it holds.

    Attributes:
        v0: How much people differ, as a variance; about whom nothing is known, `v` is this.
        s0: How far an act lies from its author's anchor for one person, as a variance.
        tau2: By how much courage moves from one attempt to the next, as a variance.
        per_hard: By how much an act is harder for each step that it looks harder than its author
            thought. It is little, since many answer by how brave they feel, and then the answer
            would be counted twice: once for the act, and once in what became of it.
    """

    v0: float = 1.0
    s0: float = 0.49
    tau2: float = 0.02
    per_hard: float = 0.1


@dataclass(frozen=True, slots=True)
class Rung:
    """One act for one person: its difficulty `b` with variance `s`, and how hard it looked."""

    b: float
    s: float
    hard: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where somebody stands, as far as their attempts tell; without any, where most people do.

    Attributes:
        mu: Their courage in logits: the mean of what it may be.
        v: The variance of that.
        rungs: What is known of the acts they tried, by id.
        counted: How many attempts said something.
        misses: How many of the last ones in a row were "not yet".
        highest: The highest anchor of those attempts, done or not; None where there are none.
    """

    mu: float
    v: float
    rungs: Mapping[str, Rung]
    counted: int
    misses: int
    highest: float | None
    assumed: Assumed

    def chance(self, act: str, anchor: float) -> float:
        """Give the chance that they do an act when they next pick it, above 0 and below 1.

        Args:
            act: The act's id.
            anchor: Its author's anchor, which stands in as long as they have not tried it.
        """
        rung = self.rungs.get(act) or Rung(anchor, self.assumed.s0)
        return _sigmoid(_flat(self.spread() + rung.s) * (self.mu - rung.b))

    def spread(self) -> float:
        """Give the variance that their courage has when they next pick an act."""
        return min(self.assumed.v0, self.v + self.assumed.tau2)

    def after(self, attempt: Attempt, anchor: float) -> "Ladder":
        """Give the ladder after one more attempt; the same one where that says nothing.

        Args:
            attempt: What they picked and what became of it.
            anchor: The act's anchor, by its author.
        """
        said = _COUNTS.get(attempt.outcome)
        if said is None:
            return self
        before = self.rungs.get(attempt.act) or Rung(anchor, self.assumed.s0)
        rung = _looked_at(before, anchor, attempt.hard, self.assumed.per_hard)
        mu, v, rung = _step(self.mu, self.spread(), rung, said)
        return replace(
            self,
            mu=mu,
            v=v,
            rungs=MappingProxyType({**self.rungs, attempt.act: rung}),
            counted=self.counted + 1,
            misses=self.misses + 1 if attempt.outcome is Outcome.NOT_YET else 0,
            highest=anchor if self.highest is None else max(self.highest, anchor),
        )


def climb(
    attempts: Iterable[Attempt], anchors: Mapping[str, float], assumed: Assumed = Assumed()
) -> Ladder:
    """Give where somebody stands after all that they told.

    Args:
        attempts: All of them, the oldest first.
        anchors: The anchor of every act of the catalogue, from -2 to +2 by its author. An attempt
            at an act that is not there, such as one's own, says nothing.
        assumed: What the model takes for granted.
    """
    ladder = Ladder(0.0, assumed.v0, MappingProxyType({}), 0, 0, None, assumed)
    for attempt in attempts:
        if attempt.act in anchors:
            ladder = ladder.after(attempt, anchors[attempt.act])
    return ladder


def _looked_at(rung: Rung, anchor: float, hard: int, per_hard: float) -> Rung:
    """Move an act by how much harder it looked than its author thought.

    The anchors from -2 to +2 are the answers from 1 to 5. A later answer replaces an earlier one.
    """
    if not hard:
        return rung
    before = rung.hard or _MIDDLE + anchor
    return Rung(rung.b + per_hard * (hard - before), rung.s, hard)


def _step(mu: float, v: float, rung: Rung, said: float) -> tuple[float, float, Rung]:
    """Give `mu`, `v` and the act after one attempt, by the formulas in the docstring above."""
    total = v + rung.s
    flat = _flat(total)
    p = _sigmoid(flat * (mu - rung.b))
    information = p * (1 - p) * flat**2
    gain = 1 / (1 + total * information)
    delta = (said - p) * flat * gain
    # v - v^2 I g, written so that rounding can never make it negative.
    left, rung_left = 1 + rung.s * information, 1 + v * information
    moved = Rung(rung.b - rung.s * delta, rung.s * rung_left * gain, rung.hard)
    return mu + v * delta, v * left * gain, moved


def _flat(variance: float) -> float:
    """Give MacKay's k: by how much not knowing flattens the logistic."""
    return 1 / math.sqrt(1 + math.pi * variance / 8)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-min(max(x, -_FAR), _FAR)))
