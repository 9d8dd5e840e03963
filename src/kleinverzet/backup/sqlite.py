"""Copying and putting back the embedded database."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kleinverzet.refusal import Refusal

# What SQLite keeps beside a database while it is in use.
BESIDE = ("", "-wal", "-shm")
WAIT = 20.0


def copy(database: Path, target: Path, *, emptied: Iterable[str]) -> None:
    """Copy a database as it is at one moment, while others read and write it.

    The copy is packed anew, so that nothing deleted lies in it, neither of these tables nor of
    what people deleted before.

    Args:
        database: The file in use.
        target: Where the copy goes; must not exist.
        emptied: Tables whose rows stay out.

    Raises:
        Refusal: If there is no database, or it is damaged.
    """
    if not database.exists():
        raise Refusal(f"there is no database at {database}; name its folder with --data.")
    raw = target.with_suffix(".raw")
    with _refusing(database), closing(_open(raw, mode="rwc")) as copied:
        with closing(_open(database)) as source:
            source.backup(copied)
        for table in emptied:
            if _has(copied, table):
                copied.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own
        copied.commit()
        copied.execute("VACUUM INTO ?", (str(target),))
    for name in BESIDE:
        raw.with_name(raw.name + name).unlink(missing_ok=True)
    check(target)


def check(database: Path) -> None:
    """Make sure that a database is whole.

    Raises:
        Refusal: If it is damaged.
    """
    with _refusing(database), closing(_open(database)) as opened:
        found = [row[0] for row in opened.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(f"{len(found)} faults")


def fold(database: Path) -> None:
    """Write everything into the one file, so that it can be moved."""
    with _refusing(database), closing(_open(database)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
    database.chmod(0o600)


def move_aside(database: Path, target: Path) -> None:
    """Give a database that nobody uses another name, with all that lies beside it."""
    for name in reversed(BESIDE):
        beside = database.with_name(database.name + name)
        if beside.exists():
            beside.rename(target.with_name(target.name + name))


def _open(path: Path, mode: str = "rw") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT)


def _has(database: sqlite3.Connection, table: str) -> bool:
    found = database.execute("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?", (table,))
    return found.fetchone() is not None


@contextmanager
def _refusing(database: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as problem:
        raise Refusal(f"{database} cannot be used: {problem}.") from None
    except sqlite3.DatabaseError as problem:
        raise Refusal(f"{database} is damaged ({problem}); go back to an older backup.") from None
