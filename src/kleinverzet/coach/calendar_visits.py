"""One visit to one calendar: what is ours goes there, what it says comes here.

Everything can be done twice and can break off anywhere: an event's address there is made of its
number, what stands there is replaced only in the version that was read, and what was read takes
the place of what was known in one transaction.
"""

from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from kleinverzet.coach import (
    busy_times,
    calendar_account,
    clashes,
    entries,
    entries_read,
    entries_written,
    ics_calendars,
    syncing,
)
from kleinverzet.coach.busy_times import Reading, Span
from kleinverzet.coach.caldav_calendars import CalDAV
from kleinverzet.coach.calendar_faults import Failed, Fault
from kleinverzet.coach.models import Busy, Calendar
from kleinverzet.vault.sealing import Unopenable

# How far back and ahead is looked.
BACK = timedelta(days=1)
AHEAD = timedelta(days=120)
# How long one visit lasts at most, in seconds.
LASTS = 20.0


def make(calendar: Calendar, now: datetime) -> None:
    """Visit a calendar, and note how it went."""
    try:
        if calendar.is_leaving:
            entries_written.take_all_out(calendar, _server(calendar))
            calendar.delete()
            return
        is_ics = calendar.kind == Calendar.Sort.ICS
        fault = _visit_feed(calendar, now) if is_ics else _visit_server(calendar, now)
    except Unopenable:
        _failed(calendar, Fault.SEALED, now)
    except Failed as failed:
        _failed(calendar, failed.fault, now)
    else:
        _went_well(calendar, fault, now)


def broke_off(calendar: Calendar, now: datetime) -> None:
    """Note that a visit broke off by a fault of ours."""
    _failed(calendar, Fault.GARBAGE, now)


def span_of(now: datetime) -> Span:
    """Give what is looked at: yesterday and on, as far as anybody can plan."""
    return Span(now - BACK, now + AHEAD)


def _visit_feed(calendar: Calendar, now: datetime) -> str:
    until = monotonic() + LASTS
    account, day = calendar_account.open_(calendar), _day(now)
    known_day, _space, token = calendar.token.partition(" ")
    feed = ics_calendars.read(account.address, token if known_day == day else "", until)
    fault = calendar.fault if feed.content is None else ""
    if feed.content is not None:
        ours = entries.numbers_of(calendar.coach_id, now - BACK)
        reading = busy_times.read([feed.content], span_of(now), ours)
        fault = _take_in(calendar, reading, now)
    calendar.token = f"{day} {feed.token}"
    return fault


def _visit_server(calendar: Calendar, now: datetime) -> str:
    server = _server(calendar)
    unwritten = entries_written.put_all(calendar, server, now)
    token = f"{_day(now)} {server.state()}"
    fault = "" if calendar.fault == Fault.READ_ONLY else calendar.fault
    if token != calendar.token or calendar.failures:
        ours = entries.numbers_of(calendar.coach_id, now - BACK)
        span = span_of(now)
        stored = server.between(span.starts_at, span.ends_at)
        reading = busy_times.read([one.content for one in stored], span, ours)
        entries_read.compare(calendar, server, reading, now)
        fault = _take_in(calendar, reading, now)
        calendar.token = token
    return unwritten or fault


def _server(calendar: Calendar) -> CalDAV:
    return CalDAV(calendar_account.open_(calendar), monotonic() + LASTS)


def _take_in(calendar: Calendar, reading: Reading, now: datetime) -> str:
    """Let what was read take the place of what was known; touch only what differs."""
    wanted = {
        (calendar_account.mark_of(calendar.pk, one.uid), one.starts_at, one.ends_at)
        for one in reading.taken
    }
    with transaction.atomic():
        # One at a time, and none where its coach let go of it meanwhile.
        if not Calendar.objects.select_for_update().filter(pk=calendar.pk).first():
            return ""
        rows = Busy.objects.filter(calendar=calendar)
        known = {
            (bytes(event), starts_at, ends_at): id_
            for id_, event, starts_at, ends_at in rows.values_list(
                "pk", "event", "starts_at", "ends_at"
            )
        }
        gone = [id_ for time, id_ in known.items() if time not in wanted]
        for first in range(0, len(gone), 500):
            Busy.objects.filter(pk__in=gone[first : first + 500]).delete()
        Busy.objects.bulk_create(
            [
                Busy(calendar=calendar, event=event, starts_at=starts_at, ends_at=ends_at)
                for event, starts_at, ends_at in wanted - known.keys()
            ],
            batch_size=500,
        )
        clashes.tell_doubles(calendar, now)
    return "" if reading.is_whole else Fault.PARTLY


def _went_well(calendar: Calendar, fault: str, now: datetime) -> None:
    rows = Calendar.objects.filter(pk=calendar.pk)
    rows.update(seen_at=now, fault=fault, failures=0, token=calendar.token)
    # Whoever woke it meanwhile wants it visited again.
    rows.filter(try_at=now + syncing.CLAIMED).update(try_at=now + syncing.EVERY)


def _failed(calendar: Calendar, fault: Fault, now: datetime) -> None:
    failures = calendar.failures + 1
    rows = Calendar.objects.filter(pk=calendar.pk)
    rows.update(fault=fault, failures=min(failures, 1000))
    rows.filter(try_at=now + syncing.CLAIMED).update(try_at=now + syncing.pause(failures - 1))


def _day(now: datetime) -> str:
    """Give the day: what is ahead moves on with it, though nothing was changed."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
