"""Making deletion real: keys first, then rows, then what the database still has lying about."""

from typing import Any

from django.db import connection, transaction

from kleinverzet.vault.models import Key, Letter, Session, Slot


def shred_keys(person: Any) -> int:
    """Delete every key of somebody: from here on nothing of theirs opens, wherever a copy lies."""
    with transaction.atomic():
        return int(
            sum(
                model._default_manager.filter(person=person).delete()[0]
                for model in (Slot, Key, Session)
            )
        )


def drop_letters(person: Any) -> int:
    """Delete the letters that wait for somebody."""
    return Letter.objects.filter(person=person).delete()[0]


def sweep() -> bool:
    """Empty SQLite's write-ahead log into the database, so that no deleted page lies there.

    Inside a transaction it waits until that is done; it says whether the log is empty now. A reader
    who is not done yet, after `timeout` of the settings, leaves it for the next time.

    Deleted pages themselves are overwritten (`secure_delete`). PostgreSQL keeps dead rows until it
    vacuums them, and its own log for as long as its operator says; see `docs/privacy.md`.
    """
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        transaction.on_commit(lambda: bool(sweep()))
        return False
    with connection.cursor() as cursor:
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy
