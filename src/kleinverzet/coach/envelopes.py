"""Where mails about an appointment go: sealed under the house's key, for as long as any is to come.

The program itself must read an envelope in the background, so whoever has the whole disk can read
it; a copy of the database shows no address. Emptied as soon as there is nothing left to send.
"""

from dataclasses import asdict, dataclass, field

from django.views.decorators.debug import sensitive_variables

from kleinverzet.coach.models import Booking, Wish
from kleinverzet.vault import house_key, sealing


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a mail goes, and how to speak there.

    Attributes:
        email: Of who planned the appointment, or waits for one.
        language: "nl" or "en".
        zone: The time zone to tell times in.
        guardian: The address of a parent or guardian, until they have answered.
    """

    email: str = field(repr=False)
    language: str
    zone: str
    guardian: str = field(default="", repr=False)


@sensitive_variables()
def seal(envelope: Envelope, row: Booking | Wish) -> bytes:
    """Put an envelope into its row, and give what was put there; the caller saves it."""
    sealed = sealing.seal_text(_key(), asdict(envelope), _place(row))
    row.envelope = sealed
    return sealed


@sensitive_variables()
def open_(row: Booking | Wish) -> Envelope | None:
    """Give a row's envelope; None where it is empty, or not the one that was sealed here."""
    if not row.envelope:
        return None
    try:
        payload = sealing.open_text(_key(), bytes(row.envelope), _place(row))
        return Envelope(**payload)
    except (sealing.Unopenable, TypeError):
        return None


def _place(row: Booking | Wish) -> bytes:
    return sealing.bind("envelope", table=row._meta.db_table, row=str(row.pk))


def _key() -> bytes:
    return house_key.of("coach_envelope")
