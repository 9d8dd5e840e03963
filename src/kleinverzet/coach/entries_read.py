"""Seeing what a coach did to our appointments in their own calendar, and acting on it.

What was moved there moves here. What was taken out there is only told: calling an appointment off
is for a person to do, not for a program that lost an event.
"""

from datetime import datetime

from kleinverzet.coach import clashes, entries, entries_written, intake, invitation
from kleinverzet.coach.busy_times import Own, Reading
from kleinverzet.coach.caldav_calendars import CalDAV
from kleinverzet.coach.clashes import What
from kleinverzet.coach.intake import By, Refused, Why
from kleinverzet.coach.models import Booking, Calendar, Entry


def compare(calendar: Calendar, server: CalDAV, reading: Reading, now: datetime) -> None:
    """Compare what stands there with our appointments.

    Raises:
        Failed: If the server fails meanwhile.
    """
    for entry in _standing(calendar, now):
        own = reading.own.get(invitation.uid(entry.booking)) or _elsewhere(entry, server)
        if own is None or own.is_cancelled:
            _taken_out(entry, now)
        elif own.starts_at and own.ends_at:
            _compare(entry, own.starts_at, own.ends_at, now)


def _standing(calendar: Calendar, now: datetime) -> list[Entry]:
    """Give what should stand there as it is here: nothing of it is still to be put there."""
    rows = Entry.objects.filter(
        calendar=calendar,
        try_at=None,
        is_gone=False,
        sequence__gte=0,
        booking__state__in=entries.SHOWN,
        booking__ends_at__gt=now,
    )
    found = rows.select_related("booking").order_by("booking__starts_at")
    return [entry for entry in found if entry.sequence == entry.booking.sequence]


def _elsewhere(entry: Entry, server: CalDAV) -> Own | None:
    """Look for an appointment outside of what was read: it may have been moved by a year."""
    stored = entries_written.stands_at(entry, server)
    return entries_written.own_in([stored.content], entry.booking) if stored else None


def _taken_out(entry: Entry, now: datetime) -> None:
    as_read = Entry.objects.filter(pk=entry.pk, try_at=None, is_gone=False)
    if as_read.update(is_gone=True, href="", etag=""):
        clashes.tell(entry.booking, What.TAKEN_OUT, now)


def _compare(entry: Entry, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    booking = entry.booking
    if (starts_at, ends_at) == (booking.starts_at, booking.ends_at):
        return
    if ends_at - starts_at != booking.ends_at - booking.starts_at:
        _put_back(booking, entry, What.PUT_BACK, now)
    else:
        _move(entry, booking, starts_at, now)


def _move(entry: Entry, booking: Booking, starts_at: datetime, now: datetime) -> None:
    done = intake.move(
        booking=booking, starts_at=starts_at, seen=entry.sequence, by=By.CALENDAR, now=now
    )
    if not isinstance(done, Refused):
        clashes.tell(booking, What.MOVED, now)
    elif done.why is not Why.CHANGED:
        # Where it was changed here meanwhile, that is put there next.
        _put_back(booking, entry, What.NOT_MOVED, now)


def _put_back(booking: Booking, entry: Entry, what: What, now: datetime) -> None:
    """Let an appointment stand there again as it does here, and say so."""
    if Entry.objects.filter(pk=entry.pk, try_at=None).update(try_at=now, sequence=-1):
        clashes.tell(booking, what, now)
        entries.wake(Calendar.objects.filter(pk=entry.calendar_id), now)
