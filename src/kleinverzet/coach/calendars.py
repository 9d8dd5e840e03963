"""A coach's own calendars: connecting, choosing, and letting go of them.

Only that coach's. Address, name and password go in sealed and come out on no page. A calendar of a
server is found in two steps; between them what was found waits sealed as well, for a day at most.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet

from kleinverzet.coach import calendar_account, entries, syncing, whereabouts
from kleinverzet.coach.calendar_account import Account
from kleinverzet.coach.models import Busy, Calendar, Coach, Entry

# How long somebody waits for a server, in seconds.
PATIENCE = 15.0
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar that can be chosen."""

    address: str = field(repr=False)
    name: str
    is_writable: bool


def find(coach: Coach, account: Account, now: datetime) -> Calendar:
    """Ask a server for its calendars, and let one row wait until some are chosen.

    Raises:
        Failed: If none is found.
    """
    # Here, for the library behind it takes memory that a house without calendars need not have.
    from kleinverzet.coach import caldav_calendars

    there = caldav_calendars.discover(account, monotonic() + PATIENCE)
    found = [Found(one.address, one.name, one.is_writable) for one in there]
    with transaction.atomic():
        unchosen(coach).delete()
        row = Calendar(coach=coach, kind=Calendar.Sort.CALDAV, name="", sealed=b"", made_at=now)
        row.save()
        calendar_account.seal_found(account, [asdict(one) for one in found], row)
        row.save()
    return row


def found(row: Calendar) -> tuple[Found, ...]:
    """Give what can be chosen.

    Raises:
        Unopenable: If the row cannot be read.
    """
    return tuple(Found(**one) for one in calendar_account.open_found(row)[1])


@transaction.atomic
def choose(row: Calendar, which: Collection[int], written: int | None, now: datetime) -> int:
    """Connect some of the calendars that were found; say how many.

    Args:
        row: What waits.
        which: Their places among `found`.
        written: In which of them appointments are put, if in any.
        now: When they were chosen.
    """
    account, known = calendar_account.open_found(row)[0], found(row)
    for place in sorted(which):
        one = known[place]
        own = Account(one.address, account.name, account.password)
        _connect(row.coach, own, one.name, Calendar.Sort.CALDAV, now, is_written=place == written)
    row.delete()
    return len(which)


def subscribe(coach: Coach, address: str, name: str, now: datetime) -> Calendar:
    """Connect a feed, once it was seen to be one.

    Raises:
        Failed: If it is none.
    """
    from kleinverzet.coach import busy_times, calendar_visits, ics_calendars

    address = ics_calendars.plain(address)
    feed = ics_calendars.read(address, "", monotonic() + PATIENCE)
    busy_times.read([feed.content or b""], calendar_visits.span_of(now))
    named = name or whereabouts.named(address).host
    with transaction.atomic():
        return _connect(coach, Account(address), named, Calendar.Sort.ICS, now, is_written=False)


def leave(calendar: Calendar, *, is_clean: bool, now: datetime) -> None:
    """Disconnect a calendar; its times are busy here no more.

    Args:
        calendar: Which.
        is_clean: Whether our appointments are taken out there first, in the background.
        now: When it is asked.
    """
    stands = Entry.objects.filter(calendar=calendar).exclude(href="").exists()
    with transaction.atomic():
        if is_clean and stands:
            Busy.objects.filter(calendar=calendar).delete()
            rows = Calendar.objects.filter(pk=calendar.pk)
            rows.update(is_leaving=True, failures=0, try_at=now)
        else:
            calendar.delete()


def of(coach: Coach) -> list[Calendar]:
    """Give a coach's calendars, the eldest first."""
    rows = Calendar.objects.filter(coach=coach, try_at__isnull=False)
    return list(rows.order_by("made_at", "pk"))


def one(coach: Coach, number: int) -> Calendar | None:
    """Give one of a coach's own calendars."""
    return Calendar.objects.filter(coach=coach, pk=number, try_at__isnull=False).first()


def unchosen(coach: Coach) -> QuerySet[Calendar]:
    """Give what waits to be chosen."""
    return Calendar.objects.filter(coach=coach, try_at=None)


def _connect(
    coach: Coach, account: Account, name: str, kind: str, now: datetime, *, is_written: bool
) -> Calendar:
    """Connect a calendar; one that was connected before gets its new password."""
    row = _known(coach, account) or Calendar(coach=coach, kind=kind, sealed=b"", made_at=now)
    row.name, row.is_written = name[:LONGEST_NAME], is_written
    row.try_at, row.fault, row.failures, row.is_leaving, row.token = now, "", 0, False, ""
    row.save()
    calendar_account.seal(account, row)
    row.save()
    if is_written:
        entries.mark_all(row, now)
    return row


def _known(coach: Coach, account: Account) -> Calendar | None:
    for row in Calendar.objects.filter(coach=coach, try_at__isnull=False):
        if calendar_account.address_of(row) == account.address:
            return row
    return None


def read_now(calendar: Calendar, now: datetime) -> None:
    """Visit a calendar at once, so that who asked sees how it went."""
    syncing.wake(calendar, now)
    syncing.visit(calendar.pk, now, now)
