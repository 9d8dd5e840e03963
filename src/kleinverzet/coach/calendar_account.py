"""Where a coach's calendar is and how it is opened: sealed under the house's key.

Work in the background needs name and password while nobody is signed in. A copy of the database
shows neither; they are never shown again, on no page and in no log.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from kleinverzet.coach.models import Calendar
from kleinverzet.vault import house_key, sealing

TABLE = "coach_calendar"
Found = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Account:
    """An address, with the name and the password that open it; a feed has neither."""

    address: str = field(repr=False)
    name: str = field(repr=False, default="")
    password: str = field(repr=False, default="")


def seal(account: Account, calendar: Calendar) -> None:
    """Fill a saved calendar's sealed column, for that row and no other; the caller saves it."""
    calendar.sealed = sealing.seal_text(_key(), asdict(account), _place(calendar))


def open_(calendar: Calendar) -> Account:
    """Give what was sealed.

    Raises:
        Unopenable: If the key is another one, or the row was changed or moved.
    """
    return Account(**sealing.open_text(_key(), bytes(calendar.sealed), _place(calendar)))


def address_of(calendar: Calendar) -> str:
    """Give where a calendar is; empty where that cannot be read."""
    try:
        return open_(calendar).address
    except sealing.Unopenable:
        return ""


def seal_found(account: Account, found: Found, calendar: Calendar) -> None:
    """Fill the sealed column of a row that waits, with what can be chosen."""
    both = {"account": asdict(account), "found": found}
    calendar.sealed = sealing.seal_text(_key(), both, _place(calendar, "calendars found"))


def open_found(calendar: Calendar) -> tuple[Account, Found]:
    """Give what `seal_found` sealed.

    Raises:
        Unopenable: See `open_`.
    """
    both = sealing.open_text(_key(), bytes(calendar.sealed), _place(calendar, "calendars found"))
    return Account(**both["account"]), both["found"]


def mark_of(*words: object) -> bytes:
    """Give a keyed hash, by which something is known again and nothing is told."""
    return sealing.mix(_key(), "\n".join(map(str, words)), person="calendar.mark.v1")


def _place(calendar: Calendar, purpose: str = "calendar") -> bytes:
    return sealing.bind(purpose, table=TABLE, row=calendar.pk, coach=calendar.coach_id)


def _key() -> bytes:
    return house_key.of(TABLE)
