"""What the tables say of each coach, as the engine in `slots` reads it; for `openings`.

A diary holds when somebody is there and when they are taken, and nothing of who comes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, QuerySet

from kleinverzet.coach import days_off
from kleinverzet.coach.models import Booking, Busy, Coach, OtherDay, Terms, Trip, Window
from kleinverzet.coach.slots import Hours, Rules, Taken, Travel, Wanted
from kleinverzet.coach.travel import PRACTICE
from kleinverzet.world import offers

ZONE = ZoneInfo(settings.TIME_ZONE)
# What lies further outside of the days that are looked at cannot reach into them: appointments,
# trips and what is kept free around them are shorter.
AROUND = timedelta(days=2)
Week = Mapping[int, Sequence[Hours]]


@dataclass(frozen=True, slots=True)
class Diary:
    """When one coach is there, on what terms, and when they are taken."""

    coach_id: int
    coach: str
    rules: Rules
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The dates that are looked at, both included, as moments with what lies around them."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The earliest moment that matters."""
        return datetime.combine(self.first, time(), ZONE) - AROUND

    @property
    def ends(self) -> datetime:
        """The latest moment that matters."""
        return datetime.combine(self.last, time(), ZONE) + AROUND


def read(
    kind: str, wanted: Wanted, span: Span, now: datetime, *,
    coach: Coach | None = None, without: Booking | None = None,
) -> list[Diary]:  # fmt: skip
    """Give the diaries of all who take such appointments, who has the fewest ahead first.

    Args:
        kind: One of `Kind`.
        wanted: How long, in which way and where.
        span: The dates that are looked at.
        now: From when on appointments lie ahead.
        coach: Only theirs.
        without: An appointment to leave out, that may be of a kind that is no longer taken.
    """
    terms = Terms.objects.filter(kind=kind).select_related("coach")
    if coach is not None:
        terms = terms.filter(coach=coach)
    if without is None:
        terms = terms.filter(is_open=True, coach__takes=True)
    fitting = [one for one in terms if without or wanted.minutes in durations(one)]
    ids = [one.coach_id for one in fitting]
    booked = Booking.objects.filter(coach_id__in=ids, state__in=Booking.LIVE)
    if without is not None:
        booked = booked.exclude(pk=without.pk)
    week, others = _week(ids, wanted.mode), _other_days(ids, span)
    taken, ahead, travel = _taken(ids, booked, span), _ahead(booked, now), known_travel()
    free = days_off.between("NL", span.first, span.last)
    found = [
        Diary(
            one.coach_id,
            one.coach.name,
            _rules(one, week[one.coach_id], others[one.coach_id], free, travel),
            tuple(taken[one.coach_id]),
        )
        for one in fitting
    ]
    return sorted(found, key=lambda diary: (ahead.get(diary.coach_id, 0), diary.coach_id))


def durations(terms: Terms) -> tuple[int, ...]:
    """Give how long an appointment on these terms can take, in minutes, the usual first."""
    return tuple(int(part) for part in terms.durations.split(",") if part.strip().isdecimal())


def hours_on(windows: Iterable[Mapping[str, Any]]) -> list[Hours]:
    """Give the hours of a day unlike its weekday, as they are kept."""
    return [
        Hours(one["starts"], one["ends"], one["mode"], towns(one.get("places", "")))
        for one in windows
    ]


def towns(places: str) -> tuple[str, ...]:
    """Give the towns of a window as they are kept: by name, one a line."""
    return tuple(places.split("\n")) if places else ()


def _rules(
    terms: Terms, week: Week, others: Mapping[date, Sequence[Hours]], free: frozenset[date],
    travel: Travel,
) -> Rules:  # fmt: skip
    coach = terms.coach
    return Rules(
        zone=ZONE,
        week=week,
        other_days=others,
        holidays=free if coach.closed_on_holidays else frozenset(),
        step=terms.step,
        before=terms.before,
        after=terms.after,
        notice=terms.notice,
        horizon=terms.horizon,
        most_a_day=terms.most_a_day,
        online_from=coach.online_from,
        travel_inside=coach.travel_inside,
        travel=travel,
    )


def _week(ids: Sequence[int], mode: str) -> Mapping[int, Week]:
    found: dict[int, dict[int, list[Hours]]] = defaultdict(lambda: defaultdict(list))
    rows = Window.objects.filter(coach_id__in=ids, mode=mode).order_by("starts")
    for coach, weekday, starts, ends, places in rows.values_list(
        "coach_id", "weekday", "starts", "ends", "places"
    ):
        found[coach][weekday].append(Hours(starts, ends, mode, towns(places)))
    return found


def _other_days(ids: Sequence[int], span: Span) -> Mapping[int, Mapping[date, list[Hours]]]:
    found: dict[int, dict[date, list[Hours]]] = defaultdict(dict)
    rows = OtherDay.objects.filter(coach_id__in=ids, date__range=(span.first, span.last))
    for coach, day, windows in rows.values_list("coach_id", "date", "windows"):
        found[coach][day] = hours_on(windows)
    return found


def _taken(
    ids: Sequence[int], booked: QuerySet[Booking], span: Span
) -> Mapping[int, Sequence[Taken]]:
    """Give when coaches are taken: by appointments, and by events of calendars elsewhere."""
    found: dict[int, list[Taken]] = defaultdict(list)
    near = booked.filter(starts_at__range=(span.begins, span.ends), ends_at__gt=span.begins)
    columns = ("starts_at", "ends_at", "before", "after", "mode", "place")
    for coach, starts, ends, before, after, mode, place in near.values_list("coach_id", *columns):
        found[coach].append(Taken(starts, ends, before, after, mode, place))
    events = Busy.objects.filter(
        calendar__coach_id__in=ids, starts_at__lt=span.ends, ends_at__gt=span.begins
    )
    for coach, starts, ends in events.values_list("calendar__coach_id", "starts_at", "ends_at"):
        found[coach].append(Taken(starts, ends, counts=False))
    return found


def _ahead(booked: QuerySet[Booking], now: datetime) -> dict[int, int]:
    counted = booked.filter(starts_at__gte=now).order_by().values("coach_id")
    return {row["coach_id"]: row["n"] for row in counted.annotate(n=Count("pk"))}


def known_travel() -> Travel:
    """Give how long every drive takes: estimated by the world, or as coaches know better.

    A trip from or to the practice's town is good for the practice too, and the other way round,
    unless somebody filled in both.
    """
    drives = offers.drives()
    same = {PRACTICE: drives.practice_town, drives.practice_town: PRACTICE}
    rows = Trip.objects.values_list("from_place", "to_place", "minutes")
    known = {_pair(here, there): minutes for here, there, minutes in rows}
    found = dict(known)
    for (here, there), minutes in known.items():
        if same.get(here) != there:
            found.setdefault(_pair(same.get(here, here), there), minutes)
            found.setdefault(_pair(here, same.get(there, there)), minutes)
    return Travel({**drives.minutes, **found})


def _pair(here: str, there: str) -> tuple[str, str]:
    return (here, there) if here < there else (there, here)
