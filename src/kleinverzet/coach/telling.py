"""Which mail follows on what: to who planned an appointment, to their guardian, to the coach.

Every verb here is called inside the transaction that changes something, and only lays mails in the
outbox: either both happen, or neither. A subject says nothing to who looks over a shoulder; no mail
holds a name of who comes, or a word of what they wrote. A guardian is written to until they have
answered, and a coach about what stands, not about what is only held.
"""

import re
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from kleinverzet.accounts import outbox
from kleinverzet.coach import invitation, links, mail_words, readers
from kleinverzet.coach.invitation import Method
from kleinverzet.coach.models import Booking, Kind, Link, Wish
from kleinverzet.coach.outcome import By
from kleinverzet.coach.readers import Reader, Who
from kleinverzet.world import offers

_OURS = (By.COACH, By.CALENDAR, By.HOUSE)
_BLANK = re.compile(r"\n{3,}")


def held(booking: Booking, token: str, now: datetime) -> None:
    """A time is held: the visitor gets their link, the guardian is asked.

    Args:
        booking: It has its envelope by now, with the guardian's address.
        token: Of the visitor's manage link.
        now: The time.
    """
    if reader := readers.visitor(booking):
        words = {"link": reader.link("manage", token), "until": reader.moment(booking.held_until)}
        _write(reader, "held", words, booking, now=now, ends=booking.held_until)
    _ask(booking, now)


def booked(booking: Booking, token: str, now: datetime) -> None:
    """An appointment stands: the visitor gets their link and an invitation, the coach is told."""
    if reader := readers.visitor(booking):
        words = {"link": reader.link("manage", token)}
        _write(reader, "booked", words, booking, now=now, method=Method.REQUEST)
    _tell_coach(booking, "new", now)


def agreed(booking: Booking, now: datetime) -> None:
    """A guardian said yes: what was held stands from here on."""
    if reader := readers.visitor(booking):
        words = _change(reader, booking, now)
        _write(reader, "agreed", words, booking, now=now, method=Method.REQUEST)
    _tell_coach(booking, "new", now)


def moved(booking: Booking, by: By, now: datetime) -> None:
    """It was moved: `booking` has its new time and sequence by now. Who is asked is asked anew."""
    is_held = booking.state == Booking.State.HELD
    if reader := readers.visitor(booking):
        words = _change(reader, booking, now) | {
            "is_ours": by in _OURS,
            "until": reader.moment(booking.held_until),
        }
        method = None if is_held else Method.REQUEST
        _write(reader, "moved", words, booking, now=now, method=method)
    if is_held:
        _ask(booking, now)
    elif by not in _OURS:
        _tell_coach(booking, "moved", now)


def cancelled(booking: Booking, by: By, now: datetime) -> None:
    """It was called off: `booking` is cancelled by now, and has its envelope still."""
    guardian = readers.guardian(booking)
    if reader := readers.visitor(booking):
        words = {"link": reader.link("start"), "by": by.value}
        method = None if guardian else Method.CANCEL
        _write(reader, "cancelled", words, booking, now=now, method=method)
    if guardian and by != By.GUARDIAN:
        _write(guardian, "dropped", {}, now=now)
    if not guardian and by not in _OURS:
        _tell_coach(booking, "cancelled", now)


def lapsed(booking: Booking, now: datetime) -> None:
    """No guardian answered in time: what was held fell free."""
    if reader := readers.visitor(booking):
        _write(reader, "lapsed", {"link": reader.link("start")}, booking, now=now)


def offered(booking: Booking, wish: Wish, now: datetime) -> None:
    """A time is held for somebody who waits: they get a link to take it, or to let it go."""
    if reader := readers.waiting(wish):
        token = links.make(booking, Link.Opens.OFFER, now)
        words = {"link": reader.link("offer", token), "until": reader.moment(booking.held_until)}
        _write(reader, "offered", words, booking, now=now, ends=booking.held_until)


def waits(wish: Wish, token: str, now: datetime) -> None:
    """Somebody is on the list: they get the link by which they look at it and leave it."""
    if reader := readers.waiting(wish):
        words = {"link": reader.link("wish", token), "last": reader.day(wish.to_day)}
        _write(reader, "waits", words, now=now)


def reminder(booking: Booking, now: datetime) -> None:
    """It is nearly time."""
    if reader := readers.visitor(booking):
        words = _change(reader, booking, now)
        _write(reader, "reminder", words, booking, now=now, ends=booking.starts_at)


def _ask(booking: Booking, now: datetime) -> None:
    """Ask the guardian, by a fresh link."""
    if reader := readers.guardian(booking):
        words = {
            "link": reader.link("guardian", links.make(booking, Link.Opens.GUARDIAN, now)),
            "until": reader.moment(booking.held_until),
            "practice": offers.reach().name,
            "is_first": booking.kind == Kind.INTAKE,
        }
        _write(reader, "asked", words, booking, now=now, ends=booking.held_until)


def _tell_coach(booking: Booking, event: str, now: datetime) -> None:
    reader = readers.coach(booking)
    words = {
        "event": event, "when": reader.moment(booking.starts_at), "link": reader.link("day")
    }  # fmt: skip
    _write(reader, "coach", words, now=now)


def _change(reader: Reader, booking: Booking, now: datetime) -> dict[str, Any]:
    """Give a fresh link to move and to call off: the first one is not kept."""
    return {"link": reader.link("manage", links.make(booking, Link.Opens.CHANGE, now))}


@sensitive_variables()
def _write(
    reader: Reader, name: str, words: dict[str, Any], booking: Booking | None = None, *,
    now: datetime, method: Method | None = None, ends: datetime | None = None,
) -> None:  # fmt: skip
    """Write a mail and lay it in the outbox.

    Args:
        reader: Whom to.
        name: Of its template.
        words: What its text names.
        booking: The appointment whose facts stand in it.
        now: The time.
        method: What a calendar does with it; none for a mail without an invitation.
        ends: From when on it serves nobody any more; else that is when the appointment is over.
    """
    practice = offers.reach()
    attached = b""
    if booking and method:
        attached = invitation.of(booking, method, email=reader.address, now=now)
    with override(reader.language):
        if booking:
            words = words | {"facts": mail_words.facts(booking, practice.town, zone=reader.zone)}
        text = render_to_string(f"coach/mail/{name}.txt", words)
    outbox.post(
        to=reader.address,
        subject=reader.subject(),
        body=_BLANK.sub("\n\n", text),
        reply_to="" if reader.who == Who.COACH else practice.email,
        invitation=attached,
        until=ends or (booking.ends_at if booking else None),
        now=now,
    )
