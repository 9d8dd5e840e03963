"""Reading events into times at which a coach is taken: when, and nothing of what for.

Recurrences are spread out within the span only. A rule that could keep a computer busy is not
followed: its first time counts, and the coach is told that something could not be read whole.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from django.conf import settings
from icalendar import Calendar, Event, use_zoneinfo

from kleinverzet.coach import recurrences
from kleinverzet.coach.calendar_faults import Failed, Fault
from kleinverzet.coach.calendar_pieces import Piece, pieces

# What one event, and one calendar, can have of them in a span.
MOST_AN_EVENT = 3_000
MOST_A_CALENDAR = 20_000
# Computing on one calendar ends after this.
SECONDS = 10.0
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when is looked, in UTC; half-open."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A time, in UTC, that an event takes."""

    uid: str = field(repr=False)
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """An appointment of ours as it stands there: its first time, whole days included.

    Attributes:
        starts_at: In UTC; none where it cannot be read.
        is_cancelled: Whether the coach marked it as called off there.
    """

    uid: str
    starts_at: datetime | None
    ends_at: datetime | None
    is_cancelled: bool


@dataclass(slots=True)
class Reading:
    """What a calendar says.

    Attributes:
        taken: Times that are taken, by others than us.
        own: Appointments of ours that were met, by number.
        is_whole: Whether everything could be read.
    """

    taken: list[Taken] = field(default_factory=list)
    own: dict[str, Own] = field(default_factory=dict)
    is_whole: bool = True


def read(contents: Iterable[bytes], span: Span, ours: Collection[str] = ()) -> Reading:
    """Read calendar files.

    Args:
        contents: Each as it came.
        span: Where to look.
        ours: Numbers of our own appointments: they take no time of themselves.

    Raises:
        Failed: If a file is no calendar, or there is more than can be read.
    """
    reading, until = Reading(), monotonic() + SECONDS
    first, last = span.starts_at.date(), span.ends_at.date()
    for content in contents:
        for piece in pieces(content, first, last):
            if monotonic() > until or len(reading.taken) > MOST_A_CALENDAR:
                raise Failed(Fault.TOO_MUCH)
            if piece.uid in ours:
                reading.own[piece.uid] = own_of(piece)
            else:
                _take_in(piece, span, reading)
    return reading


def own_of(piece: Piece) -> Own:
    """Read an appointment of ours as somebody may have changed it."""
    try:
        event = _calendar_of(piece).events[0]
        starts_at, ends_at = _moment(event.start), _moment(event.end)
    except Exception:  # whatever a parser stumbles over
        return Own(piece.uid, None, None, is_cancelled=False)
    return Own(piece.uid, starts_at, ends_at, is_cancelled=_is_cancelled(event))


def _take_in(piece: Piece, span: Span, reading: Reading) -> None:
    try:
        calendar = _calendar_of(piece)
        reading.is_whole &= recurrences.tame(calendar)
        found = list(_times(calendar, piece.uid, span))
    except Exception:
        # Texts from elsewhere break parsers in ways that nobody lists.
        found = _first_time(piece, span)
        reading.is_whole = False
    if len(found) > MOST_AN_EVENT:
        found, reading.is_whole = found[:MOST_AN_EVENT], False
    reading.taken += found


def _calendar_of(piece: Piece) -> Calendar:
    """Parse a piece; where its own time zone is broken, by the practice's clock."""
    if piece.zones:
        # The parser remembers zones by name: one calendar's would count in the next.
        use_zoneinfo()  # type: ignore[no-untyped-call]
    try:
        return _parsed(piece.as_calendar(with_zones=True))
    except ValueError:
        return _parsed(piece.as_calendar(with_zones=False))


def _parsed(text: str) -> Calendar:
    calendar = Calendar.from_ical(text)
    if not isinstance(calendar, Calendar):
        raise TypeError("several calendars in one")
    return calendar


def _times(calendar: Calendar, uid: str, span: Span) -> Iterator[Taken]:
    query = recurring_ical_events.of(calendar, components=["VEVENT"])
    # A day more on both sides: times without a zone are by the practice's clock, not by UTC.
    for event in query.between(span.starts_at - A_DAY, span.ends_at + A_DAY):
        taken = _taken(event, uid, span)
        if taken is not None:
            yield taken


def _taken(event: Any, uid: str, span: Span) -> Taken | None:
    """Give the part of an event that lies in the span; None where it takes no time there."""
    if _is_cancelled(event) or str(event.get("transp", "")).upper() == "TRANSPARENT":
        return None
    starts_at = max(_moment(event.start), span.starts_at)
    ends_at = min(_moment(event.end), span.ends_at)
    return Taken(uid, starts_at, ends_at) if starts_at < ends_at else None


def _first_time(piece: Piece, span: Span) -> list[Taken]:
    """Give the first time of an event whose recurrence cannot be read."""
    try:
        event: Event = _calendar_of(piece).events[0]
        found = _taken(event, piece.uid, span)
    except Exception:  # not even that
        return []
    return [found] if found else []


def _is_cancelled(event: Any) -> bool:
    return str(event.get("status", "")).upper() == "CANCELLED"


def _moment(value: date | datetime) -> datetime:
    """Give a time in UTC; days and times without a zone are by the practice's clock."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001, the zone comes below
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    return value.astimezone(UTC)
