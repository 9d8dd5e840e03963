"""A drill: people live in the program, everything is lost, a backup is put back, and they are here.

Each command runs in a process of its own, as it does for whoever runs the program.
"""

import hashlib
import io
import json
import resource
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kleinverzet import occupancy
from tests import commands, running
from tests.cast import OTTO, PIPPA, WILMA
from tests.commands import ENTRIES

pytestmark = pytest.mark.slow

DATABASE = "kleinverzet.sqlite3"
ERASE = """
from kleinverzet.accounts.models import Person
from kleinverzet.vault import erased
erased.note(Person.objects.get(name=sys.argv[1]).pk)
"""
PLAN = """
from datetime import timedelta
from django.utils import timezone
from kleinverzet.me.models import Nudge, Reflection
for row, hours in zip(Reflection.objects.order_by("kept_at"), (-1, 1, 48)):
    moment = timezone.now() + timedelta(hours=hours)
    Nudge.objects.create(
        person=row.person, reflection=row, channel="mail", due_at=moment, try_at=moment
    )
"""
STATES = """
from kleinverzet.me.models import Nudge
print(json.dumps([nudge.state for nudge in Nudge.objects.order_by("due_at")]))
"""


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A data folder in which the cast lives, signed in and with open vaults; and their codes."""
    data = tmp_path_factory.mktemp("life") / "data"
    return data, commands.live(data)


@pytest.fixture
def data(life: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(life[0], tmp_path / "data"))


@pytest.fixture(scope="module")
def made(life: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("made") / "backup.tar.gz"
    assert commands.run("backup", file, data=life[0]).code == 0
    return file


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    """A copy of that backup."""
    return Path(shutil.copy2(made, tmp_path))


@pytest.fixture
def elsewhere(data: Path, tmp_path: Path) -> Path:
    """A new machine, on which there is nothing but the pepper that was kept apart."""
    secrets = tmp_path / "elsewhere" / "secrets"
    secrets.mkdir(mode=0o700, parents=True)
    secrets.parent.chmod(0o700)
    shutil.copy2(data / "secrets" / "pepper", secrets)
    return secrets.parent


def _parts(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def _pack(file: Path, parts: dict[str, bytes]) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file


def _people(data: Path) -> set[str]:
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return {row[0] for row in database.execute("SELECT name FROM accounts_person")}


def test_all_that_was_lost_comes_back_and_opens_for_its_owner(
    backup: Path, data: Path, elsewhere: Path
) -> None:
    shutil.rmtree(data)
    answer = commands.run("restore", backup, data=elsewhere)
    assert answer.code == 0, answer
    assert answer.complained == ""
    assert "erased.log" in answer.said, "who was erased since is not known here"
    assert commands.opened(elsewhere) == ENTRIES
    assert (elsewhere / DATABASE).stat().st_mode & 0o777 == 0o600
    doctor = commands.run("doctor", data=elsewhere)
    assert doctor.code == 0, doctor.said


def test_a_backup_holds_no_private_word_and_no_secret(
    backup: Path, life: tuple[Path, dict[str, str]]
) -> None:
    data, codes = life
    raw = b"".join(_parts(backup).values())
    assert PIPPA.name.encode() in raw, "names are readable, so this search does find"
    words = [text for texts in ENTRIES.values() for text in texts]
    secrets = [path.read_text() for path in (data / "secrets").iterdir()]
    for private in [*words, *secrets, *codes.values(), "de lange wachtzin"]:
        for spelling in (private.encode(), private.encode("utf-16-le"), private.encode().hex()):
            assert (spelling.encode() if isinstance(spelling, str) else spelling) not in raw


def test_nobody_is_signed_in_in_a_backup_and_no_vault_is_open(backup: Path, data: Path) -> None:
    halves = "SELECT half FROM vault_session"
    with closing(sqlite3.connect(data / DATABASE)) as database:
        live = [row[0] for row in database.execute(halves)]
    copy = backup.with_name("copy.sqlite3")
    copy.write_bytes(_parts(backup)["database.sqlite3"])
    with closing(sqlite3.connect(copy)) as database:
        for table in ("django_session", "vault_session", "accounts_presence"):
            count = database.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert count == (0,), table
    assert live
    assert not any(half in copy.read_bytes() for half in live), "not even as a deleted page"


def test_it_is_a_copy_of_one_moment_while_somebody_writes(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as writer:
        writer.execute("UPDATE accounts_person SET name = 'Bas Kwast' WHERE name = 'Otto Oever'")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE accounts_person SET name = 'Half' WHERE name = 'Bas Kwast'")
        answer = commands.run("backup", tmp_path / "b.tar.gz", data=data)
        writer.execute("ROLLBACK")
    assert answer.code == 0, answer
    raw = _parts(tmp_path / "b.tar.gz")["database.sqlite3"]
    assert b"Bas Kwast" in raw, "what was confirmed is in it, also from the write-ahead log"
    assert OTTO.name.encode() not in raw


def test_a_backup_is_named_by_its_moment_and_for_its_owner_only(data: Path, tmp_path: Path) -> None:
    answer = commands.run("backup", tmp_path, data=data)
    [file] = tmp_path.glob("kleinverzet-*.tar.gz")
    assert str(file) in answer.said
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(data / "secrets" / "pepper") in answer.said
    assert "outbox/" in answer.said
    manifest = json.loads(_parts(file)["manifest.json"])
    assert manifest["created_at"][:10] in file.name
    assert "me.0001_initial" in manifest["migrations"]


def test_a_backup_overwrites_nothing(backup: Path, data: Path) -> None:
    before = backup.read_bytes()
    assert "give another name" in commands.run("backup", backup, data=data).refusal
    assert backup.read_bytes() == before


def test_a_backup_that_does_not_fit_on_the_disk_leaves_nothing(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    small = (100_000, 100_000)
    answer = commands.run(
        "backup", folder, data=data, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, small)
    )
    assert answer.refusal
    assert list(folder.iterdir()) == []


def test_a_backup_goes_to_a_folder_that_is_there(data: Path, tmp_path: Path) -> None:
    assert "make it first" in commands.run("backup", tmp_path / "no/file", data=data).refusal
    assert "another with --data" in commands.run("backup", data=tmp_path / "no").refusal


@pytest.mark.parametrize(("fault", "said"), [("gone", "there is no database"), ("", "damaged")])
def test_a_database_that_cannot_be_read_is_not_backed_up(
    data: Path, tmp_path: Path, fault: str, said: str
) -> None:
    (data / DATABASE).write_bytes(b"SQLite format 3\0" + b"\x17" * 9000)
    if fault == "gone":
        (data / DATABASE).unlink()
    assert said in commands.run("backup", tmp_path / "file", data=data).refusal
    assert not (tmp_path / "file").exists()


def test_a_database_that_is_there_is_left_alone(backup: Path, data: Path) -> None:
    before = (data / DATABASE).read_bytes()
    line = commands.run("restore", backup, data=data).refusal
    assert str(data / DATABASE) in line
    assert "--replace" in line
    assert (data / DATABASE).read_bytes() == before


def test_replacing_moves_the_old_database_aside(backup: Path, data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.execute("UPDATE accounts_person SET name = 'Later' WHERE name = 'Otto Oever'")
        database.commit()
    answer = commands.run("restore", backup, "--replace", data=data)
    assert answer.code == 0, answer
    [aside] = data.glob("kleinverzet-replaced-*.sqlite3")
    assert str(aside) in answer.said
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT 1 FROM accounts_person WHERE name = 'Later'").fetchone()
    assert _people(data) == set(ENTRIES)


def test_nothing_is_put_back_under_a_program_that_runs(backup: Path, data: Path) -> None:
    with occupancy.shared(data):
        assert "stop it first" in commands.run("restore", backup, "--replace", data=data).refusal


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "99.0"}, "made by version 99.0"),
        ({"migrations": ["me.0999_later"]}, "install that version"),
        ({"kind": "postgresql"}, "KLEINVERZET_DATABASE"),
        ({"parts": {}}, "damaged"),
    ],
)
def test_what_cannot_be_put_back_here_touches_nothing(
    backup: Path, elsewhere: Path, change: dict[str, Any], said: str
) -> None:
    before = sorted(elsewhere.rglob("*"))
    line = commands.run("restore", _changed(backup, change), data=elsewhere).refusal
    assert said in line
    left = {path.name for path in elsewhere.rglob("*") if path not in before}
    assert left <= {"django-key", "in-use"}


def _changed(backup: Path, change: dict[str, Any]) -> Path:
    """Say something else in a backup's manifest, with checksums that hold."""
    parts = _parts(backup)
    manifest = json.loads(parts.pop("manifest.json")) | change
    database = parts.pop("database.sqlite3")
    if not manifest["parts"]:
        database = database[:5000] + b"\x17" * 50_000
    name = "database.dump" if manifest["kind"] == "postgresql" else "database.sqlite3"
    manifest["parts"] = {name: hashlib.sha256(database).hexdigest()}
    text = json.dumps(manifest).encode()
    return _pack(backup, {"manifest.json": text, name: database})


