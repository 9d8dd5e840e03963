"""Where somebody stands while planning: what for, how, where, which day and which time.

All of it is a public choice, so it may stand in an address, in the reader's own words; nobody is in
it. What somebody types about themselves never is. Nothing is kept here.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import register_converter, reverse
from django.utils.text import slugify
from django.utils.translation import get_language

from kleinverzet.coach.models import Kind, Mode

# A field is called `time` too.
TimeOfDay = time
PRACTICE_ZONE = ZoneInfo("Europe/Amsterdam")
MODES = {
    "nl": {Mode.ONLINE: "online", Mode.HOME: "thuis", Mode.PRACTICE: "praktijk"},
    "en": {Mode.ONLINE: "online", Mode.HOME: "at-home", Mode.PRACTICE: "practice"},
}
KINDS = {
    "nl": {Kind.INTAKE: "intake", Kind.FOLLOW_UP: "vervolg", Kind.TEAM_TALK: "teamgesprek"},
    "en": {Kind.INTAKE: "intake", Kind.FOLLOW_UP: "follow-up", Kind.TEAM_TALK: "team-talk"},
}
_PARTS = ("goal", "mode", "town", "month", "day", "time")
_CLOCK = re.compile(r"([0-9]{2})\.([0-9]{2})(-2)?")


@dataclass(frozen=True, slots=True)
class Goal:
    """What an appointment is for, and how many minutes it takes."""

    kind: Kind
    minutes: int


@dataclass(frozen=True, slots=True)
class Way:
    """How far somebody has come.

    Attributes:
        goal: What it is for; none is an intake of the usual length.
        mode: How they will talk; none before that was chosen, as with all below.
        town: For a visit: the town's name as an address writes it.
        month: The first day of the month that is looked at.
        day: The day, and `time` the time, by the practice's clock.
        is_framed: Whether this stands in a frame on somebody else's page.
    """

    goal: Goal | None = None
    mode: Mode | None = None
    town: str = ""
    month: date | None = None
    day: date | None = None
    time: TimeOfDay | None = None
    is_framed: bool = False

    @property
    def address(self) -> str:
        """Where this stands, in the language in use."""
        given = self._given()
        if self.day:
            given.pop("month", None)
        return reverse(f"coach:{name_of(given, is_framed=self.is_framed)}", kwargs=given)

    @property
    def waiting_address(self) -> str:
        """Where somebody gets on the waiting list for this way to talk, whatever the day."""
        given = {name: said for name, said in self._given().items() if name in _PARTS[:3]}
        name = name_of(given, is_framed=self.is_framed, is_waiting=True)
        return reverse(f"coach:{name}", kwargs=given)

    @property
    def starts_at(self) -> datetime | None:
        """When the chosen time is, in UTC; None where the clock skips it, or none was chosen."""
        if self.day is None or self.time is None:
            return None
        local = datetime.combine(self.day, self.time, PRACTICE_ZONE)
        moment = local.astimezone(UTC)
        return moment if same_clock(clock(moment), self.time) else None

    def of_day(self, day: date) -> str:
        """Give where a day's times are."""
        return f"{self.at(day=day).address}#laat"

    def of_month(self, first: date) -> str:
        """Give where a month is."""
        return f"{self.at(month=first).address}#dag"

    def _given(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in _PARTS}
        return {name: value for name, value in said.items() if value is not None and value != ""}

    def at(self, **changes: Any) -> "Way":
        """Give the way with other choices; whatever comes after the first of them falls away."""
        first = min(_PARTS.index(name) for name in changes)
        gone: dict[str, Any] = dict.fromkeys(_PARTS[first + 1 :])
        gone |= {"town": ""} if "town" in gone else {}
        return replace(self, **(gone | changes))


def name_of(given: Container[str], *, is_framed: bool, is_waiting: bool = False) -> str:
    """Name the address in which these parts stand."""
    parts = [part for part in _PARTS if part in given]
    name = "_".join(parts) if parts else "start"
    name = f"wait_{name}" if is_waiting else name
    return f"frame_{name}" if is_framed else name


def slug_of(town: str) -> str:
    """Write a town's name as an address does."""
    return slugify(town)


def clock(moment: datetime) -> time:
    """Give the time by the practice's clock; the second 02.30 of a long night has fold 1."""
    local = moment.astimezone(PRACTICE_ZONE)
    return time(local.hour, local.minute, fold=local.fold)


def same_clock(one: time, other: time) -> bool:
    """Tell whether two times are the same; Python's own == does not look at `fold`."""
    return one == other and one.fold == other.fold


class _Words:
    """A part of an address that is a word of its language."""

    regex = "[a-z-]+"
    words: dict[str, dict[Any, str]] = MODES

    def to_python(self, text: str) -> Any:
        """Give what a word means; only words of the language in use count."""
        for meaning, word in _of_language(self.words).items():
            if word == text:
                return meaning
        raise ValueError(text)

    def to_url(self, meaning: Any) -> str:
        """Give the word."""
        return _of_language(self.words)[meaning]


class _ModePart(_Words):
    """How one talks: online, thuis, praktijk."""


class _GoalPart:
    """What it is for, and how long: vervolg-45."""

    regex = "[a-z-]+-[0-9]{2,3}"

    def to_python(self, text: str) -> Goal:
        """Give what it says."""
        word, _, minutes = text.rpartition("-")
        for kind, name in _of_language(KINDS).items():
            if name == word:
                return Goal(kind, int(minutes))
        raise ValueError(text)

    def to_url(self, goal: Goal) -> str:
        """Write it."""
        return f"{_of_language(KINDS)[goal.kind]}-{goal.minutes}"


class _MonthPart:
    """A month: 2026-12."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, text: str) -> date:
        """Give its first day; a month that there is not is no address."""
        return date.fromisoformat(f"{text}-01")

    def to_url(self, month: date) -> str:
        """Write it."""
        return f"{month:%Y-%m}"


class _DayPart:
    """A day: 2026-12-08."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> date:
        """Give the date; the thirtieth of February is no address."""
        return date.fromisoformat(text)

    def to_url(self, day: date) -> str:
        """Write it."""
        return day.isoformat()


class _TimePart:
    """A time by the practice's clock: 13.30, and 02.30-2 when that comes twice in a night."""

    regex = r"[0-9]{2}\.[0-9]{2}(?:-2)?"

    def to_python(self, text: str) -> time:
        """Give the time; 25.00 is no address."""
        found = _CLOCK.fullmatch(text)
        if found is None:
            raise ValueError(text)
        return time(int(found[1]), int(found[2]), fold=1 if found[3] else 0)

    def to_url(self, moment: time) -> str:
        """Write it."""
        return f"{moment:%H.%M}{'-2' if moment.fold else ''}"


def _of_language(words: dict[str, dict[Any, str]]) -> dict[Any, str]:
    return words["en" if get_language() == "en" else "nl"]


register_converter(_ModePart, "mode")
register_converter(_GoalPart, "goal")
register_converter(_MonthPart, "month")
register_converter(_DayPart, "day")
register_converter(_TimePart, "clock")
