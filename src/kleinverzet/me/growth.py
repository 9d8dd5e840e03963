"""What somebody's own stories tell of what moved: counted plainly, weighed nowhere.

Pure: from stories to what is drawn, for their owner alone. It knows neither rows nor keys and keeps
nothing. There is no score in it, no streak and no total that praises.
"""

import uuid
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from heapq import nlargest
from itertools import pairwise

from kleinverzet.catalogue.shapes import Act
from kleinverzet.me.circle import NONE
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.story import CheckIn, Story

# A silence shorter than this is no break; longer ones are told in words, once.
BREAK = timedelta(weeks=3)
# Rows that stand on one page of the figure.
SHOWN = 12
# What somebody noticed, as quotes.
QUOTED = 4

QUIET = ("ask", "pause", "postpone", "do_differently", "support")
ACTIVE = ("voice", "contest", "propose")
FORMS = QUIET + ACTIVE
_DONE = (Outcome.DID, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class Entry:
    """One story that could be read, with its id for its address."""

    id: uuid.UUID
    story: Story


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of rows ends: at the last row of a month, or some rows before it.

    Attributes:
        month: As "2026-03"; empty for the latest.
        skipped: How many rows, counted back from the end of that month, stand on later pages.
    """

    month: str = ""
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """One row: how strong it was before, and how strong afterwards.

    Attributes:
        entry: Whose row it is.
        at: When it began, in the reader's zone.
        before: From 1 to 5; 0 where it was not said.
        after: The last that was said afterwards; 0 where nothing was.
        is_chosen: Whether they chose to do nothing, beforehand or when it came to it.
    """

    entry: Entry
    at: datetime
    before: int
    after: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A time in which nothing was written; it belongs to it."""

    days: int


@dataclass(frozen=True, slots=True)
class Shifts:
    """One page of rows, oldest first, with the ways to the others.

    Attributes:
        rows: Shifts, and the breaks between them.
        earlier: The page before, or None.
        later: The page after, or None.
        months: Every month that holds a row, latest first.
    """

    rows: tuple[Shift | Break, ...]
    earlier: Place | None = None
    later: Place | None = None
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lived:
    """A value, by its id, and how often it was the reason."""

    id: str
    count: int


@dataclass(frozen=True, slots=True)
class Acts:
    """How often acts of one form were done, wholly and partly."""

    form: str
    did: int
    partly: int

    @property
    def count(self) -> int:
        """Both together: partly is done too."""
        return self.did + self.partly


@dataclass(frozen=True, slots=True)
class Where:
    """How often acts were done in one setting; `setting` is empty where it was not said."""

    setting: str
    quiet: int
    active: int
    own: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.quiet + self.active + self.own


@dataclass(frozen=True, slots=True)
class Range:
    """What somebody did, by form and by place.

    Attributes:
        forms: Every form of the catalogue, quiet ones first, the empty ones too.
        own: Acts that the catalogue does not know: their own, mostly.
        places: Only settings in which something was done, most often first, unsaid ones last.
    """

    forms: tuple[Acts, ...]
    own: Acts
    places: tuple[Where, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done yet, as far as was told."""
        return not self.places


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody noticed, in their own words."""

    entry: Entry
    at: datetime
    words: str


def shifts_of(entries: Iterable[Entry], zone: tzinfo, place: Place = Place()) -> Shifts:
    """Give the rows of one page; a place that is not there gives the nearest that is.

    Args:
        entries: All of them, in any order.
        zone: Where the reader is: it decides which month a row belongs to.
        place: Which page.
    """
    latest_first = sorted(entries, key=lambda one: one.story.began, reverse=True)
    if not latest_first:
        return Shifts(())
    months = _Months(one.story.began.astimezone(zone) for one in latest_first)
    start = min(months.start_of(place), len(latest_first) - 1)
    end = min(start + SHOWN, len(latest_first))
    shown = [_shift(one, zone) for one in reversed(latest_first[start:end])]
    older = latest_first[end].story.began if end < len(latest_first) else None
    return Shifts(
        rows=tuple(_with_breaks(shown, older, _written(latest_first))),
        earlier=months.place_of(end) if older else None,
        later=months.place_of(max(start - SHOWN, 0)) if start else None,
        months=months.names,
    )


def lived_in(stories: Iterable[Story]) -> tuple[Lived, ...]:
    """Give the values by how often each was a reason; of two alike the one met first."""
    counted = Counter(id_ for told in stories for id_ in dict.fromkeys(told.values))
    return tuple(Lived(id_, count) for id_, count in counted.most_common())


def range_of(stories: Iterable[Story], acts: Mapping[str, Act]) -> Range:
    """Count what was done, each story once, by the form of its act and by its setting."""
    by_form: Counter[tuple[str, Outcome]] = Counter()
    by_place: Counter[tuple[str, str]] = Counter()
    for told in stories:
        outcome = done_in(told)
        if outcome is not None:
            act = acts.get(told.answers.act)
            by_form[act.form if act else "", outcome] += 1
            by_place[told.answers.setting, act.mode if act else "own"] += 1
    *forms, own = (
        Acts(form, by_form[form, Outcome.DID], by_form[form, Outcome.PARTLY])
        for form in (*FORMS, "")
    )
    return Range(tuple(forms), own, _places(by_place))


def done_in(told: Story) -> Outcome | None:
    """Give whether an act was done or partly done, at any time that somebody looked back."""
    said = {one.outcome for one in told.check_ins}
    return next((outcome for outcome in _DONE if outcome in said), None)


def quotes_of(entries: Iterable[Entry]) -> tuple[Quote, ...]:
    """Give the latest things that somebody noticed, latest first."""
    found = (
        Quote(entry, said.at, said.noticed)
        for entry in entries
        for said in entry.story.check_ins
        if said.noticed.strip()
    )
    return tuple(nlargest(QUOTED, found, key=lambda quote: quote.at))


def after_of(check_ins: Iterable[CheckIn]) -> int:
    """Give how strong it was afterwards, as it was said last; 0 where nobody said."""
    return next((one.tension for one in reversed(tuple(check_ins)) if one.tension), 0)


class _Months:
    """Which rows belong to which month, for rows that stand latest first."""

    def __init__(self, times: Iterable[datetime]) -> None:
        self._of_rows = [f"{at.year}-{at.month:02}" for at in times]
        self._first: dict[str, int] = {}
        for row, month in enumerate(self._of_rows):
            self._first.setdefault(month, row)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._first)

    def start_of(self, place: Place) -> int:
        """Give the first row of a page; past the last row where all are later."""
        if not place.month:
            return place.skipped
        firsts = (row for month, row in self._first.items() if month <= place.month)
        return next(firsts, len(self._of_rows)) + place.skipped

    def place_of(self, row: int) -> Place:
        """Name the page that begins with a row, so that `start_of` finds it again."""
        if row == 0:
            return Place()
        month = self._of_rows[row]
        return Place(month, row - self._first[month])


def _shift(entry: Entry, zone: tzinfo) -> Shift:
    told = entry.story
    last = told.last
    chose = told.answers.act == NONE or (last is not None and last.outcome is Outcome.CHOSE_NOT)
    before = min(max(told.answers.tension, 0), 5)
    at = told.began.astimezone(zone)
    return Shift(entry, at, before, after_of(told.check_ins), chose)


def _written(entries: Sequence[Entry]) -> list[datetime]:
    """Give every time at which somebody wrote, oldest first: looking back is writing too."""
    began = [one.story.began for one in entries]
    return sorted([*began, *(said.at for one in entries for said in one.story.check_ins)])


def _with_breaks(
    shown: Sequence[Shift], older: datetime | None, written: Sequence[datetime]
) -> Iterable[Shift | Break]:
    """Give rows with the breaks between them, and one before the first if there are older rows."""
    before = older
    for shift in shown:
        began = shift.entry.story.began
        if before is not None:
            silence = _longest_silence(written, before, began)
            if silence >= BREAK:
                yield Break(silence.days)
        yield shift
        before = began


def _longest_silence(written: Sequence[datetime], since: datetime, until: datetime) -> timedelta:
    times = written[bisect_right(written, since) : bisect_right(written, until)]
    return max((b - a for a, b in pairwise([since, *times])), default=timedelta())


def _places(counted: Mapping[tuple[str, str], int]) -> tuple[Where, ...]:
    settings = dict.fromkeys(setting for setting, _mode in counted)
    found = (
        Where(setting, *(counted.get((setting, mode), 0) for mode in ("quiet", "active", "own")))
        for setting in settings
    )
    return tuple(sorted(found, key=lambda one: (not one.setting, -one.count)))
