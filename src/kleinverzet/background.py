"""Work that waits for no page: one thread beside the web server's, in the same process.

Every few seconds it looks, with plain reads, whether anything is due; only then does it write.
Once a minute it writes down how often pages were read, and once a day it does the chores. A
database that cannot be reached makes it pause, and never stop.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kleinverzet import chores
from kleinverzet.accounts import outbox
from kleinverzet.coach import intake, reminding, syncing
from kleinverzet.me import nudging
from kleinverzet.world import reads, scheduled, sending

LOOKS_EVERY = 5.0
# Pages that were planned, times that were held, mails that the queue lost. Calendars elsewhere come
# last: they may be slow.
DUTIES: tuple[Callable[[datetime], object], ...] = (
    scheduled.do_due,
    nudging.send_overdue,
    sending.send_waiting,
    intake.lapse_overdue,
    reminding.send_due,
    outbox.send_waiting,
    syncing.do_due,
)
# How long it leaves a database alone that gave a fault.
RESTS = 30.0
A_MINUTE = 60.0
A_DAY = 24 * 60 * 60.0

_log = logging.getLogger(__name__)


class TaskFailed(Exception):
    """A task failed; its text names the kind of fault, and nothing that stood in it."""


class QuietWorker(Worker):
    """Runs tasks from the queue, and keeps no words of a fault.

    The queue would store a traceback with every text in it: an address, say, that a mail server
    refused.
    """

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """Run a task; of a fault only its kind is kept, and the log says where it broke."""
        keep = db_task_result.set_failed

        def keep_kind(fault: BaseException) -> None:
            _log.error("A task failed.", exc_info=fault)
            keep(TaskFailed(type(fault).__qualname__))

        db_task_result.set_failed = keep_kind
        super().run_task(db_task_result)


class Background:
    """The thread that works in the background, until it is told to end."""

    def __init__(self, every: float = LOOKS_EVERY) -> None:
        self._every = every
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)

    def begin(self) -> None:
        """Start working."""
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Let what is under way finish, but wait no longer than this."""
        self._ends.set()
        # Here, for the thread may be long at its work; by now nobody is answered any more.
        _write_the_last()
        self._thread.join(seconds)

    def _work(self) -> None:
        chores_at = 0.0
        written_at = time.monotonic()
        while not self._ends.is_set():
            pause = self._every
            try:
                if time.monotonic() >= chores_at:
                    chores.do_all(timezone.now())
                    chores_at = time.monotonic() + A_DAY
                look()
                if time.monotonic() >= written_at + A_MINUTE:
                    written_at = time.monotonic()
                    reads.write_down()
            except Exception:
                _log.exception("The background work pauses.")
                connections.close_all()
                pause = RESTS
            self._ends.wait(pause)


def look() -> None:
    """Do what is due: what the queue holds, then every duty. One that fails leaves the others be.

    Raises:
        DatabaseError: If the database cannot be reached; then there is nothing to be done.
    """
    # The worker itself would take the database's write lock to look.
    if DBTaskResult.objects.ready().exists():
        _worker().run()
    for duty in DUTIES:
        try:
            duty(timezone.now())
        except DatabaseError:
            raise
        except Exception:
            _log.exception("A duty failed.")


def _write_the_last() -> None:
    try:
        reads.write_down()
    except Exception:
        _log.exception("The last numbers of reads are lost.")


def _worker() -> Worker:
    """Give a worker that does what the queue holds and then stops; it hears no signals."""
    return QuietWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
    )
