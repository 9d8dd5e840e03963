"""People who are not there: how they would really do, for `bench.ladder` to estimate.

Nothing of the program is imported here. Somebody has a courage that moves and every act a
difficulty for them; what they do follows from those two and from luck, by a logistic law, and what
they tell of it may be something else again.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class World:
    """What is true of everybody in one case; everything in logits, but for the shares.

    Attributes:
        courage_sd: How much people differ.
        act_sd: How far an act lies from its author's anchor, for one person.
        drift_sd: How much courage moves from one act to the next.
        setback: How much everybody loses at once, halfway.
        between: How close to the edge of doing it somebody does it partly; 0 is never.
        claimed: The share of what was not done at all that is told as done.
        rounded_up: The share that is told one step better: partly as done, not yet as partly.
        excused: The share of what was not done at all that is told as no chance.
        missed: The share of attempts for which there really is none, whatever somebody dares.
        looks: What "how hard does this look?" is answered by: "the act" alone, or the act "beside
            me", so beside their own courage; empty where it is not asked.
    """

    courage_sd: float = 1.0
    act_sd: float = 0.7
    drift_sd: float = 0.05
    setback: float = 0.0
    between: float = 0.4
    claimed: float = 0.0
    rounded_up: float = 0.0
    excused: float = 0.0
    missed: float = 0.0
    looks: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of an act, and how much of it they really did: 0, 1/2 or 1."""

    outcome: str
    really: float
    hard: int


class Person:
    """Somebody with a courage and a difficulty for every act, who gives neither away."""

    def __init__(self, world: World, anchors: Mapping[str, float], luck: random.Random) -> None:
        self._world, self._luck = world, luck
        self.courage = luck.gauss(0.0, world.courage_sd)
        self._difficulty = {act: luck.gauss(at, world.act_sd) for act, at in anchors.items()}
        # Somebody sees the same act the same way twice.
        self._seen = {act: luck.gauss(at, 0.7) for act, at in self._difficulty.items()}

    def lives_on(self, *, is_halfway: bool) -> None:
        """Let their courage move until the next act."""
        self.courage += self._luck.gauss(0.0, self._world.drift_sd)
        if is_halfway:
            self.courage -= self._world.setback

    def picks(self, offers: Sequence[T]) -> T:
        """Pick one of the offers; any of them suits."""
        return self._luck.choice(offers)

    def tries(self, act: str) -> Told:
        """Let them try an act, and tell."""
        hard = self._looks(act)
        if self._happens(self._world.missed):
            return Told(self._luck.choice(("no_chance", "chose_not", "unsafe")), 0.0, hard)
        # A logistic draw: above 0 they do it, and near 0 they do it partly.
        even = self._luck.uniform(1e-9, 1 - 1e-9)
        margin = self.courage - self._difficulty[act] + math.log(even / (1 - even))
        steps = int(margin > -self._world.between) + int(margin > self._world.between)
        return Told(self._tells(steps), steps / 2, hard)

    def _tells(self, steps: int) -> str:
        """Tell what became of an act: nothing, half or all of it, or so it is said."""
        if steps == 0 and self._happens(self._world.excused):
            return "no_chance"
        if steps == 0 and self._happens(self._world.claimed):
            return "did"
        better = self._happens(self._world.rounded_up)
        return ("not_yet", "partly", "did")[min(steps + better, 2)]

    def _happens(self, share: float) -> bool:
        return self._luck.random() < share

    def _looks(self, act: str) -> int:
        """Say how hard an act looks, 1 to 5, a logit for each; 0 where that is not asked."""
        if not self._world.looks:
            return 0
        beside = self.courage if self._world.looks == "beside me" else 0.0
        return min(max(round(3 + self._seen[act] - beside), 1), 5)
