"""One reminder before an appointment: a day ahead, by day, and never twice.

The row is claimed and the mail laid in the outbox in one transaction. Who planned or moved it
shortly before has just had a mail about it, and gets no other.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from kleinverzet.coach import telling
from kleinverzet.coach.models import Booking
from kleinverzet.coach.plan_way import PRACTICE_ZONE

AHEAD = timedelta(hours=24)
# Whoever heard about it so shortly before the reminder needs none.
FRESH = timedelta(hours=2)
# By the practice's clock: nobody is woken.
MORNING, NIGHT = 8, 21
# What would come after this waits for nothing: it goes at this hour.
EVENING = 20
# How long before it begins the earliest reminder can go: a day, from midnight back to evening, and
# the hour by which one day a year is longer.
_EARLIEST = AHEAD + timedelta(hours=24 - EVENING + 1)


def send_due(now: datetime) -> int:
    """Write the reminders whose moment has come; say how many."""
    if not MORNING <= now.astimezone(PRACTICE_ZONE).hour < NIGHT:
        return 0
    near = _near(now).select_related("coach")
    return sum(_remind(row, now) for row in near if _is_due(row, now))


def pass_over(since: datetime, now: datetime) -> int:
    """Count as reminded whoever may have been since a backup was made; say how many.

    Whether it went out nobody knows, and nobody is reminded twice.
    """
    due = [row.pk for row in _near(now) if since < moment(row.starts_at) <= now]
    return Booking.objects.filter(pk__in=due).update(reminded_at=now)


def moment(starts_at: datetime) -> datetime:
    """Say when somebody is reminded: a day before, and not between nine in the evening and eight.

    Times are by the practice's clock; one that begins early is told of at eight the day before.
    """
    local = starts_at.astimezone(PRACTICE_ZONE) - AHEAD
    if local.hour < MORNING:
        return local.replace(hour=MORNING, minute=0)
    return min(local, local.replace(hour=EVENING, minute=0))


def _near(now: datetime) -> QuerySet[Booking]:
    return Booking.objects.filter(
        state=Booking.State.BOOKED, reminded_at=None, starts_at__gt=now,
        starts_at__lte=now + _EARLIEST,
    )  # fmt: skip


def _is_due(row: Booking, now: datetime) -> bool:
    at = moment(row.starts_at)
    return at <= now and row.changed_at < min(at, row.starts_at - AHEAD) - FRESH


@transaction.atomic
def _remind(row: Booking, now: datetime) -> bool:
    """Remind of one, if it still stands as it was read and nobody else did."""
    as_read = Booking.objects.filter(
        pk=row.pk, state=row.state, sequence=row.sequence, reminded_at=None
    )
    if not as_read.update(reminded_at=now):
        return False
    telling.reminder(row, now)
    return True
