"""Our appointments in coaches' own calendars: which are to be put there, or taken out.

Here is only written down what is to be done; `syncing` does it, when a server answers. What stands
there says "Afspraak", when and where: no word of who comes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override
from icalendar import Calendar as File
from icalendar import Event

from kleinverzet.coach import invitation
from kleinverzet.coach.models import Booking, Calendar, Entry, Mode
from kleinverzet.world import offers

# Whose times stand in a calendar; one that is only offered does not yet.
SHOWN = (Booking.State.HELD, Booking.State.BOOKED)
CHANGED = ("dtstart", "dtend", "duration", "sequence", "dtstamp", "status", "location")


def mark(booking: Booking, now: datetime) -> None:
    """Note that an appointment was made or changed, for every calendar of its coach."""
    if booking.state in SHOWN:
        Entry.objects.bulk_create(
            [Entry(booking=booking, calendar=one) for one in _written(booking.coach_id)],
            ignore_conflicts=True,
        )
    rows = Entry.objects.filter(booking=booking)
    # What its coach took out comes back only where it became another appointment since.
    rows.filter(is_gone=True).exclude(sequence=booking.sequence).update(is_gone=False)
    rows.filter(is_gone=False).update(try_at=now)
    wake(Calendar.objects.filter(entries__in=rows.filter(try_at=now)), now)


def mark_all(calendar: Calendar, now: datetime) -> None:
    """Note that every appointment that lies ahead is to be put into a calendar."""
    ahead = Booking.objects.filter(coach=calendar.coach_id, state__in=SHOWN, ends_at__gt=now)
    Entry.objects.bulk_create(
        [Entry(booking=one, calendar=calendar, try_at=now) for one in ahead], ignore_conflicts=True
    )


def put_back(entry: Entry, now: datetime) -> None:
    """Note that what a coach took out there is to be put there again."""
    Entry.objects.filter(pk=entry.pk).update(is_gone=False, href="", etag="", try_at=now)
    wake(Calendar.objects.filter(pk=entry.calendar_id), now)


def wake(calendars: QuerySet[Calendar], now: datetime) -> None:
    """Let calendars be spoken to at once, save those whose server does not answer anyway."""
    awake = Q(try_at__isnull=False, failures=0)
    ids = list(calendars.filter(awake).values_list("pk", flat=True))
    Calendar.objects.filter(awake, pk__in=ids).update(try_at=now)


def is_shown(booking: Booking) -> bool:
    """Tell whether an appointment is to stand in its coach's calendars."""
    return booking.state in SHOWN


def numbers_of(coach_id: int, since: datetime) -> dict[str, Booking]:
    """Give a coach's appointments, whatever became of them, by their numbers in calendars."""
    rows = Booking.objects.filter(coach=coach_id, ends_at__gt=since)
    return {invitation.uid(row): row for row in rows}


def as_file(bookings: Iterable[Booking], now: datetime | None = None) -> File:
    """Give appointments as a calendar, in the practice's own language.

    Args:
        bookings: Which.
        now: When it is written; each as of its last change where that is left out.
    """
    file = File()
    file.add("version", "2.0")
    file.add("prodid", "-//moment//1.0//")
    with override(settings.LANGUAGE_CODE):
        for booking in bookings:
            file.add_component(_event(booking, now or booking.changed_at))
    return file


def text_of(booking: Booking, now: datetime, standing: bytes = b"") -> bytes:
    """Give an appointment as it is to stand there.

    Args:
        booking: The appointment.
        now: When this is written.
        standing: What stands there: a title or a note that the coach changed stays theirs.
    """
    fresh = as_file([booking], now)
    kept = _file_of(standing)
    if kept is None:
        return bytes(fresh.to_ical())
    (ours,), theirs = fresh.events, kept.events[0]
    for name in CHANGED:
        theirs.pop(name, None)
        if name in ours:
            theirs[name] = ours[name]
    return bytes(kept.to_ical())


def _event(booking: Booking, now: datetime) -> Event:
    event = Event()
    event.add("uid", invitation.uid(booking))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", booking.starts_at.astimezone(UTC))
    event.add("dtend", booking.ends_at.astimezone(UTC))
    event.add("summary", gettext("Afspraak"))
    event.add("location", where(booking))
    is_held = booking.state == Booking.State.HELD
    event.add("status", "TENTATIVE" if is_held else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def where(booking: Booking) -> str:
    """Say where an appointment is: a town, the practice, or online."""
    match booking.mode:
        case Mode.ONLINE:
            return gettext("online")
        case Mode.HOME:
            return booking.place
        case _:
            return offers.reach().town


def _file_of(standing: bytes) -> File | None:
    try:
        file = File.from_ical(standing)
    except ValueError:
        return None
    return file if isinstance(file, File) and len(file.events) == 1 else None


def _written(coach_id: int) -> QuerySet[Calendar]:
    return Calendar.objects.filter(
        coach=coach_id, is_written=True, is_leaving=False, try_at__isnull=False
    )


def settle(entry: Entry, **columns: object) -> bool:
    """Note how an entry stands there by now, unless something else is to be done since."""
    as_read = Entry.objects.filter(pk=entry.pk, try_at=entry.try_at)
    return bool(as_read.update(**columns))
