"""What a case of open times looks like as JSON: for tables of cases that are written elsewhere.

It holds whatever whoever wrote the file put into it, and keeps nothing.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

WEEKDAYS = (
    ("monday", "mon", "maandag", "ma"), ("tuesday", "tue", "dinsdag", "di"),
    ("wednesday", "wed", "woensdag", "wo"), ("thursday", "thu", "donderdag", "do"),
    ("friday", "fri", "vrijdag", "vr"), ("saturday", "sat", "zaterdag", "za"),
    ("sunday", "sun", "zondag", "zo"),
)  # fmt: skip
UNITS = {"": 1, "m": 1, "min": 1, "h": 60, "u": 60, "d": 24 * 60, "day": 24 * 60, "days": 24 * 60}
SPAN = re.compile(r"(\d+) *([a-z]*)")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
EARLIEST, LATEST = date(1971, 1, 1), date(2199, 12, 31)
SYNONYMS = {"visit": "home", "home_visit": "home", "video": "online", "office": "practice"}


def _minutes(given: Any) -> Any:
    """Take "24 h" for 1440; numbers are minutes already."""
    if not isinstance(given, str):
        return given
    found = SPAN.fullmatch(given.strip().lower())
    if not found or found[2] not in UNITS:
        raise ValueError(f'{given!r} is no number of minutes such as 90, "90 min" or "24 h"')
    return int(found[1]) * UNITS[found[2]]


def _clock(given: Any) -> Any:
    """Take "09:30" for 570, and "9" in quotes for 540; bare numbers are minutes already."""
    if not isinstance(given, str):
        return given
    found = CLOCK.fullmatch(given.strip())
    if not found or int(found[2] or 0) > 59:
        raise ValueError(f"{given!r} is no time of day such as 09:30")
    return int(found[1]) * 60 + int(found[2] or 0)


def _weekday(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    for number, names in enumerate(WEEKDAYS):
        if given.strip().lower() in names:
            return number
    raise ValueError(f"{given!r} is no day of the week such as monday; or 0, which is Monday")


def _listed(given: Any) -> Any:
    return given if isinstance(given, list | None) else [given]


def _mode(given: Any) -> Any:
    plain = given.strip().lower().replace(" ", "_") if isinstance(given, str) else given
    return SYNONYMS.get(plain, plain) if isinstance(plain, str) else plain


def _of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Take a list, such as ["10:00", "11:00"], for an object with these names."""

    def taken(given: Any) -> Any:
        is_short = isinstance(given, list) and len(given) == len(names)
        return dict(zip(names, given, strict=True)) if is_short else given

    return taken


def _moment(given: Any) -> Any:
    """Leave text as it is: it becomes a moment once the zone and the first date are known."""
    if isinstance(given, str) and given.strip():
        return given.strip()
    raise ValueError("give a time such as 2026-06-10T10:00, 2026-06-10T10:00+02:00 or 10:00")


def _day(given: Any) -> Any:
    try:
        day = date.fromisoformat(given)
    except (TypeError, ValueError):
        raise ValueError(f"{given!r} is no date such as 2026-06-10") from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} lies outside {EARLIEST} to {LATEST}")
    return day


Minutes = Annotated[
    int, BeforeValidator(_minutes), Field(ge=0, le=366 * 24 * 60),
    WithJsonSchema({"type": ["integer", "string"], "examples": [90, "90 min", "24 h"]}),
]  # fmt: skip
Clock = Annotated[
    int, BeforeValidator(_clock), Field(ge=0, le=24 * 60),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["09:30", 570, "24:00"]}),
]  # fmt: skip
Weekday = Annotated[
    int, BeforeValidator(_weekday), Field(ge=0, le=6),
    WithJsonSchema({"type": ["integer", "string"], "examples": [0, "monday", "ma"]}),
]  # fmt: skip
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    str, BeforeValidator(_moment),
    WithJsonSchema(
        {"type": "string", "examples": ["2026-06-10T10:00", "2026-06-10T08:00Z", "10:00"]}
    ),
]  # fmt: skip
Mode = Annotated[Literal["online", "home", "practice"], BeforeValidator(_mode)]


