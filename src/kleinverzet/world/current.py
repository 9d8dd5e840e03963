"""The number of the edition that is out at this moment, read as quickly as a database allows.

Everyone may know it; it says nothing. It is read before every answer, by a program that may not
have loaded its models yet, so this is one plain statement on the connection of this very thread.
"""

import threading
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

_ASK = "SELECT number FROM world_edition WHERE id = 1"
_threads = threading.local()


def edition() -> int:
    """Give the number that everybody sees at this moment; 0 before the first change.

    Raises:
        Exception: Whatever the database or its driver says, where it cannot be read.
    """
    connection = _connection()
    if connection.vendor == "sqlite":
        # A statement of its own, outside a transaction, sees every commit that came before it.
        if connection.connection is None:
            connection.ensure_connection()
        row = connection.connection.execute(_ASK).fetchone()
    else:
        with connection.cursor() as cursor:
            row = cursor.execute(_ASK).fetchone()
    return int(row[0]) if row else 0


def is_settled() -> bool:
    """Tell whether this thread has no transaction open: what it reads is what everybody sees."""
    return not _connection().in_atomic_block


def _connection() -> Any:
    """Give this thread's connection; Django's own way to it takes longer than the question."""
    try:
        return _threads.connection
    except AttributeError:
        _threads.connection = connections[DEFAULT_DB_ALIAS]
        return _threads.connection
