"""What the vault holds of a person, for the register of personal data.

Keys and halves leave as kinds and dates only: out of the program they would open nothing, and lying
about in a file they could. Everything is erased by shredding.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers, Turn
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
    why=_("Hoe je kluis opengaat: met je wachtzin of je herstelcode. Elk bewaart een sleutel."),
    kept_for=_("Tot je er een andere kiest of weggaat. Ben je alles kwijt: nog 60 dagen."),
    read_by=Readers.NOBODY,
    erased=_("Als eerste. Daarna gaat hier niets van je meer open."),
    export=_slots,
    erase=shredding.shred_keys,
    turn=Turn.KEYS,
)
personal_data.holds(
    Key,
    why=_("De sleutels van je kluis, verpakt met je hoofdsleutel."),
    kept_for=_("Zolang je kluis er is. Ben je alles kwijt: nog 60 dagen."),
    read_by=Readers.NOBODY,
    erased=_("Als eerste. Daarna gaat hier niets van je meer open."),
    export=_keys,
    erase=shredding.shred_keys,
    turn=Turn.KEYS,
)
personal_data.holds(
    Session,
    why=_("Waar je kluis nu open is: een halve sleutel. De andere helft ligt in je browser."),
    kept_for=_("Tot je kluis dichtgaat (na 30 minuten stilte, hoogstens 12 uur), en nog een dag."),
    read_by=Readers.NOBODY,
    erased=_("Als eerste. Daarna gaat hier niets van je meer open."),
    export=_sessions,
    erase=shredding.shred_keys,
    turn=Turn.KEYS,
)
personal_data.holds(
    Letter,
    why=_("Wat je schreef terwijl je kluis dicht was, verzegeld tot jij hem opent."),
    kept_for=_("Tot je je kluis opent. Dan verhuist het naar je eigen pagina's."),
    read_by=Readers.OWNER,
    export=_letters,
    erase=shredding.drop_letters,
)