class Shape(BaseModel):
    """What all shapes share: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(Shape):
    """Hours of a day. An appointment begins at its start or a whole number of steps later."""

    weekdays: Annotated[list[Weekday] | None, BeforeValidator(_listed)] = Field(
        None, validation_alias=AliasChoices("weekdays", "weekday", "days", "day"),
        description="Numbers (0 is Monday) or names; left out: every day. Not on dated exceptions.",
    )  # fmt: skip
    starts: Clock = Field(
        validation_alias=AliasChoices("starts", "start", "from"),
        description="By the practice's clock: 09:30, or minutes after midnight.",
    )
    ends: Clock = Field(
        validation_alias=AliasChoices("ends", "end", "to", "until"),
        description="Likewise, after the start and at most 24:00.",
    )
    modes: Annotated[list[Mode] | None, BeforeValidator(_listed)] = Field(
        None, validation_alias=AliasChoices("modes", "mode"),
        description="online, home, practice; left out: every mode, or those its places are for.",
    )  # fmt: skip
    places: Annotated[list[str] | None, BeforeValidator(_listed)] = Field(
        None, validation_alias=AliasChoices("places", "place"),
        description="For home visits: the towns; left out: every town of the travel table.",
    )  # fmt: skip


class Exceptional(Shape):
    """A date that is unlike its weekday. It goes before a public holiday on the same date."""

    date: Day = Field(validation_alias=AliasChoices("date", "from"), description="Which date.")
    to: Day | None = Field(
        None, validation_alias=AliasChoices("to", "until"), description="The last of several."
    )
    closed: bool = Field(False, description="Whether it is closed; so it is without windows.")
    windows: list[Window] = Field([], description="Its hours, in place of the weekly ones.")


class Booking(Shape):
    """An appointment of one's own."""

    start: Moment = Field(
        validation_alias=AliasChoices("start", "starts", "starts_at", "from"),
        description="With an offset, or by the practice's clock; 10:00 alone: on the date `from`.",
    )
    end: Moment | None = Field(
        None, validation_alias=AliasChoices("end", "ends", "ends_at", "to"),
        description="Likewise; left out: `duration` later.",
    )  # fmt: skip
    mode: Mode | None = Field(
        None, description="Left out: what its place is for; without a place it adds no travel."
    )
    place: str | None = Field(None, description="The town of a home visit.")
    before: Minutes = Field(0, description="Minutes that are kept free before it.")
    after: Minutes = Field(0, description="Minutes that are kept free after it.")
    state: str = Field(
        "booked", description="cancelled, lapsed, declined, refused and expired do not count; "
        "every other state does: held, pending, offered, booked …",
    )  # fmt: skip


class Event(Shape):
    """An event of a calendar elsewhere."""

    start: Moment = Field(
        validation_alias=AliasChoices("start", "starts", "starts_at", "dtstart", "from"),
        description="As of a booking; a bare date is midnight.",
    )
    end: Moment = Field(
        validation_alias=AliasChoices("end", "ends", "ends_at", "dtend", "to"),
        description="Likewise; the moment at which it is over, so the day after a whole day.",
    )
    status: str = Field("CONFIRMED", description="CANCELLED does not count.")
    transparency: str = Field(
        "OPAQUE", validation_alias=AliasChoices("transparency", "transp"),
        description="TRANSPARENT does not count.",
    )  # fmt: skip
    place: str | None = Field(None, description="Where it is; left out: it adds no travel.")


class Trip(Shape):
    """How long it takes from one place to another; good for both ways."""

    here: str = Field(validation_alias=AliasChoices("from", "here", "a"), description="A place.")
    there: str = Field(validation_alias=AliasChoices("to", "there", "b"), description="Another.")
    minutes: Minutes = Field(description="How long.")


def _trips(given: Any) -> Any:
    """Take {"P": {"K": 20}} and {"P-K": 20} for a list of trips."""
    if not isinstance(given, dict):
        return given
    found: list[Any] = []
    for here, rest in given.items():
        if isinstance(rest, dict):
            found += [[here, there, minutes] for there, minutes in rest.items()]
        else:
            found.append([*(part.strip() for part in here.split("-", 1)), rest])
    return found


def _holidays(given: Any) -> Any:
    return [
        one.strip().upper() if isinstance(one, str) and one.strip().isalpha() else _day(one)
        for one in _listed(given) or []
    ]


