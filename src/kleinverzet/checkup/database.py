"""Checks of the database: is it whole and of this program's shape, and is its work being done.

Counts and times only; what a row says about somebody is not read.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db import Error, connection, models
from django.db.migrations.recorder import MigrationRecorder
from django_tasks_db.models import DBTaskResult, get_date_max

from kleinverzet import environment, lineage, occupancy
from kleinverzet.checkup import finding
from kleinverzet.checkup.finding import Finding
from kleinverzet.environment import Environment
from kleinverzet.me.models import Nudge
from kleinverzet.vault import pepper_mark
from kleinverzet.vault.models import Slot
from kleinverzet.vault.pepper_mark import Fit

# Work that waits longer than this is being done by nobody.
STUCK = timedelta(minutes=15)
# Two clocks need not agree to the second.
SLACK = timedelta(minutes=5)


def database() -> Finding:
    """Look whether the database answers, is whole, and keeps what it confirms."""
    name = "database"
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return finding.wrong(
            name, "there is none yet", "start the program once, or `kleinverzet restore`"
        )
    try:
        fault = _fault_in_sqlite() if connection.vendor == "sqlite" else _fault_in_postgresql()
    except Error as problem:
        fault = " ".join(str(problem).split())
    if fault:
        return finding.wrong(
            name, f"it cannot be trusted: {fault}", "stop the program, `kleinverzet restore`"
        )
    return finding.ok(name, f"{connection.display_name}, whole")


def _fault_in_sqlite() -> str:
    if faults := [row for row in _ask("PRAGMA integrity_check") if row != ("ok",)]:
        return f"{len(faults)} faults in its file"
    if dangling := _ask("PRAGMA foreign_key_check"):
        return f"{len(dangling)} rows point at nothing"
    if _ask("PRAGMA journal_mode") != [("wal",)]:
        return "this folder allows no write-ahead log; use one on a disk of this machine"
    if _ask("PRAGMA synchronous") != [(2,)]:
        return "what is confirmed may be lost in a power cut (synchronous)"
    return ""


def _fault_in_postgresql() -> str:
    settings = {name: _ask(f"SHOW {name}")[0][0] for name in ("fsync", "synchronous_commit")}
    off = [name for name, value in settings.items() if value == "off"]
    return f"what is confirmed may be lost in a power cut ({', '.join(off)})" if off else ""


def migrations() -> Finding:
    """Look whether the database has the shape that this version of the program needs."""
    name = "migrations"
    if later := lineage.later(lineage.applied()):
        return finding.wrong(
            name,
            f"{len(later)} are of a newer version, such as {later[0]}",
            "install the version that was used last",
        )
    if waiting := lineage.waiting():
        return finding.wrong(
            name, f"{len(waiting)} wait, such as {waiting[0]}", "restart the program"
        )
    return finding.ok(name, "all applied")


def pepper_fits() -> Finding:
    """Look whether the pepper is the one that people's passphrases need."""
    name = "pepper fits"
    mark = pepper_mark.read()
    if not mark:
        return finding.warning(name, "the database does not know its pepper yet", "start once")
    fit = pepper_mark.compare(mark)
    if fit is Fit.RIGHT or not Slot.objects.exists():
        return finding.ok(name, "it belongs to this database")
    return finding.wrong(name, pepper_mark.explain(fit, "database"), pepper_mark.REMEDY)


def clock(now: datetime) -> Finding:
    """Look whether the clock stands before something that has happened already."""
    built = datetime.fromtimestamp(
        max(path.stat().st_mtime for path in environment.PACKAGE.rglob("*.py")), UTC
    )
    known = {"the program was installed": built, "the newest row was written": _newest_row()}
    for what, moment in known.items():
        if moment and now < moment - SLACK:
            return finding.wrong(
                "clock",
                f"it says {now:%Y-%m-%d %H:%M} UTC, and {what} at {moment:%Y-%m-%d %H:%M}",
                "set the clock; let the machine keep it by NTP",
            )
    return finding.ok("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _newest_row() -> datetime | None:
    rows = [MigrationRecorder(connection).migration_qs.aggregate(at=models.Max("applied"))["at"]]
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateTimeField) and field.auto_now_add:
                rows.append(model._default_manager.aggregate(at=models.Max(field.name))["at"])
    return max((row for row in rows if row), default=None)


def background(env: Environment, now: datetime) -> Finding:
    """Look whether nudges and tasks that are due are being done."""
    name = "background"
    late = [f"{count} {what}" for what, count in _late(now - STUCK) if count]
    if not late:
        return finding.ok(name, "nothing waits")
    minutes = int(STUCK.total_seconds() // 60)
    said = f"waiting for more than {minutes} minutes: {', '.join(late)}"
    if occupancy.is_in_use(env.data):
        return finding.wrong(name, said, "restart the program, and look at what it says")
    return finding.warning(name, f"{said}; the program is not running", "start the program")


def _late(since: datetime) -> Iterator[tuple[str, int]]:
    nudges = Nudge.objects.filter(state=Nudge.State.PLANNED, channel=Nudge.Channel.MAIL)
    yield "nudges", nudges.filter(try_at__lt=since).count()
    is_due = models.Q(run_after__lt=since)
    has_no_time = models.Q(run_after=get_date_max(), enqueued_at__lt=since)
    yield "tasks to begin", DBTaskResult.objects.ready().filter(is_due | has_no_time).count()
    yield "tasks to end", DBTaskResult.objects.running().filter(started_at__lt=since).count()


def _ask(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
