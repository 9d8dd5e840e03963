"""When a coach is there: the weekly hours and the days that are unlike them. Their only writer.

Everyone may see the times that come of it; only the coach changes them. Whoever writes says what
they had read (a mark), so that a form from an old tab never silently undoes a newer one.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kleinverzet.coach import waiting
from kleinverzet.coach.models import Coach, Mode, OtherDay, Window

MIDNIGHT = 24 * 60
WEEK = range(7)
LONGEST_CLOSED = 92  # days at one press


class Changed(Exception):
    """What somebody had read is no longer what stands there."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one time to another, in one or more ways.

    Attributes:
        starts: In minutes after midnight by the practice's clock; `ends` likewise, at most 1440.
        modes: Of `Mode`, in its order.
        places: For visits: the towns, by name; none is every town.
    """

    starts: int
    ends: int
    modes: tuple[str, ...]
    places: tuple[str, ...] = ()


Spans = Sequence[Span]


def of_week(coach: Coach) -> dict[int, list[Span]]:
    """Give a coach's hours by day of the week; every day is there."""
    found: dict[int, list[Window]] = {weekday: [] for weekday in WEEK}
    for window in coach.windows.all():
        found[window.weekday].append(window)
    return {weekday: spans_of(windows) for weekday, windows in found.items()}


def of_other_days(coach: Coach, first: date) -> dict[date, list[Span]]:
    """Give the dated exceptions from a date on; a day without spans is closed."""
    rows = coach.other_days.filter(date__gte=first).order_by("date")
    return {row.date: spans_of(_read(row.windows)) for row in rows}


def of_date(coach: Coach, day: date) -> list[Span] | None:
    """Give what was said of one date; None where it is like every week."""
    row = coach.other_days.filter(date=day).first()
    return None if row is None else spans_of(_read(row.windows))


def mark(spans: Spans | None) -> str:
    """Give the mark of what somebody reads: another one as soon as anything differs."""
    told = None if spans is None else [[s.starts, s.ends, s.modes, s.places] for s in spans]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def mark_of_days(days: Mapping[date, Spans]) -> str:
    """Give the mark of a list of dated exceptions."""
    told = [f"{day}{mark(spans)}" for day, spans in sorted(days.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def write_week(coach: Coach, days: Mapping[int, Spans], *, seen: Mapping[int, str]) -> None:
    """Set the hours of some days of the week, all or none.

    Args:
        coach: Whose.
        days: The new hours, by day of the week.
        seen: For each of those days, the mark of what was read.

    Raises:
        Changed: If one of them was changed since.
    """
    with transaction.atomic():
        held = hold(coach)
        now = of_week(held)
        if any(seen.get(weekday) != mark(now[weekday]) for weekday in days):
            raise Changed
        held.windows.filter(weekday__in=days).delete()
        Window.objects.bulk_create(
            Window(
                coach=held, weekday=weekday, starts=one.starts, ends=one.ends, mode=one.modes[0],
                places="\n".join(one.places),
            )
            for weekday, spans in days.items()
            for one in _apart(spans)
        )  # fmt: skip
    wake()


def write_date(coach: Coach, day: date, spans: Spans | None, *, seen: str) -> None:
    """Give one date its own hours: none is closed, None is like every week again.

    Raises:
        Changed: If that date was changed since.
    """
    with transaction.atomic():
        held = hold(coach)
        if seen != mark(of_date(held, day)):
            raise Changed
        if spans is None:
            held.other_days.filter(date=day).delete()
        else:
            windows = [_written(one) for one in _apart(spans)]
            OtherDay.objects.update_or_create(coach=held, date=day, defaults={"windows": windows})
    wake()


def close(coach: Coach, first: date, last: date, *, seen: str) -> int:
    """Close every day from one date to another, both included; say how many days that are.

    Raises:
        Changed: If the list of dated exceptions was changed since; `seen` is its mark.
    """
    with transaction.atomic():
        held = hold(coach)
        if seen != mark_of_days(_from_today_of(held)):
            raise Changed
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        held.other_days.filter(date__in=days).delete()
        OtherDay.objects.bulk_create(OtherDay(coach=held, date=day, windows=[]) for day in days)
    return len(days)


def spans_of(windows: Iterable[Window]) -> list[Span]:
    """Lay windows of the same times together as one span with several ways."""
    found: dict[tuple[int, int, int], Span] = {}
    for one in sorted(windows, key=lambda w: (w.starts, w.ends, list(Mode).index(Mode(w.mode)))):
        places = tuple(one.places.split("\n")) if one.places else ()
        turn = 0
        # A second one in the same way at the same time has other towns: a span of its own.
        while one.mode in getattr(found.get((one.starts, one.ends, turn)), "modes", ()):
            turn += 1
        key = (one.starts, one.ends, turn)
        before = found.get(key) or Span(one.starts, one.ends, ())
        found[key] = Span(one.starts, one.ends, (*before.modes, one.mode), before.places or places)
    return [found[key] for key in sorted(found)]


def _apart(spans: Spans) -> Iterable[Span]:
    """Give a span for each way; only visits have places."""
    for one in spans:
        for mode in one.modes:
            places = one.places if mode == Mode.HOME else ()
            yield Span(one.starts, one.ends, (mode,), places)


def _read(windows: Any) -> list[Window]:
    return [
        Window(starts=w["starts"], ends=w["ends"], mode=w["mode"], places=w.get("places", ""))
        for w in windows
    ]


def _written(one: Span) -> dict[str, Any]:
    places = "\n".join(one.places)
    return {"starts": one.starts, "ends": one.ends, "mode": one.modes[0], "places": places}


def hold(coach: Coach) -> Coach:
    """Let nobody else change this coach's hours until the transaction ends."""
    # Rows that point to a coach may be written meanwhile: a visit to a calendar waits for nobody
    # here, so that the two never wait for one another.
    return Coach.objects.select_for_update(no_key=True).get(pk=coach.pk)


def _from_today_of(coach: Coach) -> dict[date, list[Span]]:
    return of_other_days(coach, timezone.localdate())


def wake() -> None:
    """Let who waits be offered what is open now; where less is open, nobody is offered any."""
    waiting.wake()
