"""What a coach's hours come to: how many times are open, and which appointments stand outside them.

Hours that close never call anything off; this tells the coach what stands there still.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kleinverzet.coach import days_off, hours, openings
from kleinverzet.coach.hours import Span
from kleinverzet.coach.models import Booking, Coach, Kind, Mode
from kleinverzet.coach.openings import Sought
from kleinverzet.world import offers as world

AHEAD = 30  # days


@dataclass(frozen=True, slots=True)
class Count:
    """How many open times there are in one way.

    Attributes:
        mode: One of `Mode`.
        place: For visits: the town that was counted for.
        times: How many in the coming thirty days.
    """

    mode: str
    place: str
    times: int


def counts(coach: Coach, now: datetime) -> list[Count]:
    """Count the open times for an intake in the next thirty days, for each way."""
    today = timezone.localdate(now)
    return [_count(coach, mode, today, now) for mode in Mode.values]


def outside(coach: Coach, now: datetime) -> list[Booking]:
    """Give the appointments ahead that stand outside the hours as they are now."""
    ahead = coach.bookings.filter(state__in=Booking.LIVE, starts_at__gte=now).order_by("starts_at")
    standing = list(ahead)
    if not standing:
        return []
    first, last = (timezone.localdate(one.starts_at) for one in (standing[0], standing[-1]))
    free = days_off.between("NL", first, last) if coach.closed_on_holidays else frozenset()
    week, other = hours.of_week(coach), hours.of_other_days(coach, first)
    return [one for one in standing if not _is_inside(one, _spans(one, week, other, free))]


def _count(coach: Coach, mode: str, today: date, now: datetime) -> Count:
    place = _town(coach) if mode == Mode.HOME else ""
    minutes = coach.terms.get(kind=Kind.INTAKE).durations.partition(",")[0]
    sought = Sought(Kind.INTAKE, int(minutes), mode, place)
    found = openings.between(sought, today, today + timedelta(days=AHEAD), now, coach=coach)
    return Count(mode, place, sum(len(times) for times in found.days.values()))


def _town(coach: Coach) -> str:
    """Name a town to count for: the first that the hours name, else the practice's own."""
    named = coach.windows.filter(mode=Mode.HOME).exclude(places="").values_list("places").first()
    return named[0].split("\n")[0] if named else world.practice_town()


def _spans(
    one: Booking,
    week: Mapping[int, list[Span]],
    other: Mapping[date, list[Span]],
    free: frozenset[date],
) -> list[Span]:
    day = timezone.localdate(one.starts_at)
    if day in other:
        return other[day]
    return [] if day in free else week[day.weekday()]


def _is_inside(one: Booking, spans: list[Span]) -> bool:
    return any(_covers(span, one) for span in spans)


def _covers(span: Span, one: Booking) -> bool:
    starts, ends = _minute(one.starts_at, one), _minute(one.ends_at, one)
    is_there = not span.places or one.place in span.places or one.mode != Mode.HOME
    return one.mode in span.modes and is_there and span.starts <= starts and ends <= span.ends


def _minute(moment: datetime, one: Booking) -> int:
    """Give the minute of the clock, counted from midnight before the appointment begins."""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate(one.starts_at)).days
    return days * hours.MIDNIGHT + local.hour * 60 + local.minute
