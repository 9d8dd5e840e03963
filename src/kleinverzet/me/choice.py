"""Which three small acts to offer: an easier one, a fitting one and one a step further.

A pure function of the answers and the catalogue. Safety decides what may be offered at all; what
fits decides the order; and every offer says why it is there. The same answers always give the same
offers, and others give others.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle, islice
from typing import get_args

from kleinverzet.catalogue.shapes import Act, Presser, Pressure
from kleinverzet.me import aim
from kleinverzet.me.aim import Distance
from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Ladder

SLOTS = 3


class Reach(StrEnum):
    """How far an offer reaches, compared with the other two."""

    EASIER = "easier"
    FITTING = "fitting"
    FURTHER = "further"


class Why(StrEnum):
    """Why an act is offered; the words for it are in `wording`."""

    UNSAFE = "unsafe"
    OVERFLOWING = "overflowing"
    UNSURE = "unsure"
    VALUE = "value"
    FUTILE = "futile"
    HELPS = "helps"
    PRESSURE = "pressure"
    PRESSER = "presser"
    SETTING = "setting"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an act is offered, with the answer that it rests on (a code), where there is one."""

    why: Why
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One act, how far it reaches beside the other two, and why it is there."""

    act: Act
    reach: Reach
    reason: Reason


def choose(
    answers: Answers, acts: Collection[Act], *, ladder: Ladder | None = None
) -> tuple[Offer, ...]:
    """Give three offers, from easier to further; fewer only where the catalogue itself is smaller.

    Never an act that faces somebody unsafe, and never an active one while it is not safe or the
    tension is too much. The easiest is always a quiet one: nobody has to dare to begin. With
    `answers.round` above zero, three others, beginning again when all that fits has been seen.

    Args:
        answers: What the person said; what they skipped narrows nothing but caution.
        acts: The catalogue's acts; at least one of them quiet and facing nobody or an ally.
        ladder: What their own attempts tell of their courage, where they keep any. It moves how
            far the offers reach, within all the rest.
    """
    allowed = [act for act in acts if is_allowed(act, answers)]
    fitting = [act for act in allowed if _fits_setting(act, answers)]
    near = _near(answers, fitting if len(fitting) >= SLOTS else allowed, ladder)
    rounds = _rounds(answers, near, aim.distances(answers, ladder))
    picked = next(islice(cycle(rounds), answers.round, None), [])
    return tuple(_with_reasons(answers, sorted(picked, key=_rung)))


def _rung(act: Act) -> tuple[float, bool, str]:
    """Order acts from easier to further; of two equally hard ones the quiet one is easier."""
    return act.courage, act.mode == "active", act.id


def is_allowed(act: Act, answers: Answers) -> bool:
    """Tell whether an act may be offered at all: safety first, then how full somebody is."""
    if answers.safe == "no":
        return act.mode == "quiet" and (
            act.faces in {"nobody", "ally"} or act.form in {"pause", "postpone"}
        )
    if answers.tension == 5:
        return act.mode == "quiet"
    if answers.safe != "yes":
        return act.mode == "quiet" or act.courage <= 0.5
    return True


def _fits_setting(act: Act, answers: Answers) -> bool:
    """Tell whether an act fits the place; where that is not said, only what fits most places."""
    if answers.setting in {"", "elsewhere"}:
        return len(act.settings) >= 5
    return answers.setting in act.settings


def _near(answers: Answers, pool: list[Act], ladder: Ladder | None) -> list[Act]:
    """Give the acts in stride; whoever is unsafe keeps one that brings somebody beside them."""
    near = aim.in_stride(pool, ladder)
    if answers.safe != "no" or any(_brings_someone_beside(act) for act in near):
        return near
    return near + sorted(filter(_brings_someone_beside, pool), key=_rung)[:1]


def _rounds(
    answers: Answers, pool: Iterable[Act], distances: Sequence[Distance]
) -> Iterator[list[Act]]:
    """Give the threes that a pool holds, the best first, until no three are left."""
    left = {act.id: act for act in pool}
    fits = {act.id: _fit(act, answers) for act in left.values()}
    picked = _pick(answers, left.values(), fits, distances)
    while picked:
        yield picked
        left = {act.id: act for act in _without(picked, left.values())}
        following = _pick(answers, left.values(), fits, distances)
        picked = following if len(following) == SLOTS else []


def _pick(
    answers: Answers,
    left: Iterable[Act],
    fits: Mapping[str, float],
    distances: Sequence[Distance],
) -> list[Act]:
    """Fill the three places one after the other, each with the act that suits it best."""
    picked: list[Act] = []
    for distance in distances:
        able = _able(answers, left, picked)
        if not able:
            break
        best = max(able, key=lambda act: fits[act.id] + _suits(act, answers, distance(act), picked))
        picked.append(best)
    return picked


def _able(answers: Answers, left: Iterable[Act], picked: list[Act]) -> list[Act]:
    """Give the acts that may take the next place.

    The first is quiet, and no active one is easier than that. Whoever is unsafe is not left alone
    with it: the last brings somebody beside them, as long as there is such an act left.
    """
    able = [act for act in _without(picked, left) if _may_follow(act, picked)]
    if answers.safe == "no" and len(picked) == SLOTS - 1:
        return [act for act in able if _brings_someone_beside(act)] or able
    return able


def _without(picked: list[Act], left: Iterable[Act]) -> Iterator[Act]:
    """Give what is left. By id: comparing two acts compares every word of them."""
    taken = {act.id for act in picked}
    return (act for act in left if act.id not in taken)


def _may_follow(act: Act, picked: list[Act]) -> bool:
    """Tell whether the easiest of the offers stays a quiet act; the first picked always is one."""
    return act.mode == "quiet" or bool(picked and act.courage >= picked[0].courage)


def _brings_someone_beside(act: Act) -> bool:
    """Tell whether an act leaves somebody less alone with it, and not only in a few days."""
    return act.faces == "ally" and act.form not in {"support", "postpone"}


def _suits(act: Act, answers: Answers, distance: float, picked: list[Act]) -> float:
    """Weigh one act for one place: distance from its target, and difference from the others."""
    score = -1.5 * distance
    score -= 1.25 * sum(act.form == other.form for other in picked)
    score -= 0.4 * sum(act.faces == other.faces for other in picked)
    if len(picked) == SLOTS - 1 and answers.safe == "yes" and answers.helps != "no":
        score += 1.5 * (act.mode == "active")
    return score


def _fit(act: Act, answers: Answers) -> float:
    """Weigh how well an act fits what somebody said; unanswered questions weigh nothing."""
    alone = act.faces in {"nobody", "ally"}
    score = _meets(answers.pressure, act.pressure, get_args(Pressure))
    score += _meets(answers.presser, act.pressers, get_args(Presser))
    score += _lives(act, answers)
    score += {"yes": 0.75 * (not alone), "no": 2.0 * alone}.get(answers.helps, 0.0)
    score += {"no": 1.0 * alone, "unsure": 1.0 * alone}.get(answers.safe, 0.0)
    return score + 0.5 * _chance(act, answers)


def _meets(answer: str, codes: Collection[str], all_codes: Collection[str]) -> float:
    """Weigh one answer against what an act is for; an act that is for everything says little."""
    if not answer:
        return 0.0
    return 2.0 - len(codes) / len(all_codes) if answer in codes else -1.5


def _lives(act: Act, answers: Answers) -> float:
    """Weigh the chosen values that an act lives.

    An act in support of somebody presumes that it is about somebody else, and an act for one or two
    places presumes what goes on there. The circle asks neither: a value that is shared makes it
    likely, and choosing only other values makes it unlikely.
    """
    rare = len(act.settings) <= 2
    shared = len(set(answers.values) & set(act.values))
    if shared:
        return min(2.0, 1.0 * shared) + 0.5 * rare
    return -1.0 if act.form == "support" or (rare and answers.values) else 0.0


def _chance(act: Act, answers: Answers) -> float:
    """Give a number in [0, 1) that only these answers and this act decide, for variety."""
    seen = repr((act.id, answers.setting, answers.presser, answers.pressure, answers.values))
    return int.from_bytes(hashlib.blake2b(seen.encode(), digest_size=4).digest()) / 2**32


def _with_reasons(answers: Answers, picked: list[Act]) -> Iterable[Offer]:
    """Give each act the strongest reason that the ones before it have not given yet."""
    given: set[Reason] = set()
    for act, reach in zip(picked, Reach, strict=False):
        reasons = list(_reasons(act, answers))
        reason = next((r for r in reasons if r not in given), reasons[0])
        given.add(reason)
        yield Offer(act, reach, reason)


def _reasons(act: Act, answers: Answers) -> Iterable[Reason]:
    """Give every reason that holds for an act, the strongest first."""
    if answers.safe == "no":
        yield Reason(Why.UNSAFE)
    elif answers.tension == 5:
        yield Reason(Why.OVERFLOWING)
    elif answers.safe == "unsure" and act.mode == "quiet":
        yield Reason(Why.UNSURE)
    for value in answers.values:
        if value in act.values:
            yield Reason(Why.VALUE, value)
    if answers.helps == "no" and _is_for_oneself(act):
        yield Reason(Why.FUTILE)
    if answers.helps == "yes" and act.faces in {"presser", "group"}:
        yield Reason(Why.HELPS)
    if answers.pressure in act.pressure:
        yield Reason(Why.PRESSURE, answers.pressure)
    if answers.presser in act.pressers:
        yield Reason(Why.PRESSER, answers.presser)
    if answers.setting in act.settings:
        yield Reason(Why.SETTING, answers.setting)
    yield Reason(Why.SMALL)


def _is_for_oneself(act: Act) -> bool:
    """Tell whether an act is of use to whoever does it, even where it changes nothing."""
    return act.mode == "quiet" and act.faces in {"nobody", "ally"} and act.form != "support"
