"""Whom a mail about an appointment goes to: their address, their language and their clock."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from kleinverzet.accounts import addresses, mail
from kleinverzet.coach import envelopes, plan_words
from kleinverzet.coach.models import Booking, Wish
from kleinverzet.world import offers


class Who(StrEnum):
    """What somebody has to do with an appointment."""

    VISITOR = "visitor"
    GUARDIAN = "guardian"
    WAITING = "waiting"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader.

    Attributes:
        who: What they have to do with it.
        address: Where the mail goes.
        language: "nl" or "en".
        zone: Their time zone, where it may be another than the practice's; empty else.
    """

    who: Who
    address: str = field(repr=False)
    language: str
    zone: str = ""

    def link(self, name: str, token: str = "") -> str:
        """Give the whole address of a page of the ring `coach`, in their language."""
        parts = {"token": token} if token else {}
        return mail.address(f"coach:{name}", language=self.language, **parts)

    def moment(self, at: datetime | None) -> str:
        """Say a moment by the practice's clock; empty for none."""
        with override(self.language):
            return plan_words.until(at) if at else ""

    def day(self, day: date) -> str:
        """Say a date: 8 december 2026."""
        with override(self.language):
            return date_format(day, "j F Y")

    def subject(self) -> str:
        """Give the subject of a mail, from which nobody learns anything."""
        with override(self.language):
            match self.who:
                case Who.GUARDIAN:
                    return gettext("Een vraag over een afspraak")
                case Who.WAITING:
                    return gettext("Je plek op de wachtlijst")
                case Who.COACH:
                    return gettext("Je agenda")
            return gettext("Je afspraak")


def visitor(booking: Booking) -> Reader | None:
    """Give who planned it; None once there is nothing more to send."""
    envelope = envelopes.open_(booking)
    if envelope is None:
        return None
    return Reader(Who.VISITOR, envelope.email, envelope.language, envelope.zone)


def guardian(booking: Booking) -> Reader | None:
    """Give the guardian who is to answer; None without one, and once they have."""
    envelope = envelopes.open_(booking)
    if envelope is None or not envelope.guardian:
        return None
    return Reader(Who.GUARDIAN, envelope.guardian, envelope.language)


def waiting(wish: Wish) -> Reader | None:
    """Give who waits; None once they do not."""
    envelope = envelopes.open_(wish)
    if envelope is None:
        return None
    return Reader(Who.WAITING, envelope.email, envelope.language, envelope.zone)


def coach(booking: Booking) -> Reader:
    """Give the coach: at the address that they confirmed, else at the practice's."""
    person = booking.coach.person
    address = addresses.verified(person) or offers.reach().email
    return Reader(Who.COACH, address, person.language)
