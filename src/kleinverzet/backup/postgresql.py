"""Copying and putting back a PostgreSQL database, with PostgreSQL's own programs.

The password goes by the environment: on a command line everybody on the machine could read it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from kleinverzet.refusal import Refusal


def copy(target: Path, *, emptied: Iterable[str]) -> None:
    """Copy the database as it is at one moment, while others read and write it.

    Args:
        target: Where the copy goes.
        emptied: Tables whose rows stay out.

    Raises:
        Refusal: If pg_dump is missing or older than the server, or fails.
    """
    left_out = [f"--exclude-table-data=public.{table}" for table in emptied]
    _run(
        "pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges",
        "--schema=public", *left_out, f"--file={target}",
    )  # fmt: skip
    check(target)


def check(part: Path) -> None:
    """Make sure that a copy can be read from beginning to end.

    Raises:
        Refusal: If it cannot.
    """
    _run("pg_restore", f"--file={os.devnull}", str(part))


def has_tables() -> bool:
    """Tell whether the database is more than empty."""
    return bool(connection.introspection.table_names())


@contextmanager
def aside(schema: str) -> Iterator[None]:
    """Move what is there into a schema of another name; bring it back where that was in vain."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {_quoted(schema)}")
        cursor.execute("CREATE SCHEMA public")
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {_quoted(schema)} RENAME TO public")
        raise


def load(part: Path) -> None:
    """Put a copy into the empty database, whole or not at all.

    Raises:
        Refusal: If pg_restore is missing or fails.
    """
    # What is in the schema, functions of triggers too; the schema itself is there already.
    _run(
        "pg_restore", "--schema=public", "--single-transaction", "--exit-on-error", "--no-owner",
        "--no-privileges", f"--dbname={connection.settings_dict['NAME']}", str(part),
    )  # fmt: skip


def _run(name: str, *options: str) -> None:
    program = _program(name)
    answer = subprocess.run(  # noqa: S603 - a program from the path, no shell
        [program, *options],
        env=_surroundings(connection.settings_dict),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        said = answer.stderr.strip().splitlines() or ["it gives no reason"]
        raise Refusal(f"{name} failed: {said[0]}")


def _program(name: str) -> str:
    """Find a program that is as new as the server: an older one refuses halfway, in its words."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        wanted = int(cursor.fetchone()[0]) // 10_000
    package = f"PostgreSQL's client programs, version {wanted} (Debian: postgresql-client-{wanted})"
    found = shutil.which(name)
    if found is None:
        raise Refusal(f"{name} is not on the PATH; install {package}.")
    answer = subprocess.run(  # noqa: S603 - a program from the path, no shell
        [found, "--version"], capture_output=True, text=True, check=False
    )
    version = re.search(r"\d+", answer.stdout)
    if version is None or int(version.group()) < wanted:
        raise Refusal(f"{found} is older than the server; install {package} and put it first.")
    return found


def _surroundings(settings: dict[str, Any]) -> dict[str, str]:
    """Name the database as PostgreSQL's programs read it from their environment."""
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    address = {name: str(settings[key]) for name, key in named.items() if settings.get(key)}
    _, more = DatabaseClient.settings_to_cmd_args_env(settings, [])
    return {**os.environ, **address, **(more or {})}


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
