"""One case of open times given as JSON, laid before the engine in `slots`; for the command line.

So that tables of cases that others wrote can be run. No database, and nothing is kept.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from kleinverzet.coach import days_off, slots
from kleinverzet.coach.local_days import times_shown
from kleinverzet.coach.slot_shapes import Booking, Case, Event, Exceptional, Window, aware
from kleinverzet.coach.slots import AT_PRACTICE, HOME, Hours, Rules, Taken, Travel, Wanted
from kleinverzet.coach.travel import PRACTICE

OVER = {"cancelled", "canceled", "lapsed", "declined", "refused", "expired"}
ONCE_OR_TWICE = (None, "first", "second")
LONGEST = timedelta(days=3 * 366)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Wrong(ValueError):
    """A case that does not hold. Its text names the field and says what is wrong."""

    def __init__(self, where: str, what: object) -> None:
        super().__init__(f"{where}: {what}" if where else str(what))


def schema() -> str:
    """Give the JSON Schema of a case."""
    return json.dumps(Case.model_json_schema(), indent=2, ensure_ascii=False)


def answer(path: str) -> str:
    """Compute the case in a file, or on standard input where the path is "-".

    Returns:
        The answer as JSON; for a list of cases a list of answers.

    Raises:
        ValueError: If it cannot be read or does not hold; one line that names the field.
    """
    cases = _read(path)
    if isinstance(cases, list):
        told: Any = [_numbered(case, n) for n, case in enumerate(cases)]
    else:
        told = tell(cases)
    return json.dumps(told, indent=2, ensure_ascii=False)


def tell(given: object) -> dict[str, Any]:
    """Compute one case; give its answer as it goes into JSON.

    Raises:
        ValueError: If it does not hold; one line that names the field.
    """
    try:
        case = Case.model_validate(given)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise Wrong(where, what) from None
    return _Reading(case).told()


def _read(path: str) -> object:
    name = "standard input" if path == "-" else path
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        return json.loads(text)
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise Wrong(f"{name} is no JSON", f"{problem.msg}, {place}") from None
    except (OSError, UnicodeDecodeError, RecursionError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no text in UTF-8"
        raise Wrong(f"{name} cannot be read", reason) from None


def _numbered(case: object, number: int) -> dict[str, Any]:
    try:
        return tell(case)
    except ValueError as problem:
        raise Wrong(str(number), problem) from None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A case that fits its shape, as the engine wants it."""

    case: Case

    def told(self) -> dict[str, Any]:
        """Compute it."""
        case, zone = self.case, _zone("zone", self.case.zone)
        last = case.last or case.first
        if not case.first <= last <= case.first + LONGEST:
            raise Wrong("to", f"{last} lies before {case.first}, or more than three years later")
        now = LONG_AGO if case.now is None else _moment("now", case.now, zone, case.first)
        wanted = Wanted(case.duration, *self.way("", case.mode or "", case.place))
        rules = self.rules(zone, last)
        times = slots.find(wanted, rules, self.taken(zone), first=case.first, last=last, now=now)
        visitor = _zone("visitor_zone", case.visitor_zone) if case.visitor_zone else None
        starts = [(day, start) for day, found in times.days.items() for start in found]
        return {
            "open": [_told(day, start, wanted.minutes, zone, visitor) for day, start in starts],
            "why": times.why,
            "reasons": {str(day): why for day, why in times.reasons.items()},
        }

    def rules(self, zone: ZoneInfo, last: date) -> Rules:
        case = self.case
        return Rules(
            zone=zone,
            week=self.week(),
            other_days=dict(self.other_days()),
            holidays=self.holidays(last),
            step=case.step or case.duration,
            before=case.before,
            after=case.after,
            notice=0 if case.now is None else case.notice,
            horizon=None if case.now is None else case.horizon,
            most_a_day=case.most_a_day or 0,
            online_from=case.online_from,
            travel_inside=case.travel_inside,
            travel=Travel(dict(self.trips())),
        )

    def week(self) -> dict[int, list[Hours]]:
        found: dict[int, list[Hours]] = {}
        for number, window in enumerate(self.case.windows):
            these = list(self.hours(f"windows.{number}", window))
            for weekday in dict.fromkeys(range(7) if window.weekdays is None else window.weekdays):
                found.setdefault(weekday, []).extend(these)
        return found

    def other_days(self) -> Iterator[tuple[date, list[Hours]]]:
        for number, one in enumerate(self.case.exceptions):
            where, last = f"exceptions.{number}", one.to or one.date
            if not one.date <= last <= one.date + LONGEST:
                raise Wrong(f"{where}.to", f"{last} lies before {one.date}, or years after it")
            for days in range((last - one.date).days + 1):
                yield one.date + timedelta(days=days), list(self.hours_of(where, one))

    def hours_of(self, where: str, one: Exceptional) -> Iterator[Hours]:
        if one.closed and one.windows:
            raise Wrong(f"{where}.closed", "a closed day has no windows")
        for number, window in enumerate(one.windows):
            if window.weekdays is not None:
                raise Wrong(f"{where}.windows.{number}.weekdays", "a date has its weekday already")
            yield from self.hours(f"{where}.windows.{number}", window)

    def hours(self, where: str, window: Window) -> Iterator[Hours]:
        if window.ends <= window.starts:
            raise Wrong(f"{where}.ends", "hours end after they start, and at most at 24:00")
        towns = tuple(one for place in window.places or () if (one := self.place(place)))
        modes: list[str] = list(window.modes or [])
        if not modes and window.places:
            is_here = len(towns) < len(window.places)
            modes = [HOME] * bool(towns) + [AT_PRACTICE] * is_here
        if HOME in modes and window.places and not towns:
            towns = (self.practice,)
        for mode in modes or [""]:
            yield Hours(window.starts, window.ends, mode, towns if mode == HOME else ())

    def holidays(self, last: date) -> frozenset[date]:
        case = self.case
        countries = [one for one in (*case.holidays, case.country) if isinstance(one, str)]
        found = {one for one in case.holidays if isinstance(one, date)}
        for country in countries:
            try:
                found |= days_off.between(country.upper(), case.first, last)
            except KeyError:
                raise Wrong("holidays", f"nothing is known of the country {country!r}") from None
        return frozenset(found)

    def taken(self, zone: ZoneInfo) -> Iterator[Taken]:
        for number, booking in enumerate(self.case.bookings):
            if booking.state.strip().lower() not in OVER:
                yield self.booked(f"bookings.{number}", booking, zone)
        for number, event in enumerate(self.case.events):
            said = event.status.strip().upper(), event.transparency.strip().upper()
            if said[0] not in ("CANCELLED", "CANCELED") and said[1] != "TRANSPARENT":
                yield self.event(f"events.{number}", event, zone)

    def booked(self, where: str, one: Booking, zone: ZoneInfo) -> Taken:
        start = _moment(f"{where}.start", one.start, zone, self.case.first)
        end = start + timedelta(minutes=self.case.duration)
        if one.end is not None:
            end = _moment(f"{where}.end", one.end, zone, self.case.first)
        if end <= start:
            raise Wrong(f"{where}.end", "a booking ends after it starts")
        if one.mode is None and one.place is None:
            return Taken(start, end, one.before, one.after)
        return Taken(start, end, one.before, one.after, *self.way(where, one.mode or "", one.place))

    def event(self, where: str, one: Event, zone: ZoneInfo) -> Taken:
        start = _moment(f"{where}.start", one.start, zone, self.case.first)
        end = _moment(f"{where}.end", one.end, zone, self.case.first)
        if end < start:
            raise Wrong(f"{where}.end", "an event does not end before it starts")
        place = None if one.place is None else self.place(one.place)
        return Taken(start, end, place=place, counts=False)

    def way(self, where: str, mode: str, place: str | None) -> tuple[str, str]:
        """Give the mode, and the town of a visit; each says the other where that is left out."""
        town = self.place(place or "")
        mode = mode or (HOME if town else AT_PRACTICE)
        if mode == AT_PRACTICE and town:
            field = f"{where}.place".strip(".")
            raise Wrong(field, f"the practice is called {self.case.practice!r}, not {place!r}")
        at_home = town or (self.practice if place else "")
        return mode, at_home if mode == HOME else ""

    def trips(self) -> Iterator[tuple[tuple[str, str], int]]:
        """Give the trips; what is said of the practice is good for homes around it too."""
        pairs = [(self.place(one.here), self.place(one.there), one) for one in self.case.travel]
        for here, there, one in pairs:
            yield (here, there), one.minutes
            if PRACTICE in (here, there):
                yield (here or self.practice, there or self.practice), one.minutes
        yield (PRACTICE, self.practice), 0

    @property
    def practice(self) -> str:
        """The practice's name, as places are compared."""
        return self.case.practice.strip().casefold()

    def place(self, name: str) -> str:
        """Give a place as places are compared, and "" for the practice."""
        plain = name.strip().casefold()
        return PRACTICE if plain in (self.practice, AT_PRACTICE) else plain


def _moment(where: str, given: str, zone: ZoneInfo, first: date) -> datetime:
    try:
        return aware(given, zone, first)
    except ValueError as problem:
        raise Wrong(where, problem) from None


def _zone(where: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Wrong(where, f"{name!r} is no time zone such as Europe/Amsterdam") from None


def _told(
    day: date, start: datetime, minutes: int, zone: ZoneInfo, visitor: ZoneInfo | None
) -> dict[str, Any]:
    end = start + timedelta(minutes=minutes)
    told = {
        "start": start.astimezone(zone).isoformat(),
        "end": end.astimezone(zone).isoformat(),
        "date": str(day),
    }
    if which := ONCE_OR_TWICE[times_shown(start, zone)]:
        told["label"] = which
    if visitor is not None:
        told["visitor"] = start.astimezone(visitor).isoformat()
    return told
