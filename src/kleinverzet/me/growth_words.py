"""The growth page's words: what `growth` counted, as its templates show it in somebody's language.

Templates decide nothing. What a picture says to those who see it and what its table says to those
who do not are made here, side by side, from the same numbers.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from urllib.parse import urlencode

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.catalogue.shapes import Value
from kleinverzet.catalogue.shelves import Catalogue
from kleinverzet.me import figures, growth, titles, wording
from kleinverzet.me.circle import NONE
from kleinverzet.me.figures import Dumbbell, Fan, HalfRings
from kleinverzet.me.growth import Acts, Break, Lived, Place, Quote, Range, Shift, Shifts, Where

LARGE = 5
LONGEST_QUOTE = 400
# How many bands fit side by side, and what a row of values is called that holds at most so many.
_FITS = (15, 18, 21, 25)

FORMS = {
    "ask": _("Vragen"),
    "pause": _("Pauze nemen"),
    "postpone": _("Uitstellen"),
    "do_differently": _("Anders doen"),
    "support": _("Iemand steunen"),
    "voice": _("Uitspreken"),
    "contest": _("Tegenspreken"),
    "propose": _("Voorstellen"),
}
_NUMBERS = {
    2: _("Twee"),
    3: _("Drie"),
    4: _("Vier"),
    5: _("Vijf"),
    6: _("Zes"),
    7: _("Zeven"),
    8: _("Acht"),
    9: _("Negen"),
    10: _("Tien"),
    11: _("Elf"),
}
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One row of the first figure, and of its table."""

    id: uuid.UUID
    at: datetime
    title: str
    note: str
    picture: Dumbbell
    says: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BreakRow:
    """A row that only says that nothing was written for a while."""

    words: str


@dataclass(frozen=True, slots=True)
class ValueRing:
    """A value with its half rings and its count."""

    name: str
    count: int
    rings: HalfRings


@dataclass(frozen=True, slots=True)
class Values:
    """The second figure: a few values large, the rest as words; `fits` names its row's size."""

    large: tuple[ValueRing, ...]
    rest: tuple[ValueRing, ...]
    each: int
    fits: int


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form of act with its number in the fan."""

    number: int
    name: str
    acts: Acts


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One setting in the table of where."""

    name: str
    where: Where


@dataclass(frozen=True, slots=True)
class Reach:
    """The third figure: the fan, its keys, and the table of where."""

    fan: Fan
    quiet: tuple[FormRow, ...]
    active: tuple[FormRow, ...]
    own: Acts
    places: tuple[PlaceRow, ...]


def rows_of(shifts: Shifts, catalogue: Catalogue) -> list[ShiftRow | BreakRow]:
    """Give the rows of one page of the first figure."""
    return [
        BreakRow(break_words(row.days)) if isinstance(row, Break) else _shift_row(row, catalogue)
        for row in shifts.rows
    ]


def break_words(days: int) -> str:
    """Say for how long nothing was written; it belongs to it."""
    if days < 9 * 7:
        many = _NUMBERS[days // 7]
        return gettext("%(many)s weken niets geschreven. Dat hoort erbij.") % {"many": many}
    months = int(days / _DAYS_A_MONTH)
    if months in _NUMBERS:
        many = _NUMBERS[months]
        return gettext("%(many)s maanden niets geschreven. Dat hoort erbij.") % {"many": many}
    return gettext("Een jaar of langer niets geschreven. Dat hoort erbij.")


def query_of(place: Place) -> str:
    """Give the end of a page's address; it names a month, and nothing that somebody wrote."""
    if not place.month:
        return ""
    skipped = {"over": place.skipped} if place.skipped else {}
    return "?" + urlencode({"tot": place.month, **skipped})


def years_of(months: Iterable[str]) -> list[tuple[str, list[tuple[str, date]]]]:
    """Give the months that hold rows under their years, each with its first day."""
    return [
        (year, [(month, day_of(month)) for month in group])
        for year, group in groupby(months, key=lambda month: month[:4])
    ]


def day_of(month: str) -> date:
    """Give the first day of a month such as "2026-03"."""
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date()


def values_of(lived: Sequence[Lived], known: Mapping[str, Value]) -> Values:
    """Give the second figure; values that have left the catalogue since stand together, unnamed."""
    gone = sum(one.count for one in lived if one.id not in known)
    named = [
        (wording.value_words(known[one.id]).name, one.count) for one in lived if one.id in known
    ]
    if gone:
        named.append((gettext("wat niet meer in de lijst staat"), gone))
    each, bands = figures.bands_of([count for _name, count in named])
    found = [
        ValueRing(name, count, figures.half_rings(n))
        for (name, count), n in zip(named, bands, strict=True)
    ]
    large = tuple(found[:LARGE])
    width = sum(one.rings.count for one in large)
    return Values(large, tuple(found[LARGE:]), each, next(fits for fits in _FITS if width <= fits))


def reach_of(done: Range) -> Reach:
    """Give the third figure."""
    found = [FormRow(n, str(FORMS[acts.form]), acts) for n, acts in enumerate(done.forms, 1)]
    quiet, active = found[: len(growth.QUIET)], found[len(growth.QUIET) :]
    return Reach(
        fan=figures.fan(_capped(quiet), _capped(active)),
        quiet=tuple(quiet),
        active=tuple(active),
        own=done.own,
        places=tuple(PlaceRow(_setting(one.setting), one) for one in done.places),
    )


def short(quote: Quote) -> str:
    """Give a quote, or its beginning where it is long."""
    return Truncator(quote.words.strip()).chars(LONGEST_QUOTE, truncate="…")


def level_words(level: int) -> str:
    """Give a tension as its word in lower case; empty for none."""
    return str(wording.TENSIONS[level][0]).lower() if level else ""


def _shift_row(shift: Shift, catalogue: Catalogue) -> ShiftRow:
    told = shift.entry.story
    return ShiftRow(
        id=shift.entry.id,
        at=shift.at,
        title=titles.title_of(told, catalogue),
        note=", ".join(_notes(shift)),
        picture=figures.dumbbell(shift.before, shift.after),
        says=_says(shift),
        before=level_words(shift.before),
        after=level_words(shift.after),
    )


def _notes(shift: Shift) -> Iterable[str]:
    """Give where it was, and that nothing was done by choice where the title does not say so."""
    told = shift.entry.story
    if setting := titles.setting_of(told):
        yield setting
    if shift.is_chosen and told.answers.act != NONE:
        yield gettext("zelf gekozen")


def _says(shift: Shift) -> str:
    """Say in a sentence what a dumbbell shows."""
    known = {"before": _of_five(shift.before), "after": _of_five(shift.after)}
    if shift.before and shift.after:
        return gettext("Spanning ervoor: %(before)s. Erna: %(after)s.") % known
    if shift.before:
        return gettext("Spanning ervoor: %(before)s. Erna nog niet gezegd.") % known
    if shift.after:
        return gettext("Spanning ervoor niet gezegd. Erna: %(after)s.") % known
    return gettext("Geen spanning gezegd.")


def _of_five(level: int) -> str:
    return gettext("%(word)s, %(n)d van 5") % {"word": level_words(level), "n": level}


def _capped(rows: Iterable[FormRow]) -> tuple[int, ...]:
    """Give what a fan can show; also keeps the fans in memory few."""
    return tuple(min(row.acts.count, figures.MOST_BANDS) for row in rows)


def _setting(code: str) -> str:
    known = wording.SETTINGS.get(code)
    return str(known) if known else gettext("Niet gezegd waar")