def test_who_was_erased_since_is_erased_again(backup: Path, data: Path) -> None:
    commands.script(ERASE, data, WILMA.name)
    answer = commands.run("restore", backup, "--replace", data=data)
    assert "Erased again:  1" in answer.said
    assert _people(data) == {PIPPA.name, OTTO.name}
    assert WILMA.name.encode() not in (data / DATABASE).read_bytes()
    again = backup.with_name("again.tar.gz")
    assert commands.run("backup", again, data=data).code == 0
    assert _parts(again)["erased.log"] == (data / "erased.log").read_bytes()


def test_who_was_erased_stays_so_whichever_way_an_old_database_came_back(data: Path) -> None:
    commands.script(ERASE, data, OTTO.name)
    commands.script("", data)
    assert _people(data) == {PIPPA.name, WILMA.name}


def test_a_nudge_of_the_days_in_between_is_unknown_and_not_sent_twice(
    data: Path, tmp_path: Path
) -> None:
    commands.script(PLAN, data)
    file = tmp_path / "planned.tar.gz"
    assert commands.run("backup", file, data=data).code == 0
    older = _changed(file, {"created_at": "2020-01-01T00:00:00Z"})
    assert commands.run("restore", older, "--replace", data=data).code == 0
    assert commands.script(STATES, data) == ["sending", "planned", "planned"]


@pytest.mark.parametrize("pepper", ["missing", "another"])
def test_without_its_pepper_nothing_is_put_back_and_nothing_starts(
    backup: Path, data: Path, elsewhere: Path, pepper: str
) -> None:
    for folder in (data, elsewhere):
        place = folder / "secrets" / "pepper"
        place.unlink()
        if pepper == "another":
            place.write_text("another pepper, of another house")
    start = ["start", "--port", str(running.free_port())]
    refusals = [
        commands.run("restore", backup, data=elsewhere).refusal,
        commands.run(*start, data=data).refusal,
    ]
    for line, folder in zip(refusals, (elsewhere, data), strict=True):
        place = folder / "secrets" / "pepper"
        assert ("is missing at" if pepper == "missing" else "is not the one") in line
        assert str(place) in line
        assert place.exists() == (pepper == "another"), "none is made by the way"
    assert not (elsewhere / DATABASE).exists()
