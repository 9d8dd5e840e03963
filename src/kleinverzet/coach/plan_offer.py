"""What can be planned at all: what for, how long, in which ways, in which towns.

Everyone may read it, and nothing of it is kept here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from kleinverzet.coach import openings, plan_way
from kleinverzet.coach.models import Kind, Mode, Terms
from kleinverzet.coach.plan_way import PRACTICE_ZONE, Goal, Way
from kleinverzet.world import offers


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be planned.

    Attributes:
        goals: What for and how long, the usual first.
        modes: In which ways, for each of those.
        towns: Where visits go, by name, for each of those.
    """

    goals: tuple[Goal, ...]
    modes: dict[Goal, tuple[Mode, ...]]
    towns: dict[Goal, tuple[str, ...]]

    @property
    def usual(self) -> Goal:
        """What somebody plans who does not say."""
        return self.goals[0]


@dataclass(frozen=True, slots=True)
class Town:
    """A town where the practice comes, and how an address writes it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region, and its towns."""

    name: str
    towns: tuple[Town, ...]


def now(moment: datetime) -> Offer | None:
    """Give what can be planned; None where no coach takes appointments."""
    modes: dict[Goal, tuple[Mode, ...]] = {}
    towns: dict[Goal, tuple[str, ...]] = {}
    for offered in openings.offered(moment):
        for minutes in offered.durations:
            goal = Goal(Kind(offered.kind), minutes)
            modes[goal] = tuple(mode for mode in Mode if mode in offered.modes)
            towns[goal] = offered.towns
    return Offer(tuple(modes), modes, towns) if modes else None


def last_day(kind: Kind, moment: datetime) -> date:
    """Give the last date on which any coach takes such an appointment."""
    terms = Terms.objects.filter(kind=kind, is_open=True, coach__takes=True)
    horizon = terms.aggregate(most=Max("horizon"))["most"] or 0
    return moment.astimezone(PRACTICE_ZONE).date() + timedelta(days=horizon)


def regions(named: tuple[str, ...]) -> tuple[Region, ...]:
    """Give these towns to choose from, by region."""
    found = (
        Region(
            region.name,
            tuple(Town(name, plan_way.slug_of(name)) for name in region.towns if name in named),
        )
        for region in offers.regions()
    )
    return tuple(region for region in found if region.towns)


def town_of(slug: str, regions_: tuple[Region, ...]) -> str:
    """Give the name of the town that an address writes so; empty where there is none."""
    named = (town.name for town in _towns(regions_) if town.slug == slug)
    return next(named, "")


def _towns(regions_: tuple[Region, ...]) -> Iterator[Town]:
    for region in regions_:
        yield from region.towns


def fits(way: Way, offer: Offer) -> bool:
    """Tell whether a way is one of those that can be planned, as far as it goes."""
    goal = way.goal or offer.usual
    if goal not in offer.modes:
        return False
    return way.mode is None or way.mode in offer.modes[goal]
