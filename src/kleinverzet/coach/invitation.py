"""An appointment as an iCalendar file, for a calendar that others may see: its title says nothing.

By mail it is an invitation (RFC 5546): what was moved takes the place of what stood there, what was
called off goes. From the manage page it is a file to put into a calendar by hand.
"""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext, override
from icalendar import Calendar, Event, vCalAddress, vText

from kleinverzet.coach import video
from kleinverzet.coach.models import Booking, Mode
from kleinverzet.vault import house_key, sealing
from kleinverzet.world import offers


class Method(StrEnum):
    """What a calendar is to do with it (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


def of(booking: Booking, method: Method, *, email: str, now: datetime) -> bytes:
    """Give what is sent along with a mail.

    Args:
        booking: The appointment as it is by now.
        method: To put it into a calendar, at its new time if it stood there; or to take it out.
        email: Of who is invited.
        now: When this is written.
    """
    return _calendar(booking, method, now, email)


def file(booking: Booking) -> bytes:
    """Give an appointment for somebody's calendar; it names nobody who comes."""
    return _calendar(booking, Method.PUBLISH, booking.changed_at)


def uid(booking: Booking) -> str:
    """Give an appointment the same name each time, which tells nothing and which only we make."""
    made = sealing.mix(house_key.of("coach_invitation"), str(booking.pk), person="ics.uid.v1")
    return str(UUID(bytes=made[:16], version=4))


def _calendar(booking: Booking, method: Method, now: datetime, email: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//moment//1.0//")
    calendar.add("method", method.value)
    with override(booking.language):
        calendar.add_component(_event(booking, method, now, email))
    return bytes(calendar.to_ical())


def _event(booking: Booking, method: Method, now: datetime, email: str) -> Event:
    practice = offers.reach()
    event = Event()
    event.add("uid", uid(booking))
    event.add("sequence", booking.sequence)
    # UTC: no calendar has to know our zone's rules for it.
    for name, at in (("dtstamp", now), ("dtstart", booking.starts_at), ("dtend", booking.ends_at)):
        event.add(name, at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", gettext("Afspraak"))
    if place := _place(booking, practice.town):
        event.add("location", place)
    event.add("organizer", vCalAddress(f"mailto:{practice.email}"))
    if email:
        event.add("attendee", _attendee(email), encode=False)
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _attendee(email: str) -> vCalAddress:
    """Name who comes; they planned it themselves, so no answer is asked."""
    who = vCalAddress(f"mailto:{email}")
    for name, value in (("PARTSTAT", "ACCEPTED"), ("ROLE", "REQ-PARTICIPANT"), ("RSVP", "FALSE")):
        who.params[name] = vText(value)
    return who


def _place(booking: Booking, practice_town: str) -> str:
    match booking.mode:
        case Mode.ONLINE:
            return video.address(booking)
        case Mode.HOME:
            return booking.place
        case _:
            return practice_town
