"""The register of personal data: how each kind is exported and how it is erased.

Every model of the house stands here exactly once, as one of three: it *holds* something of a
person, it is *anonymous* (about people, leading back to nobody), or it is *impersonal*. A law in
`tests/rules` fails for a model that is missing, and another for an anonymous one from which a
person can be reached.

What is exported stands on its own, so its order is free; it is erased in the order of `to_erase`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from django.db.models import Model

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    # A text that finds its language when it is shown.
    Words = str | _StrPromise

Kind = Literal["holds", "anonymous", "impersonal"]
# Takes the person and their open keys, and gives plain dictionaries: texts, numbers, truths and
# lists of these, with times in ISO 8601. What no key opens is said to be there, and kept shut.
Export = Callable[[Any, Any], Iterable[dict[str, Any]]]
Erase = Callable[[Any], int]


class Turn(IntEnum):
    """When a kind is erased: keys first, so that nothing opens from then on; the account last."""

    KEYS = 1
    ROWS = 2
    ACCOUNT = 3


class Readers(StrEnum):
    """Who can read what is kept, besides the program that keeps it."""

    OWNER = "owner"
    OPERATOR = "operator"
    PRACTICE = "practice"
    COACH = "coach"
    NOBODY = "nobody"


class Told(TypedDict, total=False):
    """What the privacy page tells besides; where it is left out, that page says what is usual."""

    read_by: Readers
    kept_for: "Words"
    erased: "Words"


@dataclass(frozen=True, slots=True)
class Entry:
    """One model's line in the register.

    Attributes:
        model: The Django model.
        kind: Whether it holds something of a person.
        why: What is kept and for what, in one sentence; shown on the privacy page.
        export: Gives a person's rows as plain dictionaries; only where `kind` is "holds".
        erase: Deletes a person's rows and says how many; only where `kind` is "holds".
        turn: When it is erased.
        read_by: Who can read it. Whoever runs the program can, unless something prevents that.
        kept_for: For how long; empty for what is usual.
        erased: How it ends; empty for what is usual.
    """

    model: type[Model]
    kind: Kind
    why: "Words"
    export: Export | None = None
    erase: Erase | None = None
    turn: Turn = Turn.ROWS
    read_by: Readers = Readers.OPERATOR
    kept_for: "Words" = ""
    erased: "Words" = ""


_entries: dict[type[Model], Entry] = {}


def holds(
    model: type[Model],
    *,
    why: "Words",
    export: Export,
    erase: Erase,
    turn: Turn = Turn.ROWS,
    **told: Unpack[Told],
) -> None:
    """Register a model that keeps something of a person, with its way out and its end."""
    _add(Entry(model, "holds", why, export, erase, turn, **told))


def anonymous(model: type[Model], *, why: "Words", **told: Unpack[Told]) -> None:
    """Register a model about people from which no person can be reached, by any chain."""
    _add(Entry(model, "anonymous", why, **told))


def impersonal(model: type[Model], *, why: str) -> None:
    """Register a model that says nothing about anybody."""
    _add(Entry(model, "impersonal", why))


def entries() -> tuple[Entry, ...]:
    """Give the whole register, in the order of registration."""
    return tuple(_entries.values())


def to_erase() -> tuple[Entry, ...]:
    """Give what holds something of a person in the order of erasing it.

    By turn; within one, what was registered last goes first, so that a row goes before the row that
    it points at.
    """
    held = [entry for entry in reversed(entries()) if entry.kind == "holds"]
    return tuple(sorted(held, key=lambda entry: entry.turn))


def _add(entry: Entry) -> None:
    if entry.model in _entries:
        raise ValueError(f"{entry.model.__name__} is registered twice as personal data.")
    _entries[entry.model] = entry
