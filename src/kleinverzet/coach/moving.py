"""Moving an appointment to another time, inside a transaction that `intake.move` holds."""

from datetime import datetime
from typing import Any

from kleinverzet.coach import appointment, entries, holding, openings, telling, waiting
from kleinverzet.coach.models import Booking
from kleinverzet.coach.outcome import By, Done, Refused, Why

# Whoever decides about their own time; everybody else takes what is on offer.
OWN_TIME = (By.COACH, By.CALENDAR)


def to(
    booking: Booking, starts_at: datetime, *, seen: int, by: By, now: datetime
) -> Done | Refused:
    """Move it, unless it was changed since it was `seen`.

    Raises:
        IntegrityError: If the coach has another appointment then.
    """
    appointment.lock_coach(booking.coach_id)
    row = appointment.lock(pk=booking.pk)
    if row is None or row.state == Booking.State.OFFERED or not appointment.stands(row, now):
        return Refused(Why.OVER)
    if row.starts_at == starts_at and row.sequence - seen in (0, 1):
        return Done(row)  # pressed twice, or told of its own echo
    if seen != row.sequence:
        return Refused(Why.CHANGED)
    if not _may(row, starts_at, by, now):
        return Refused(Why.NOT_OPEN)
    changes = _changes(row, starts_at, now)
    if changes is None:
        return Refused(Why.TOO_SOON)
    if not appointment.turn(row, now, **changes):
        return Refused(Why.CHANGED)
    telling.moved(row, by, now)
    entries.mark(row, now)
    waiting.wake()
    return Done(row)


def _may(row: Booking, starts_at: datetime, by: By, now: datetime) -> bool:
    if by in OWN_TIME:
        return starts_at > now  # and the database refuses what overlaps
    wanted = appointment.sought(row)
    return openings.at(wanted, starts_at, now, coach=row.coach, without=row) is not None


def _changes(row: Booking, starts_at: datetime, now: datetime) -> dict[str, Any] | None:
    """Give what changes; None where a guardian could not answer any more before it begins."""
    changes: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": starts_at + (row.ends_at - row.starts_at),
        "sequence": row.sequence + 1,
        "reminded_at": None,
    }
    if row.held_until is not None:
        latest = holding.for_guardian(starts_at, now)
        if latest is None:
            return None
        # The first request counts: moving does not buy more time to answer.
        changes["held_until"] = min(row.held_until, latest)
    return changes
