"""Open times: a pure function from hours, what is taken and a table of trips to what is free.

It knows no database and nobody: `openings` lays the tables before it, `slot_case` a JSON file.
The public interface is `find` and the data classes that it takes and gives. All moments are aware
datetimes, those given back in UTC; hours are minutes after midnight by the practice's clock.

On Wednesdays from nine to one, with an appointment at the practice from ten to eleven, a visit of
an hour in a town that is twenty minutes away:

>>> from datetime import UTC, date, datetime
>>> from zoneinfo import ZoneInfo
>>> from kleinverzet.coach.slots import Hours, Rules, Taken, Travel, Wanted, find
>>> rules = Rules(
...     zone=ZoneInfo("Europe/Amsterdam"),
...     week={2: [Hours(9 * 60, 13 * 60, mode="home"), Hours(9 * 60, 13 * 60, mode="practice")]},
...     step=15,
...     travel=Travel({("", "Kortenhoef"): 20}),
... )
>>> ten, eleven = (datetime(2026, 6, 10, hour, tzinfo=UTC) for hour in (8, 9))
>>> taken = [Taken(ten, eleven, mode="practice", after=15)]
>>> day, now = date(2026, 6, 10), datetime(2026, 6, 8, 12, tzinfo=UTC)
>>> times = find(Wanted(60, "home", "Kortenhoef"), rules, taken, first=day, last=day, now=now)
>>> [f"{start.astimezone(rules.zone):%H:%M}" for start in times.days[day]]
['11:30', '11:45', '12:00']
>>> find(Wanted(60, "home", "Elsewhere"), rules, taken, first=day, last=day, now=now).why
<Why.UNKNOWN_TOWN: 'unknown_town'>
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kleinverzet.coach.clashing import AT_PRACTICE, HOME, ONLINE, Barred, barred, where
from kleinverzet.coach.local_days import LocalDay, ceiling, local_days, times_shown
from kleinverzet.coach.travel import PRACTICE, Travel

__all__ = [
    "ANYWHERE", "AT_PRACTICE", "HOME", "ONLINE", "Hours", "Rules", "Taken", "Times", "Travel",
    "Wanted", "Why", "find", "foremost", "times_shown",
]  # fmt: skip
ANYWHERE = "anywhere"


class Why(StrEnum):
    """Why there is no open time; what says most comes last.

    The first two are said of a search as a whole, the others of a day too.
    """

    NOT_OFFERED = "not_offered"  # nobody takes appointments of this kind, or of this length
    UNKNOWN_TOWN = "unknown_town"  # the table of trips has no such town
    NO_HOURS = "no_hours"  # never in this way: in no week, on no other day
    CLOSED = "closed"  # no hours on this day, a day off, a public holiday
    PAST = "past"
    TOO_LONG = "too_long"  # it fits into no hours of this day, with the trip where that counts
    TOO_FAR_AHEAD = "too_far_ahead"  # later than one can plan by now
    TOO_SOON = "too_soon"  # sooner than one can still plan
    DAY_FULL = "day_full"  # as many appointments as there may be on one day
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Hours:
    """When one can have an appointment on a day, and in which way.

    Attributes:
        starts: Minutes after midnight by the practice's clock; starts on offer count from here.
        ends: Likewise, at most 1440.
        mode: "online", "home" or "practice"; empty for every way.
        places: For visits: the towns; none for every town.
    """

    starts: int
    ends: int
    mode: str = ""
    places: Collection[str] = ()

    def fits(self, wanted: "Wanted") -> bool:
        """Whether what is wanted can be had in these hours, for its way and its town."""
        if self.mode and self.mode != wanted.mode:
            return False
        return not self.places or wanted.mode != HOME or wanted.place in self.places


@dataclass(frozen=True, slots=True)
class Rules:
    """When and on what terms somebody takes appointments; times are in minutes.

    Attributes:
        zone: Of the practice's clock.
        week: Hours by weekday, 0 is Monday.
        other_days: Hours of dates unlike their weekday, holidays too; none is closed.
        holidays: Dates that are closed.
        step: How far apart starts on offer lie, from the beginning of the hours on.
        before: Kept free before an appointment; what is kept free may lie outside of hours.
        after: Kept free after it.
        notice: How long before it at the latest it can be planned, as time that elapses.
        horizon: How many dates ahead it can be planned; none is without end.
        most_a_day: How many appointments there may be on a date; 0 is as many as fit.
        online_from: From where one talks online: "practice", or "anywhere", without a trip.
        travel_inside: Whether the trips from and to the practice lie within the hours too.
        travel: How long trips are.
    """

    zone: ZoneInfo
    week: Mapping[int, Sequence[Hours]]
    other_days: Mapping[date, Sequence[Hours]] = field(default_factory=dict)
    holidays: Collection[date] = frozenset()
    step: int = 30
    before: int = 0
    after: int = 0
    notice: int = 0
    horizon: int | None = None
    most_a_day: int = 0
    online_from: str = ANYWHERE
    travel_inside: bool = False
    travel: Travel = field(default_factory=Travel)

    def hours(self, day: date) -> Sequence[Hours]:
        """Give the hours of a date."""
        if day in self.other_days:
            return self.other_days[day]
        return () if day in self.holidays else self.week.get(day.weekday(), ())


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that is taken: an appointment, or an event of a calendar elsewhere.

    Where it ends no later than it starts it takes no time, and bars nothing.

    Attributes:
        before: Minutes that are kept free before it; `after` likewise.
        mode: As in `Hours`; empty for an event.
        place: The town of a visit or an event, "" for the practice; None where it is unknown or
            of no matter.
        counts: Whether it is one of the most a day.
    """

    starts_at: datetime
    ends_at: datetime
    before: int = 0
    after: int = 0
    mode: str = ""
    place: str | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody would like: how many minutes, in which way and, for a visit, in which town."""

    minutes: int
    mode: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """What was found.

    Attributes:
        days: Starts in UTC by date of the practice's clock; dates without any are left out.
        reasons: Why not, for each of the other dates.
        why: Why there is none at all, where there is none.
    """

    days: Mapping[date, tuple[datetime, ...]]
    reasons: Mapping[date, Why]
    why: Why | None = None


def find(
    wanted: Wanted, rules: Rules, taken: Iterable[Taken], *, first: date, last: date, now: datetime
) -> Times:
    """Give every open time from one date to another, both included.

    Args:
        wanted: What for.
        rules: When and on what terms.
        taken: What bars it; in any order, overlapping or not.
        first: By the practice's clock, as `last`.
        last: Not before the first.
        now: An aware moment; nothing is open before it.

    Raises:
        ValueError: If the last date lies before the first, or minutes or step are not above zero.
    """
    if last < first:
        raise ValueError(f"the last date, {last}, lies before the first, {first}")
    if wanted.minutes < 1 or rules.step < 1:
        raise ValueError("an appointment and a step take one minute at least")
    if wanted.mode == HOME and not (wanted.place and rules.travel.knows(wanted.place)):
        return Times({}, {}, Why.UNKNOWN_TOWN)
    search = _Search(wanted, rules, barred(wanted, rules, taken), now)
    days: dict[date, tuple[datetime, ...]] = {}
    reasons: dict[date, Why] = {}
    for day in local_days(first, last, rules.zone):
        found = search.day(day)
        if isinstance(found, Why):
            reasons[day.date] = found
        else:
            days[day.date] = day.moments(found)
    if days:
        return Times(days, reasons)
    return Times(days, reasons, search.whole(reasons.values()))


def foremost(reasons: Iterable[Why]) -> Why:
    """Give the one of several reasons that says most; `NOT_OFFERED` where there is none."""
    return max(reasons, key=list(Why).index, default=Why.NOT_OFFERED)


class _Search:
    """One search, with all that holds for each of its days worked out before."""

    def __init__(self, wanted: Wanted, rules: Rules, taken: Barred, now: datetime) -> None:
        self.wanted, self.rules, self.taken = wanted, rules, taken
        self.earliest = ceiling(now + timedelta(minutes=rules.notice))
        self.today = now.astimezone(rules.zone).date()
        here = where(wanted.mode, wanted.place, rules.online_from)
        inside = rules.travel_inside and here is not None
        self.trip = rules.travel.minutes(PRACTICE, here or PRACTICE) if inside else 0

    def day(self, day: LocalDay) -> list[int] | Why:
        """Give the starts on a day, in minutes, or why there is none."""
        rules = self.rules
        hours = [one for one in rules.hours(day.date) if one.fits(self.wanted)]
        if not hours:
            return Why.CLOSED
        if day.date < self.today:
            return Why.PAST
        if rules.horizon is not None and (day.date - self.today).days > rules.horizon:
            return Why.TOO_FAR_AHEAD
        found, reason = self._starts(hours, day)
        if reason is Why.TAKEN and self._is_full(day):
            return Why.DAY_FULL
        return found or reason

    def whole(self, reasons: Iterable[Why]) -> Why:
        """Give the reason for a search without a single start."""
        why = foremost(reasons)
        if why is not Why.CLOSED:
            return why
        rules, wanted = self.rules, self.wanted
        weeks = [*rules.week.values(), *rules.other_days.values()]
        ever = any(one.fits(wanted) for hours in weeks for one in hours)
        return why if ever else Why.NO_HOURS

    def _starts(self, hours: Sequence[Hours], day: LocalDay) -> tuple[list[int], Why]:
        """Give the starts within hours, and what it was that barred the rest or all of them."""
        found: list[int] = []
        reason, is_sorted, step = Why.TOO_LONG, True, self.rules.step
        for one in hours:
            anchor = day.minute(one.starts)
            last = min(day.minute(one.ends), day.ends) - self.wanted.minutes - self.trip
            first = anchor + self.trip
            if first + (anchor - first) % step > last:
                continue
            first = max(first, self.earliest)
            if first + (anchor - first) % step > last:
                reason = max(reason, Why.TOO_SOON, key=_WEIGHT.__getitem__)
                continue
            reason = Why.TAKEN
            free = self.taken.free(first, last, anchor, step)
            is_sorted = is_sorted and (not found or not free or found[-1] < free[0])
            found += free
        return (found if is_sorted else sorted(set(found))), reason

    def _is_full(self, day: LocalDay) -> bool:
        most = self.rules.most_a_day
        return bool(most) and self.taken.count(day.begins, day.ends) >= most


_WEIGHT = {why: place for place, why in enumerate(Why)}
