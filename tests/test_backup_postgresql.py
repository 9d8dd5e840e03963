"""The same drill on PostgreSQL, with its own programs for copying and putting back."""

import os
import shutil
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from tests import commands, postgresql
from tests.cast import WILMA
from tests.commands import ENTRIES

ERASE = """
from kleinverzet.accounts.models import Person
from kleinverzet.vault import erased
erased.note(Person.objects.get(name=sys.argv[1]).pk)
"""
COUNT = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(sys.argv[1])
    print(json.dumps(cursor.fetchall()))
"""
LIVE = (
    "SELECT (SELECT count(*) FROM django_session), (SELECT count(*) FROM vault_session),"
    " (SELECT count(*) FROM accounts_presence)"
)


@pytest.fixture
def programs() -> str:
    """The path with the programs of the very PostgreSQL that these tests run on."""
    spec = find_spec(postgresql.PACKAGE)
    assert spec is not None
    folder = Path(spec.origin or "").parent / postgresql.VERSION / "bin"
    if not (folder / "pg_dump").exists():
        pytest.skip("this PostgreSQL brings no pg_dump")
    return f"{folder}:{os.environ['PATH']}"


@pytest.fixture
def base(pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of a database of its own, as somebody who may do nothing else on the server."""
    if not pytestconfig.option.postgresql:
        pytest.skip("about PostgreSQL; the other run of ./check tests it")
    server = os.environ["KLEINVERZET_DATABASE"]
    name = f"drill_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{name}" LOGIN')
        connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
        yield server.replace("postgres@", f"{name}@").rpartition("/")[0] + f"/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        connection.execute(f'DROP ROLE "{name}"')


@pytest.fixture
def data(tmp_path: Path, base: str) -> Path:
    """A data folder in which the cast lives, beside its database."""
    data = tmp_path / "data"
    commands.live(data, {"KLEINVERZET_DATABASE": base})
    return data


def test_all_that_was_lost_comes_back_and_who_was_erased_does_not(
    data: Path, base: str, programs: str, tmp_path: Path
) -> None:
    env = {"KLEINVERZET_DATABASE": base, "PATH": programs}
    file = tmp_path / "backup.tar.gz"
    answer = commands.run("backup", file, data=data, env=env)
    assert answer.code == 0, answer
    _holds_nothing_private(file, data, tmp_path)

    assert commands.run("restore", file, data=data, env=env).refusal.count("--replace") == 1
    commands.script(ERASE, data, WILMA.name, env=env)
    answer = commands.run("restore", file, "--replace", data=data, env=env)
    assert answer.code == 0, answer
    assert "Moved aside:   schema replaced-" in answer.said
    assert "Erased again:  1" in answer.said
    left = {name: words for name, words in ENTRIES.items() if name != WILMA.name}
    assert commands.opened(data, env=env) == left
    assert commands.script(COUNT, data, LIVE, env=env) == [[0, 0, 0]]

    again = tmp_path / "again.tar.gz"
    assert commands.run("backup", again, data=data, env=env).code == 0
    assert WILMA.name.encode() not in _unpacked(again, tmp_path), "what stands aside stays out"
    doctor = commands.run("doctor", data=data, env=env)
    assert "fsync" in doctor.said, "this server is told to be fast, not safe"


def _holds_nothing_private(file: Path, data: Path, folder: Path) -> None:
    raw = _unpacked(file, folder)
    assert WILMA.name.encode() in raw, "names are readable, so this search does find"
    words = [text for texts in ENTRIES.values() for text in texts]
    secrets = [path.read_text() for path in (data / "secrets").iterdir()]
    for private in [*words, *secrets, "de lange wachtzin"]:
        assert private.encode() not in raw
        assert private.encode().hex().encode() not in raw


def _unpacked(file: Path, folder: Path) -> bytes:
    shutil.unpack_archive(file, folder / file.stem, filter="data")
    return b"".join(path.read_bytes() for path in (folder / file.stem).iterdir())


def test_without_pg_dump_it_says_what_to_install(data: Path, base: str, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    env = {"KLEINVERZET_DATABASE": base, "PATH": str(tools)}
    line = commands.run("backup", tmp_path / "b.tar.gz", data=data, env=env).refusal
    assert "postgresql-client-" in line
    (tools / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    (tools / "pg_dump").chmod(0o755)
    line = commands.run("backup", tmp_path / "b.tar.gz", data=data, env=env).refusal
    assert "older than the server" in line
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_restore_that_fails_halfway_leaves_what_was_there(
    data: Path, base: str, programs: str, tmp_path: Path
) -> None:
    env = {"KLEINVERZET_DATABASE": base, "PATH": programs}
    file = tmp_path / "backup.tar.gz"
    assert commands.run("backup", file, data=data, env=env).code == 0
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pg_restore").write_text(
        f'#!/bin/sh\ncase "$*" in *single*) echo no >&2; exit 1;; esac\n'
        f'exec {shutil.which("pg_restore", path=programs)} "$@"\n'
    )
    (broken / "pg_restore").chmod(0o755)
    env["PATH"] = f"{broken}:{programs}"
    assert (
        "pg_restore failed"
        in commands.run("restore", file, "--replace", data=data, env=env).refusal
    )
    assert commands.opened(data, env=env) == ENTRIES
