"""Which migrations a database has seen, which still wait, and which this program does not know."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def applied() -> tuple[str, ...]:
    """Give the migrations that the database has seen, each as `app.0001_name`."""
    return tuple(sorted(map(_named, MigrationRecorder(connection).applied_migrations())))


def waiting() -> tuple[str, ...]:
    """Give the migrations that this program brings and the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(_named((migration.app_label, migration.name)) for migration, _ in plan)


def later(names: Iterable[str]) -> tuple[str, ...]:
    """Give those of some migrations that come after all that this program knows of their app.

    One that is missing in between was only folded into another, as packages do now and then.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for app, name in MigrationLoader(None).disk_migrations:
        known[app].add(name)
    parted = (tuple(name.partition(".")[::2]) for name in sorted(names))
    return tuple(
        _named((app, name))
        for app, name in parted
        if name not in known[app] and name > max(known[app], default="")
    )


def _named(migration: tuple[str, str]) -> str:
    return ".".join(migration)