class Case(Shape):
    """One case: hours, what is taken, what is wanted, and from which date to which.

    Times without an offset are by the practice's clock. One that the clock skips in spring moves
    forward; one that it shows twice in autumn is the first. Intervals are half-open. Durations
    are minutes, or text such as "24 h".
    """

    name: str = Field("", description="What the case is about; not used.")
    zone: str = Field(
        "Europe/Amsterdam", validation_alias=AliasChoices("zone", "timezone", "tz"),
        description="The practice's time zone.",
    )  # fmt: skip
    practice: str = Field("practice", description="What the practice is called in this case.")
    windows: list[Annotated[Window, BeforeValidator(_of(("starts", "ends")))]] = Field(
        validation_alias=AliasChoices("windows", "hours"),
        description='Weekly hours; ["09:00", "13:00"] is such hours every day.',
    )
    exceptions: list[Exceptional] = Field([], description="Dates unlike their weekday.")
    holidays: Annotated[list[date | str], BeforeValidator(_holidays)] = Field(
        [], description='Dates that are closed, and country codes such as "NL" for all of theirs.'
    )
    country: str | None = Field(None, description='Also closed: public holidays, such as of "NL".')
    duration: Minutes = Field(
        60, ge=1, validation_alias=AliasChoices("duration", "minutes", "length"),
        description="How long the appointment takes.",
    )  # fmt: skip
    step: Minutes | None = Field(
        None, ge=1, description="How far apart starts lie; left out: as long as it takes."
    )
    before: Minutes = Field(0, description="Kept free before it; may lie outside of hours.")
    after: Minutes = Field(0, description="Kept free after it; may lie outside of hours.")
    notice: Minutes = Field(0, description="A start lies at least so long after `now`.")
    horizon: int | None = Field(
        None, ge=0, description="How many dates after today; left out: without end."
    )
    most_a_day: int | None = Field(
        None, ge=0, validation_alias=AliasChoices("most_a_day", "max_per_day", "max_a_day"),
        description="How many bookings there may be on a date; left out or 0: as many as fit.",
    )  # fmt: skip
    bookings: list[Annotated[Booking, BeforeValidator(_of(("start", "end")))]] = Field(
        [], description="Own appointments."
    )
    events: list[Annotated[Event, BeforeValidator(_of(("start", "end")))]] = Field(
        [], validation_alias=AliasChoices("events", "busy"),
        description='Calendars elsewhere; ["10:00", "11:00"] is short for start and end.',
    )  # fmt: skip
    travel: Annotated[
        list[Annotated[Trip, BeforeValidator(_of(("from", "to", "minutes")))]],
        BeforeValidator(_trips),
    ] = Field([], description='Trips: objects, [["P", "K", 20]], or {"P": {"K": 20}}.')
    mode: Mode | None = Field(
        None, description="What is wanted; left out: home with a town as place, else practice."
    )
    place: str | None = Field(
        None, validation_alias=AliasChoices("place", "town"), description="The town, for home."
    )
    online_from: Literal["practice", "anywhere"] = Field(
        "anywhere", description="From where one talks online; anywhere adds no travel."
    )
    travel_inside: bool = Field(
        False, description="Whether trips from and to the practice lie within the hours too."
    )
    now: Moment | None = Field(
        None, description="Left out: long ago, and notice and horizon do not matter."
    )
    first: Day = Field(
        validation_alias=AliasChoices("from", "first", "date", "day"),
        description="The first date to look at.",
    )
    last: Day | None = Field(
        None, validation_alias=AliasChoices("to", "last", "until"),
        description="The last, included; left out: the first.",
    )  # fmt: skip
    visitor_zone: str | None = Field(
        None, description="Times are also given by the clock of this time zone."
    )


def aware(given: str, zone: ZoneInfo, first: date) -> datetime:
    """Give the moment that a text stands for, in UTC.

    Raises:
        ValueError: If it is none.
    """
    try:
        if clock := CLOCK.fullmatch(given):
            at = datetime.combine(first, time()) + timedelta(minutes=_clock(clock[0]))
        else:
            at = datetime.fromisoformat(given)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{given!r} is no time such as 2026-06-10T10:00") from None
