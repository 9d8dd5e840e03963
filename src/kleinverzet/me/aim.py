"""How far the three offers reach: by the authors' anchors, or by somebody's own courage ladder.

A ladder says what is likely to be done; it never says what may be offered. So it takes the place of
the distances here and of nothing else, and its own rule only narrows: no offer far above what
somebody picked before.
"""

import math
from collections.abc import Callable, Collection
from functools import partial

from kleinverzet.catalogue.shapes import Act
from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Ladder

Distance = Callable[[Act], float]

# Where on the courage ladder (-2 … +2) the three offers are looked for.
_TARGETS = {
    "yes": (-1.25, -0.25, 0.75),
    "unsure": (-1.5, -0.75, 0.0),
    "": (-1.5, -0.75, 0.25),
    "no": (-1.75, -1.0, -0.5),
}
_EASIER_WHEN_TENSE = {4: -0.25, 5: -0.5}

# The same three places, by the chance that somebody does what they pick; and after two misses.
_CHANCES = (0.9, 0.75, 0.55)
_CHANCES_AFTER_MISSES = (0.9, 0.85, 0.75)
_MISSES = 2
_PLACES = len(_CHANCES)
# Fewer attempts than this say too little.
_ENOUGH = 3
# How far an offer may lie above all that somebody picked before, in anchors.
_STRIDE = 1.0


def distances(answers: Answers, ladder: Ladder | None) -> tuple[Distance, ...]:
    """Give, for each of the three places, how far an act lies from what is looked for there.

    In steps of the courage ladder, which are logits. By their ladder it is the chance of doing it
    that is aimed at; being unsure of safety or tense makes that as much easier as it makes an
    anchor.
    """
    shift = _EASIER_WHEN_TENSE.get(answers.tension, 0.0)
    targets = _TARGETS[answers.safe]
    ladder = _telling(ladder)
    if ladder is None:
        return tuple(partial(_from_anchor, target + shift) for target in targets)
    chances = _CHANCES_AFTER_MISSES if ladder.misses >= _MISSES else _CHANCES
    return tuple(
        partial(_from_chance, ladder, _logit(chance) - (target - usual) - shift)
        for chance, target, usual in zip(chances, targets, _TARGETS["yes"], strict=True)
    )


def in_stride(acts: Collection[Act], ladder: Ladder | None) -> list[Act]:
    """Give the acts that lie no further above what somebody picked before than one stride.

    Doing well leads further by trying, never by a leap. Only where that would leave fewer than
    three quiet acts, so perhaps no three at all, the next easiest come in as well.
    """
    ladder = _telling(ladder)
    if ladder is None or ladder.highest is None:
        return list(acts)
    quiet = sorted(act.courage for act in acts if act.mode == "quiet")
    needed = quiet[_PLACES - 1] if len(quiet) >= _PLACES else math.inf
    highest = max(ladder.highest + _STRIDE, needed)
    return [act for act in acts if act.courage <= highest]


def _telling(ladder: Ladder | None) -> Ladder | None:
    """Give a ladder that has enough to go by."""
    return ladder if ladder and ladder.counted >= _ENOUGH else None


def _from_anchor(target: float, act: Act) -> float:
    return abs(act.courage - target)


def _from_chance(ladder: Ladder, target: float, act: Act) -> float:
    return abs(_logit(ladder.chance(act.id, act.courage)) - target)


def _logit(chance: float) -> float:
    return math.log(chance / (1 - chance))
