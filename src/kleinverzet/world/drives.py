"""How long drives between the towns take, kept for as long as an edition is out.

Everyone may read it. Towns and the practice turn the edition when they change, as all that the
public sees; asking for its number costs far less than reading them and estimating every pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement

from kleinverzet.world import current
from kleinverzet.world.practice import Practice
from kleinverzet.world.towns import Town


@dataclass(frozen=True, slots=True)
class Drives:
    """How long drives take, from door to door: within a town too, the practice's own included.

    Attributes:
        practice_town: Where the practice is.
        towns: The names of all towns, in the order of the site.
        minutes: Between two places, by name, first the one that comes first in the alphabet; ""
            is the practice.
    """

    practice_town: str
    towns: tuple[str, ...]
    minutes: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    drives: Drives


_kept: list[_Kept] = []


def now() -> Drives:
    """Give them as they are; two queries where they are not at hand.

    Inside a transaction they are always read: what is seen there may never come out.
    """
    if not current.is_settled():
        return _read()
    number = current.edition()
    for kept in _kept:
        if kept.number == number:
            return kept.drives
    drives = _read()
    _kept[:] = [_Kept(number, drives)]
    return drives


def _read() -> Drives:
    practice, towns = Practice.load(), list(Town.objects.select_related("region"))
    minutes: dict[tuple[str, str], int] = {}
    for town in towns:
        drive = town.estimate_from(practice) if town.drive is None else town.drive
        minutes["", town.name] = drive
    in_alphabet = sorted(towns, key=lambda town: town.name)
    for here, there in combinations_with_replacement(in_alphabet, 2):
        minutes[here.name, there.name] = there.estimate_from(here)
    return Drives(str(practice.town), tuple(town.name for town in towns), minutes)
