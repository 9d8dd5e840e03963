"""What the vault holds of a person, for the register of personal data.

Keys and halves leave as kinds and dates only: out of the program they would open nothing, and lying
about in a file they could. Everything is erased by shredding.
"""

from collections.abc import Iterator
from typing import Any

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Turn
from kleinverzet.vault import letters, shredding
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Key, Letter, Session, Slot

Told = Iterator[dict[str, Any]]


def _slots(person: Any, keys: Keys) -> Told:
    for slot in Slot.objects.filter(person=person).order_by("generation", "kind"):
        yield {"kind": slot.kind, "expires_at": _moment(slot.expires_at)}


def _keys(person: Any, keys: Keys) -> Told:
    for key in Key.objects.filter(person=person).order_by("number", "kind"):
        yield {"kind": key.kind, "number": key.number, "expires_at": _moment(key.expires_at)}


def _sessions(person: Any, keys: Keys) -> Told:
    for row in Session.objects.filter(person=person).order_by("opened_at"):
        yield {"opened_at": _moment(row.opened_at), "seen_at": _moment(row.seen_at)}


def _letters(person: Any, keys: Keys) -> Told:
    for read in letters.read_all(keys):
        told = read.payload if read.payload is not None else {"unreadable": True}
        letter = read.letter
        yield {"purpose": letter.purpose, "written_at": _moment(letter.written_at), "said": told}


def _moment(at: Any) -> str | None:
    return at.isoformat() if at else None


# The first three are one thing, and end in one act, whichever is asked first.
personal_data.holds(
    Slot,
    why="The ways to open a vault: by passphrase or recovery code, each holding a wrapped key.",
    export=_slots,
    erase=shredding.shred_keys,
    turn=Turn.KEYS,
)
personal_data.holds(
    Key,
    why="The keys of a vault, wrapped by its master key.",
    export=_keys,
    erase=shredding.shred_keys,
    turn=Turn.KEYS,
)
personal_data.holds(
    Session,
    why="Where a vault is open now: half of a key, the other half in the browser's cookie.",
    export=_sessions,
    erase=shredding.shred_keys,
    turn=Turn.KEYS,
)
personal_data.holds(
    Letter,
    why="What was written while a vault was shut, sealed until its owner opens it.",
    export=_letters,
    erase=shredding.drop_letters,
)
