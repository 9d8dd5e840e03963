"""One appointment's row: made, locked, turned from one state into another, ended.

Only `intake` and `retention` change appointments by it.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from kleinverzet.coach import entries, waiting
from kleinverzet.coach.models import Booking, Coach, Terms
from kleinverzet.coach.openings import Open, Sought

# What the database calls two appointments at one time; see the migration.
_DOUBLE = "no_double_booking"


def is_double(fault: IntegrityError) -> bool:
    """Tell whether the database refused because the coach has another appointment then."""
    return _DOUBLE in str(fault)


def sought(row: Booking) -> Sought:
    """Give what an appointment asks of a time."""
    minutes = round((row.ends_at - row.starts_at).total_seconds() / 60)
    return Sought(row.kind, minutes, row.mode, row.place)


def new(coach: Coach, what: Sought, time: Open, now: datetime) -> Booking:
    """Make an appointment that is not saved yet, with what its coach keeps free around it."""
    terms = Terms.objects.get(coach=coach, kind=what.kind)
    return Booking(
        coach=coach, kind=what.kind, mode=what.mode, place=what.place, starts_at=time.starts_at,
        ends_at=time.ends_at, before=terms.before, after=terms.after, made_at=now, changed_at=now,
    )  # fmt: skip


def lock_coach(coach_id: int) -> Coach | None:
    """Let nobody else plan with a coach until the transaction ends; None where there is none."""
    # NO KEY: rows that point at the coach may be written meanwhile.
    return Coach.objects.select_for_update(no_key=True).filter(pk=coach_id).first()


def lock(**row: Any) -> Booking | None:
    """Give an appointment as it is now, and let nobody else change it until the transaction ends.

    On SQLite the transaction itself has done so: it began with the write lock.
    """
    rows = Booking.objects.select_for_update(of=("self",), no_key=True).select_related("coach")
    return rows.filter(**row).first()


def stands(row: Booking, now: datetime) -> bool:
    """Tell whether an appointment is still ahead, and neither called off nor held too long."""
    is_held = row.held_until is None or row.held_until > now
    return row.state in Booking.LIVE and row.starts_at > now and is_held


def turn(row: Booking, now: datetime, **columns: Any) -> bool:
    """Change an appointment, if it is still as it was read; `row` then shows it as it is."""
    as_read = Booking.objects.filter(pk=row.pk, state=row.state, sequence=row.sequence)
    if not as_read.update(changed_at=now, **columns):
        return False
    for name, value in columns.items():
        setattr(row, name, value)
    row.changed_at = now
    return True


def end(row: Booking, now: datetime) -> None:
    """Clear up after an appointment that was called off or fell free, once everybody was told."""
    Booking.objects.filter(pk=row.pk).update(envelope=b"")
    row.envelope = b""
    entries.mark(row, now)
    waiting.wake()
