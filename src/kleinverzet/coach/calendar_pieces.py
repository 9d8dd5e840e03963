"""Taking a calendar file apart into its events, so that a broken one breaks no other.

An event and its changed instances share a number and are read together, with only those time zones
that no table of zones knows. What lies wholly outside the span is left out before anything is
parsed: a calendar of ten years costs as much as one of four months.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from zoneinfo import available_timezones

from kleinverzet.coach.calendar_faults import Failed, Fault

# Time zones differ by at most 26 hours.
MARGIN = timedelta(days=2)

_WHOLE = re.compile(r"\s*BEGIN:VCALENDAR\b.*\bEND:VCALENDAR\b", re.IGNORECASE | re.DOTALL)
_FOLD = re.compile(r"\r?\n[ \t]")
_ENDS = re.compile(r"\r\n|\r|\n")
_EDGE = re.compile(r"(BEGIN|END):\s*([\w-]+)\s*$", re.IGNORECASE)
_KINDS = {"VEVENT", "VTIMEZONE"}
# Of an event nothing else is even parsed: no title, no guest, no alarm.
_OF_TIME = re.compile(
    r"(UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|SEQUENCE)"
    r"[;:]",
    re.IGNORECASE,
)
_UID = re.compile(r"^UID(?:;[^:]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_ZONE = re.compile(r"TZID=\"?([^\":;]+)\"?", re.IGNORECASE)
_ZONE_NAME = re.compile(r"^TZID(?:;[^:]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_AGAIN = re.compile(r"^(RRULE|RDATE|RECURRENCE-ID)[;:]", re.IGNORECASE | re.MULTILINE)
_STARTS = re.compile(r"^DTSTART(?:;[^:]*)?:(\d{4})(\d\d)(\d\d)", re.IGNORECASE | re.MULTILINE)
_STOPS = re.compile(r"^DTEND(?:;[^:]*)?:(\d{4})(\d\d)(\d\d)", re.IGNORECASE | re.MULTILINE)
_HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//piece//1.0//\r\n"
_TAIL = "END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """All of one event.

    Attributes:
        uid: Its number.
        events: Its text, and that of each changed instance.
        zones: Texts of time zones that they name and nobody knows.
    """

    uid: str = field(repr=False)
    events: tuple[str, ...] = field(repr=False)
    zones: tuple[str, ...] = field(repr=False, default=())

    def as_calendar(self, *, with_zones: bool) -> str:
        """Give it as a calendar file of its own."""
        return "".join((_HEAD, *(self.zones if with_zones else ()), *self.events, _TAIL))


def pieces(content: bytes, first: date, last: date) -> Iterator[Piece]:
    """Give the events of a calendar file that can touch these days.

    Raises:
        Failed: If it is no calendar, or one that broke off: what is missing must not read as free.
    """
    blocks: dict[str, list[str]] = {"VEVENT": [], "VTIMEZONE": []}
    for kind, block in _blocks(_unfolded(content)):
        blocks[kind].append(block)
    zones = {_named(_ZONE_NAME, block): block for block in blocks["VTIMEZONE"]}
    grouped: dict[str, list[str]] = {}
    for block in blocks["VEVENT"]:
        grouped.setdefault(_named(_UID, block) or _made_uid(block), []).append(block)
    for uid, events in grouped.items():
        if any(_can_touch(event, first, last) for event in events):
            yield Piece(uid, tuple(events), tuple(_zones_of(events, zones)))


def _unfolded(content: bytes) -> str:
    text = content.decode("utf-8-sig", "replace").replace("\0", "")
    if not _WHOLE.match(text):
        raise Failed(Fault.GARBAGE)
    return _FOLD.sub("", text)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Give each event and time zone; one that never ends is none."""
    kind, within, lines = "", 0, list[str]()
    for line in _ENDS.split(text):
        edge = _EDGE.match(line)
        name = edge[2].upper() if edge else ""
        if edge and edge[1].upper() == "BEGIN" and name in _KINDS:
            kind, within, lines = name, 0, []
        elif edge and kind:
            within += 1 if edge[1].upper() == "BEGIN" else -1
        if kind and (name == kind or kind == "VTIMEZONE" or _is_kept(line, within)):
            lines.append(line)
        if kind and within < 0:
            if name == kind:
                yield kind, "\r\n".join(lines) + "\r\n"
            kind = ""


def _is_kept(line: str, within: int) -> bool:
    """Tell whether a line of an event is about its time; those of an alarm within it are not."""
    return within == 0 and bool(_OF_TIME.match(line))


def _named(pattern: re.Pattern[str], block: str) -> str:
    found = pattern.search(block)
    return found[1].strip() if found else ""


def _made_uid(block: str) -> str:
    return sha256(block.encode()).hexdigest()


def _zones_of(events: list[str], zones: dict[str, str]) -> Iterator[str]:
    named = {name.strip() for event in events for name in _ZONE.findall(event)}
    for name in sorted(named - _known()):
        if name in zones:
            yield zones[name]


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def _can_touch(event: str, first: date, last: date) -> bool:
    """Tell whether an event can lie in these days; one that comes back always can."""
    if _AGAIN.search(event):
        return True
    starts, stops = _day(_STARTS, event), _day(_STOPS, event)
    if starts and starts > last + MARGIN:
        return False
    return not (stops and stops < first - MARGIN)


def _day(pattern: re.Pattern[str], event: str) -> date | None:
    found = pattern.search(event)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
