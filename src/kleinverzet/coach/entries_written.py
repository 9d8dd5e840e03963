"""Putting our appointments into a coach's calendar, and taking them out."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from kleinverzet.coach import busy_times, entries, invitation
from kleinverzet.coach.caldav_calendars import CalDAV, Changed, Stored
from kleinverzet.coach.calendar_faults import Failed, Fault
from kleinverzet.coach.calendar_pieces import pieces
from kleinverzet.coach.models import Booking, Calendar, Entry

EVER = date(1900, 1, 1), date(9000, 1, 1)


def put_all(calendar: Calendar, server: CalDAV, now: datetime) -> str:
    """Do what is to be done, the next appointments first; say what prevented it, if anything.

    Raises:
        Failed: If the server fails; what was done by then stays done.
    """
    due = Entry.objects.filter(calendar=calendar, try_at__lte=now).select_related("booking")
    try:
        for entry in due.order_by("booking__starts_at"):
            _do(entry, server, now)
    except Failed as failed:
        if failed.fault is not Fault.READ_ONLY:
            raise
        return failed.fault
    return ""


def take_all_out(calendar: Calendar, server: CalDAV) -> None:
    """Take everything of ours out of a calendar that is disconnected."""
    for entry in Entry.objects.filter(calendar=calendar).filter(~Q(href="")):
        _take_out(entry, server)
        entry.delete()


def stands_at(entry: Entry, server: CalDAV) -> Stored | None:
    """Give an appointment as it stands there, wherever the coach's program put it."""
    uid = invitation.uid(entry.booking)
    return server.at(entry.href or f"{uid}.ics") or server.of_number(uid)


def _do(entry: Entry, server: CalDAV, now: datetime) -> None:
    booking = entry.booking
    if not entries.is_shown(booking):
        _take_out(entry, server)
        entries.settle(entry, href="", etag="", sequence=booking.sequence, try_at=None)
    elif booking.ends_at <= now:
        entries.settle(entry, try_at=None)
    else:
        _put(entry, booking, server, now)


def _put(entry: Entry, booking: Booking, server: CalDAV, now: datetime) -> None:
    stored = stands_at(entry, server)
    if entry.href and entry.sequence == booking.sequence and _was_changed(stored, booking):
        # The coach was first: reading tells what they did.
        entries.settle(entry, try_at=None)
        return
    href = stored.href if stored else f"{invitation.uid(booking)}.ics"
    text = entries.text_of(booking, now, stored.content if stored else b"")
    try:
        etag = server.put(href, text, stored.etag if stored else None)
    except Changed:
        return  # somebody was quicker; next time from what stands there then
    entries.settle(entry, href=href, etag=etag, sequence=booking.sequence, try_at=None)


def _was_changed(stored: Stored | None, booking: Booking) -> bool:
    """Tell whether the coach took an appointment out there, or moved it."""
    if stored is None:
        return True
    own = own_in([stored.content], booking)
    return own is not None and (own.starts_at, own.ends_at) != (booking.starts_at, booking.ends_at)


def own_in(contents: Iterable[bytes], booking: Booking) -> busy_times.Own | None:
    """Find an appointment in calendar files."""
    uid = invitation.uid(booking)
    for content in contents:
        for piece in pieces(content, *EVER):
            if piece.uid == uid:
                return busy_times.own_of(piece)
    return None


def _take_out(entry: Entry, server: CalDAV) -> None:
    if not entry.href and entry.sequence < 0:
        # It may have been put there just before something broke off.
        stored = server.at(f"{invitation.uid(entry.booking)}.ics")
    else:
        stored = stands_at(entry, server)
    if stored is not None:
        try:
            server.take_out(stored.href, stored.etag)
        except Changed:
            server.take_out(stored.href, "")
