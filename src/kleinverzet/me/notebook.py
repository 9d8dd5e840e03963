"""What somebody writes about themselves over time: a text of their own, and a monthly look.

Sealed like everything here. The five statements are the person's own words about a month; they are
no test, have no norm, and nobody else sees them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers
from kleinverzet.me.models import Notebook
from kleinverzet.vault import rows, sealing
from kleinverzet.vault.keys import Keys

VERSION = 1
STATEMENTS = ("ground", "noticed", "acted", "kind", "beside")
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Month:
    """How a month was, in somebody's own judgement.

    Attributes:
        month: The month as "2026-11".
        marks: For each of `STATEMENTS` that was answered, 0 (not at all) to 4 (entirely).
    """

    month: str
    marks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole notebook.

    Attributes:
        learned: "What I have learned about myself".
        months: One look a month, oldest first.
    """

    learned: str = ""
    months: tuple[Month, ...] = ()

    def having(self, month: Month) -> "Pages":
        """Give the pages with one month added, or put in the place of what it said before."""
        others = [one for one in self.months if one.month != month.month]
        return replace(self, months=tuple(sorted((*others, month), key=lambda one: one.month)))


@dataclass(frozen=True, slots=True)
class Opened:
    """The notebook with its row; no row where nothing was written yet.

    `pages` is None where it cannot be read; it is never overwritten then.
    """

    row: Notebook | None
    pages: Pages | None


def read(keys: Keys) -> Opened:
    """Give somebody's notebook; empty pages where there is none."""
    row = Notebook.objects.filter(person=keys.person).first()
    if row is None:
        return Opened(None, Pages())
    try:
        return Opened(row, unpack(rows.read(row, keys)))
    except (sealing.Unopenable, KeyError, TypeError, ValueError):
        return Opened(row, None)


def write(*, keys: Keys, opened: Opened, pages: Pages) -> None:
    """Put other pages in the place of those that were read.

    Raises:
        rows.Changed: If they were changed, or begun, in the meantime, or cannot be read.
    """
    if opened.pages is None:
        raise rows.Changed
    if opened.row is not None:
        rows.replace(opened.row, pack(pages), keys)
        return
    try:
        with transaction.atomic():
            rows.add(Notebook(), pack(pages), keys)
    except IntegrityError as fault:
        raise rows.Changed from fault


def pack(pages: Pages) -> dict[str, Any]:
    """Give the pages as plain JSON values."""
    months = [{"month": one.month, "marks": dict(one.marks)} for one in pages.months]
    return {"v": VERSION, "learned": pages.learned, "months": months}


def unpack(packed: Mapping[str, Any]) -> Pages:
    """Give the pages that were packed.

    Raises:
        KeyError, TypeError, ValueError: If the shape is not one of ours.
    """
    months = (_unpack_month(one) for one in packed.get("months", ()))
    return Pages(learned=str(packed.get("learned", "")), months=tuple(months))


def drop(person: Any) -> int:
    """Delete somebody's notebook."""
    return Notebook.objects.filter(person=person).delete()[0]


def _unpack_month(packed: Mapping[str, Any]) -> Month:
    marks = {
        name: min(max(int(packed["marks"][name]), 0), HIGHEST)
        for name in STATEMENTS
        if name in packed["marks"]
    }
    return Month(str(packed["month"]), marks)


def _export(person: Any, keys: Keys) -> Iterable[dict[str, Any]]:
    opened = read(keys)
    if opened.row is not None:
        yield pack(opened.pages) if opened.pages else {"unreadable": True}


personal_data.holds(
    Notebook,
    why=_("Wat je over jezelf schrijft, en hoe je terugkijkt op een maand, verzegeld."),
    read_by=Readers.OWNER,
    erased=_("Eerst de sleutel, dan de tekst: per stuk als je het wist, of alles als je weggaat."),
    export=_export,
    erase=drop,
)
