"""Keeping coaches' own calendars and ours alike, in the background, one visit at a time.

A visit is claimed by putting its next moment ahead, so two never do the same work, and one that
breaks off comes again by itself. Nothing here is waited for: planning goes on with what was read
last, and the coach sees since when.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError

from kleinverzet.coach import clashes
from kleinverzet.coach.models import Busy, Calendar

EVERY = timedelta(minutes=5)
SELDOM = timedelta(hours=2)
# A visit that broke off is made again after this.
CLAIMED = timedelta(minutes=3)
# Mails wait meanwhile: after this many seconds the others have to wait for the next round.
A_ROUND = 20.0
MOST_A_ROUND = 20

_log = logging.getLogger(__name__)


def do_due(now: datetime) -> int:
    """Visit the calendars whose time has come, in turn; say how many. One plain read where none."""
    due = Calendar.objects.filter(try_at__lte=now).order_by("try_at")
    begun, visited = monotonic(), 0
    for id_, try_at in due.values_list("pk", "try_at")[:MOST_A_ROUND]:
        if monotonic() - begun > A_ROUND:
            break
        if try_at is not None:
            visited += visit(id_, try_at, now)
    return visited


def visit(calendar_id: int, try_at: datetime, now: datetime) -> bool:
    """Visit one calendar, unless somebody else does; say whether it was visited."""
    until = now + CLAIMED
    claimed = Calendar.objects.filter(pk=calendar_id, try_at=try_at).update(try_at=until)
    calendar = Calendar.objects.filter(pk=calendar_id).first() if claimed else None
    if calendar is None:
        return False
    # Here, for the library behind it takes memory that a house without calendars need not have.
    from kleinverzet.coach import calendar_visits

    try:
        calendar_visits.make(calendar, now)
    except DatabaseError:
        raise
    except Exception:
        _log.exception("A visit to a calendar broke off.")
        calendar_visits.broke_off(calendar, now)
    return True


def pause(failures: int) -> timedelta:
    """Say how long a calendar is left alone after this many failures on end."""
    return min(EVERY * (1 << min(failures, 10)), SELDOM)


def wake(calendar: Calendar, now: datetime) -> None:
    """Let a calendar be visited at once."""
    Calendar.objects.filter(pk=calendar.pk, try_at__isnull=False).update(try_at=now)


def forget_old(now: datetime) -> int:
    """Delete what nobody needs: what is past, was seen long ago, or was found and never chosen."""
    yesterday = now - timedelta(days=1)
    past = Busy.objects.filter(ends_at__lt=yesterday)
    unchosen = Calendar.objects.filter(try_at=None, made_at__lt=yesterday)
    return clashes.forget_old(now) + past.delete()[0] + unchosen.delete()[0]
