"""One page of planning: all that follows from what an address says and from what is open now.

Everyone may see it; nothing of it is kept. The page grows: how, then which day, then what time,
then who.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.functional import Promise

from kleinverzet.coach import openings, plan_month, plan_offer, plan_words
from kleinverzet.coach.models import Mode
from kleinverzet.coach.openings import Found, Open, Sought
from kleinverzet.coach.plan_month import Month, Time
from kleinverzet.coach.plan_offer import Offer, Region, Town
from kleinverzet.coach.plan_way import PRACTICE_ZONE, Goal, Way
from kleinverzet.world import offers


@dataclass(frozen=True, slots=True)
class Tile:
    """Something to choose, with where choosing it leads."""

    code: str
    name: str | Promise
    line: str | Promise
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TownTiles:
    """A region, and its towns to choose from."""

    name: str
    tiles: tuple[Tile, ...]


class Step:
    """What one page of planning shows.

    Args:
        way: What the address says.
        offer: What can be planned at all.
        now: The time.

    Raises:
        Http404: If the way leads nowhere: a town or a month that is not there.
    """

    def __init__(self, way: Way, offer: Offer, now: datetime) -> None:
        self.way, self.offer, self.now = way, offer, now
        self.goal = way.goal or offer.usual
        self.reach = offers.reach()
        self.today = now.astimezone(PRACTICE_ZONE).date()
        if not plan_offer.fits(way, offer):
            raise Http404
        towns = offer.towns[self.goal] if self.is_visit else ()
        self.regions: tuple[Region, ...] = plan_offer.regions(towns) if towns else ()
        self.town = plan_offer.town_of(way.town, self.regions)
        if bool(way.town) != bool(self.town):
            raise Http404
        if (way.month or way.day) and not self.is_placed:
            raise Http404
        looked_at = way.day or way.month
        if looked_at and not plan_month.first_of(self.today) <= looked_at <= self._end:
            raise Http404

    @property
    def is_visit(self) -> bool:
        """Whether a coach travels."""
        return self.way.mode == Mode.HOME

    @property
    def is_placed(self) -> bool:
        """Whether it is known how, and for a visit where: then days can be looked at."""
        return self.way.mode is not None and (bool(self.town) or not self.is_visit)

    @property
    def sought(self) -> Sought:
        """What is looked for."""
        mode = self.way.mode or Mode.ONLINE
        return Sought(self.goal.kind, self.goal.minutes, mode, self.town)

    @property
    def goals(self) -> list[Tile]:
        """What it can be for; empty where there is nothing to choose."""
        if len(self.offer.goals) == 1:
            return []
        return [self._goal(goal) for goal in self.offer.goals]

    @property
    def modes(self) -> list[Tile]:
        """The ways to talk."""
        return [
            Tile(
                mode.value,
                plan_words.MODES[mode].name,
                plan_words.MODES[mode].line if mode != Mode.PRACTICE else self.reach.town,
                f"{self.way.at(mode=mode).address}#{'waar' if mode == Mode.HOME else 'dag'}",
                mode == self.way.mode,
            )
            for mode in self.offer.modes[self.goal]
        ]

    @cached_property
    def month(self) -> Month | None:
        """The month that is looked at; the first with an open day where none was named."""
        if not self.is_placed:
            return None
        first = self._month
        return plan_month.draw(
            self.way,
            first,
            self.found.days,
            chosen=self.way.day,
            today=self.today,
            last=self._end,
        )

    @cached_property
    def found(self) -> Found:
        """What is open in that month, or from today on where no month was named."""
        if self.way.day or self.way.month:
            first = self._month
            return openings.between(self.sought, first, plan_month.last_of(first), self.now)
        return openings.between(self.sought, self.today, self._end, self.now)

    @property
    def why(self) -> str:
        """Why there is nothing to choose; empty where there is."""
        return "" if self.found.days else self.found.why or "none"

    @property
    def why_said(self) -> str:
        """The same, in words."""
        return plan_words.why(self.why)

    @property
    def town_tiles(self) -> list[TownTiles]:
        """The towns to choose from, by region."""
        return [
            TownTiles(region.name, tuple(self._town(town) for town in region.towns))
            for region in self.regions
        ]

    @property
    def weekdays(self) -> list[plan_words.Weekday]:
        """The head of a month."""
        return plan_words.weekdays()

    @property
    def times(self) -> tuple[Time, ...]:
        """The times of the day that is looked at."""
        day = self.way.day
        return plan_month.times(self.way, day, self._of(day)) if day else ()

    @property
    def one_coach(self) -> str:
        """With whom, where every time of the day is with the same coach; empty else."""
        names = {time.coach for time in self.times}
        return names.pop() if len(names) == 1 else ""

    @property
    def chosen(self) -> Open | None:
        """The time that was chosen; None where none was, or it is not on offer."""
        return plan_month.chosen(self.way, self._of(self.way.day)) if self.way.day else None

    @property
    def sentence(self) -> str:
        """What is planned; empty until a time was chosen."""
        one = self.chosen
        if one is None:
            return ""
        town = self.town or self.reach.town
        return plan_words.sentence(one.starts_at, self.sought.mode, town, one.coach)

    def context(self) -> dict[str, Any]:
        """Give what the page's template needs."""
        return {
            "step": self,
            "title": plan_words.TITLES[self.goal.kind],
            "goal_said": plan_words.goal(self.goal),
            "reach": self.reach,
            "way": self.way,
        }

    def _of(self, day: date | None) -> tuple[Open, ...]:
        return self.found.days.get(day, ()) if day else ()

    def _town(self, town: Town) -> Tile:
        address = f"{self.way.at(town=town.slug).address}#dag"
        return Tile(town.slug, town.name, "", address, town.name == self.town)

    def _goal(self, goal: Goal) -> Tile:
        mode = self.way.mode if self.way.mode in self.offer.modes[goal] else None
        way = replace(
            self.way,
            goal=None if goal == self.offer.usual else goal,
            mode=mode,
            town=self.way.town if mode else "",
            month=None,
            day=None,
            time=None,
        )
        return Tile(goal.kind, plan_words.goal(goal), "", way.address, goal == self.goal)

    @cached_property
    def _end(self) -> date:
        last = plan_offer.last_day(self.goal.kind, self.now)
        return plan_month.last_of(max(last, self.today))

    @property
    def _month(self) -> date:
        named = self.way.day or self.way.month
        if named:
            return plan_month.first_of(named)
        return plan_month.first_of(min(self.found.days, default=self.today))
