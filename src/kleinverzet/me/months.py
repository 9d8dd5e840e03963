"""A look back at a month: five short statements, in one's own judgement, for nobody else.

They are no test: there is no norm, no sum and no diagnosis. Each answer is drawn as the word that
somebody chose, and a month without one stays empty.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import figures, notebook
from kleinverzet.me.figures import Line
from kleinverzet.me.moment import ZONE
from kleinverzet.me.notebook import STATEMENTS, Month, Pages
from kleinverzet.ui import chips
from kleinverzet.ui.chips import Chip
from kleinverzet.vault import rows
from kleinverzet.vault.keys import Keys

SHOWN = 12
FIRST_DAYS = timedelta(days=7)
_TRIES = 5

WORDS = {
    "ground": _("Ik weet waar ik voor sta."),
    "noticed": _("Ik merkte spanning op en nam die serieus."),
    "acted": _("Ik deed iets kleins dat bij me past."),
    "kind": _("Ik kon mild zijn voor mezelf."),
    "beside": _("Ik wist bij wie ik terechtkon."),
}
MARKS = (
    _("helemaal niet"),
    _("een beetje"),
    _("redelijk"),
    _("grotendeels"),
    _("helemaal"),
)
# Whoever takes an answer back presses this; it is the same as never having answered.
OPEN = _("laat ik open")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class MonthForm(forms.Form):
    """The five statements, each open until somebody says something."""

    def __init__(self, month: Month, data: Any = None) -> None:
        super().__init__(data, initial=dict(month.marks))
        for name in STATEMENTS:
            self.fields[name] = forms.TypedChoiceField(
                required=False,
                coerce=int,
                empty_value=None,
                choices=list(enumerate(MARKS)),
                error_messages={
                    "invalid_choice": _("Dit antwoord kennen we niet. Kies er een die hier staat.")
                },
            )

    def marks(self) -> dict[str, int]:
        """Give what was answered, from a valid form."""
        return {name: mark for name, mark in self.cleaned_data.items() if mark is not None}

    def drawn(self) -> list[dict[str, Any]]:
        """Give each statement with its answers to pick from."""
        return [
            {
                "name": name,
                "words": WORDS[name],
                "chips": chips.draw("radio", name, _answers(), self._picked(name)),
                "field": self[name],
            }
            for name in STATEMENTS
        ]

    def _picked(self, name: str) -> set[str]:
        value = self[name].value()
        return set() if value in (None, "") else {str(value)}


@dataclass(frozen=True, slots=True)
class Said:
    """What one statement was answered with in one month."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """One statement over the months: its line of the last twelve, and all of it in words."""

    words: str
    line: Line
    said: tuple[Said, ...]

    @property
    def last(self) -> Said | None:
        """The latest answer."""
        return self.said[-1] if self.said else None


@dataclass(frozen=True, slots=True)
class Tick:
    """A month's name below the lines."""

    x: str
    day: date


def month_of(now: datetime) -> str:
    """Give the month that it is, as "2026-11"."""
    return f"{now.astimezone(ZONE):%Y-%m}"


def at_hand(now: datetime) -> str:
    """Give the month to look back on: in its first week a month has nothing to say yet."""
    return month_of(now - FIRST_DAYS)


def meant(month: str, now: datetime) -> str:
    """Give the month that a form is about: the one at hand, or the last if it was opened then."""
    this = at_hand(now)
    last = f"{_day(_count(this) - 1):%Y-%m}"
    return last if month == last else this


def day_of(month: str) -> date:
    """Give the first day of a month."""
    return date.fromisoformat(f"{month}-01")


def one_of(pages: Pages, month: str) -> Month:
    """Give what was said of a month; nothing yet is a month without marks."""
    return next((one for one in pages.months if one.month == month), Month(month))


def keep(keys: Keys, month: str, marks: Mapping[str, int]) -> None:
    """Keep a month's answers, whatever else was written in the notebook meanwhile.

    Raises:
        rows.Changed: If the notebook cannot be read, or never stands still.
    """
    for _try in range(_TRIES):
        opened = notebook.read(keys)
        try:
            return notebook.write(keys=keys, opened=opened, pages=_with(opened.pages, month, marks))
        except rows.Changed:
            if opened.pages is None:
                raise
    raise rows.Changed


def looks_of(pages: Pages, now: datetime) -> tuple[Look, ...]:
    """Give the five statements as they were answered over the months."""
    last = _count(month_of(now))
    return tuple(_look(name, pages, last) for name in STATEMENTS)


def ticks_of(now: datetime) -> tuple[Tick, ...]:
    """Give every third month's name, for the months that lines show."""
    last = _count(month_of(now))
    return tuple(
        Tick(figures.at_month(n, SHOWN), _day(last - SHOWN + 1 + n)) for n in range(2, SHOWN, 3)
    )


def _with(pages: Pages | None, month: str, marks: Mapping[str, int]) -> Pages:
    pages = pages or Pages()
    if marks:
        return pages.having(Month(month, dict(marks)))
    return replace(pages, months=tuple(one for one in pages.months if one.month != month))


def _look(name: str, pages: Pages, last: int) -> Look:
    marked = [(one.month, one.marks[name]) for one in pages.months if _is_marked(one, name)]
    first = last - SHOWN + 1
    levels = {_count(month) - first: mark for month, mark in marked}
    shown = {month: mark for month, mark in levels.items() if 0 <= month < SHOWN}
    said = tuple(Said(day_of(month), str(MARKS[mark])) for month, mark in marked)
    return Look(str(WORDS[name]), figures.line(shown, SHOWN), said)


def _is_marked(month: Month, name: str) -> bool:
    # What came in from a file may call itself a month and be none.
    return name in month.marks and _MONTH.fullmatch(month.month) is not None


def _answers() -> list[Chip]:
    return [*(Chip(str(mark), str(words)) for mark, words in enumerate(MARKS)), Chip("", str(OPEN))]


def _count(month: str) -> int:
    """Give a month as a number, so that neighbours differ by one."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _day(count: int) -> date:
    return date(count // 12, count % 12 + 1, 1)
