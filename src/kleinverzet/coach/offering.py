"""What visitors can plan at all: kinds of appointment, how long they take, how and where.

Everyone may ask. It says what is offered, not when there is a free time.
"""

from dataclasses import dataclass
from datetime import datetime

from kleinverzet.coach import diaries
from kleinverzet.coach.models import Kind, Mode, OtherDay, Terms, Window
from kleinverzet.coach.slots import Hours
from kleinverzet.world import offers


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of appointment that visitors can plan, and how.

    Attributes:
        kind: One of `Kind`.
        durations: How long it can take, in minutes, the usual first.
        modes: Those of `Mode` for which somebody who takes it has hours.
        towns: Where visits go, by name, in the order of the site.
    """

    kind: str
    durations: tuple[int, ...]
    modes: frozenset[str]
    towns: tuple[str, ...] = ()


def read(now: datetime | None = None) -> tuple[Offered, ...]:
    """Give what can be planned, in the order of `Kind`; five queries.

    Args:
        now: Days unlike their weekday count from here on; without it weekly hours count alone.
    """
    terms = list(Terms.objects.filter(is_open=True, coach__takes=True).order_by("coach_id"))
    hours = _hours({one.coach_id for one in terms}, now)
    towns = offers.drives().towns
    found = []
    for kind in Kind.values:
        these = [one for one in terms if one.kind == kind]
        lengths = dict.fromkeys(length for one in these for length in diaries.durations(one))
        whose = {one.coach_id for one in these}
        when = [one for coach, one in hours if coach in whose]
        if lengths and when:
            modes = frozenset(one.mode for one in when)
            found.append(Offered(kind, tuple(lengths), modes, _where(when, towns)))
    return tuple(found)


def _hours(coaches: set[int], now: datetime | None) -> list[tuple[int, Hours]]:
    """Give all hours of these coaches, with whose they are."""
    windows = Window.objects.filter(coach_id__in=coaches)
    found = [
        (one.coach_id, Hours(one.starts, one.ends, one.mode, diaries.towns(one.places)))
        for one in windows
    ]
    if now is None:
        return found
    today = now.astimezone(diaries.ZONE).date()
    others = OtherDay.objects.filter(coach_id__in=coaches, date__gte=today)
    return found + [
        (one.coach_id, hours) for one in others for hours in diaries.hours_on(one.windows)
    ]


def _where(hours: list[Hours], towns: tuple[str, ...]) -> tuple[str, ...]:
    visits = [one for one in hours if one.mode == Mode.HOME]
    if any(not one.places for one in visits):
        return towns
    named = {town for one in visits for town in one.places}
    return tuple(town for town in towns if town in named)
