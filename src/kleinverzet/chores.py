"""What is cleared away once a day: whatever has had its time, in every ring and on the ground.

Each chore can run twice, or while somebody else runs it. One that fails leaves the others be.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kleinverzet.accounts import guardians, outbox
from kleinverzet.coach import retention, syncing, waiting
from kleinverzet.me import nudges, nudging
from kleinverzet.vault import session, shredding, slots
from kleinverzet.world import messages, reads

# How long the queue remembers a task that has run, or was broken off.
REMEMBERED = timedelta(days=1)

_log = logging.getLogger(__name__)


def do_all(now: datetime) -> None:
    """Do every chore."""
    for chore in CHORES:
        try:
            chore(now)
        except Exception:
            _log.exception("A chore failed.")


def forget_tasks(now: datetime) -> None:
    """Delete the rows of tasks that ran, that were broken off, and that have lost their nudge."""
    ended = Q(finished_at__lt=now - REMEMBERED)
    broken_off = Q(status=TaskResultStatus.RUNNING, started_at__lt=now - REMEMBERED)
    DBTaskResult.objects.filter(ended | broken_off).delete()
    nudging.drop_idle_tasks()


def forget_visits(now: datetime) -> None:
    """Delete the sessions that ended."""
    call_command("clearsessions")


def sweep(now: datetime) -> None:
    """Leave nothing of what was deleted in the database's own log."""
    shredding.sweep()


CHORES: tuple[Callable[[datetime], object], ...] = (
    session.forget_stale,
    slots.shred_expired,
    guardians.forget_unconfirmed,
    nudges.forget_old,
    forget_tasks,
    forget_visits,
    reads.forget_old,
    messages.forget_old,
    outbox.forget_old,
    waiting.end_past,
    waiting.look,
    retention.forget_old,
    syncing.forget_old,
    sweep,
)
