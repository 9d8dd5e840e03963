"""`kleinverzet doctor`: a line for each thing it looks at, and what to do where something is wrong.

The whole command is run for what a data folder may look like; single checks are asked where a fault
has to be played: a full disk, a clock that was set back, a mail server.
"""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from kleinverzet import occupancy
from kleinverzet.catalogue import shelves
from kleinverzet.checkup import database, folders, rounds, surroundings
from kleinverzet.checkup.finding import Finding, State
from kleinverzet.environment import Environment
from kleinverzet.me.models import Nudge, Reflection
from tests import commands, running
from tests.cast import PIPPA
from tests.commands import Answer
from tests.owners import make_owner

DATABASE = "kleinverzet.sqlite3"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A healthy data folder in which the cast lives."""
    data = tmp_path_factory.mktemp("life") / "data"
    commands.live(data)
    return data


@pytest.fixture
def data(life: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(life, tmp_path / "data"))


@dataclass(frozen=True)
class Line:
    """One line of what the doctor says."""

    state: str
    said: str


def _lines(answer: Answer) -> dict[str, Line]:
    assert answer.complained == ""
    parted = [re.split(r" {2,}", line, maxsplit=2) for line in answer.said.splitlines()]
    return {name: Line(state, said) for state, name, said in parted}


def _wrong(answer: Answer) -> dict[str, str]:
    """Give what is wrong, with its line; there is something."""
    assert answer.code == 1, answer.said
    return {name: line.said for name, line in _lines(answer).items() if line.state == "wrong"}


@pytest.mark.slow
def test_a_healthy_folder_is_well(data: Path) -> None:
    answer = commands.run("doctor", data=data)
    assert answer.code == 0, answer.said
    lines = _lines(answer)
    assert {line.state for line in lines.values()} == {"ok"}, answer.said
    assert set(lines) >= {"pepper", "database", "migrations", "mail", "clock", "disk", "helplines"}
    for private in (PIPPA.name, *PIPPA.words):
        assert private not in answer.said


@pytest.mark.slow
def test_looking_changes_nothing(data: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.is_file()}
    commands.run("doctor", data=data)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "--data" in commands.run("doctor", data=tmp_path / "nowhere").refusal
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("break_it", "name", "said"),
    [
        (lambda data: data.chmod(0o755), "data folder", "chmod 700"),
        (lambda data: (data / "secrets").chmod(0o750), "secrets", "chmod 700"),
        (lambda data: (data / "secrets" / "pepper").chmod(0o644), "pepper", "chmod 600"),
        (lambda data: (data / "secrets" / "pepper").unlink(), "pepper", "kept apart"),
        (lambda data: (data / "secrets" / "pepper").write_text("x"), "pepper fits", "not the one"),
        (lambda data: (data / DATABASE).unlink(), "database", "none yet"),
        (lambda data: _damage(data / DATABASE), "database", "restore"),
        (lambda data: (data / DATABASE).write_bytes(b"no" * 999), "database", "restore"),
        (lambda data: _forget_a_migration(data), "migrations", "restart"),
        (lambda data: _add_a_migration(data), "migrations", "newer version"),
    ],
)
def test_a_fault_has_its_line_and_its_remedy(
    data: Path, break_it: Any, name: str, said: str
) -> None:
    break_it(data)
    wrong = _wrong(commands.run("doctor", data=data))
    assert said in wrong[name]
    assert "Remedy: " in wrong[name]
    assert not (data / DATABASE).exists() or name != "database" or said != "none yet"


def _damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = b"\x17" * 40_000
    file.write_bytes(content)


def _forget_a_migration(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'me'")
        opened.commit()


def _add_a_migration(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as opened:
        opened.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('me', '0999_later', '2026-01-01')"
        )
        opened.commit()


@pytest.mark.slow
def test_stale_helplines_and_old_backups_are_warnings(data: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(running.ROOT / "content", content)
    lines = content / "helplines.yaml"
    lines.write_text(re.sub(r"(?m)(verified_on:) .*$", r"\1 2020-01-01", lines.read_text()))
    answer = commands.run(
        "doctor", "--backups", tmp_path, data=data, env={"KLEINVERZET_CONTENT": str(content)}
    )
    assert answer.code == 0
    found = _lines(answer)
    assert found["helplines"].state == "warning"
    assert "verified_on" in found["helplines"].said
    assert found["backups"].state == "warning"


@pytest.mark.slow
def test_a_mail_server_that_cannot_be_reached_is_wrong(data: Path) -> None:
    mail = f"smtp://someone:geheim@127.0.0.1:{running.free_port()}"
    answer = commands.run("doctor", data=data, env={"KLEINVERZET_MAIL": mail})
    assert "refused" in _wrong(answer)["mail"]
    assert "geheim" not in answer.said


# --- single checks -----------------------------------------------------------------------------


def _env(**more: Any) -> Environment:
    return Environment(**more)


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (400e9, 500e9, State.OK),
        (20e9, 500e9, State.WARNING),
        (499e6, 5e9, State.WARNING),
        (0, 5e9, State.WRONG),
    ],
)
def test_a_disk_that_fills_up(
    monkeypatch: pytest.MonkeyPatch, free: float, total: float, state: State
) -> None:
    usage = SimpleNamespace(free=int(free), total=int(total))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert folders.disk(_env()).state is state


def test_a_mail_server_that_answers_is_well() -> None:
    server = Controller(SimpleNamespace(), hostname="127.0.0.1", port=running.free_port())
    server.start()
    try:
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port):
            env = _env(mail=f"smtp://127.0.0.1:{server.port}", mail_from="practice@verzet.example")
            assert surroundings.mail(env).state is State.OK
            with override_settings(EMAIL_HOST_USER="someone", EMAIL_HOST_PASSWORD="x"):
                refused = surroundings.mail(env)
    finally:
        server.stop()
    assert refused.state is State.WRONG
    assert "someone" not in refused.said


def test_people_of_a_public_program_get_no_mail_without_a_server() -> None:
    assert surroundings.mail(_env(origin="https://verzet.example")).state is State.WARNING
    assert surroundings.mail(_env()).state is State.OK


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ({"origin": "https://verzet.example"}, State.OK),
        ({"origin": "http://localhost:8000"}, State.OK),
        ({"origin": "http://[::1]:8000"}, State.OK),
        ({"origin": "http://192.168.1.20:8000"}, State.WARNING),
        ({"debug": True}, State.WRONG),
    ],
)
def test_what_people_send_travels_unreadable(settings: dict[str, Any], state: State) -> None:
    assert surroundings.origin(_env(**settings)).state is state


def test_content_that_does_not_hold_is_wrong(tmp_path: Path) -> None:
    shelves.read.cache_clear()
    assert surroundings.helplines(_env(content=tmp_path), NOW.date()).state is State.WRONG


@pytest.mark.django_db
def test_a_clock_that_was_set_back_is_wrong() -> None:
    assert database.clock(timezone.now()).state is State.OK
    found = database.clock(timezone.now() - timedelta(days=400))
    assert found.state is State.WRONG
    assert "set the clock" in found.remedy


@pytest.mark.django_db
def test_nudges_that_nobody_sends_are_counted_and_no_more(tmp_path: Path) -> None:
    env = _env(data=tmp_path)
    assert database.background(env, timezone.now()).state is State.OK
    _nudge(timezone.now() - timedelta(minutes=20))
    idle = database.background(env, timezone.now())
    assert (idle.state, "1 nudges" in idle.said) == (State.WARNING, True)
    assert "not running" in idle.said
    with occupancy.shared(tmp_path):
        assert database.background(env, timezone.now()).state is State.WRONG
    assert PIPPA.name not in idle.said


@pytest.mark.django_db
def test_nudges_of_later_wait_for_nobody(tmp_path: Path) -> None:
    _nudge(timezone.now() + timedelta(days=1))
    _nudge(timezone.now() - timedelta(minutes=5))
    assert database.background(_env(data=tmp_path), timezone.now()).state is State.OK


def _nudge(moment: datetime) -> None:
    person = make_owner(name=f"{PIPPA.name} {moment:%d %H%M}").person
    row = Reflection.objects.create(person=person, key_number=1, wrapped_key=b"", sealed=b"")
    Nudge.objects.create(
        person=person, reflection=row, channel=Nudge.Channel.MAIL, due_at=moment, try_at=moment
    )


@pytest.mark.parametrize(
    ("ages", "state"), [([1], State.OK), ([1, 31], State.WARNING), ([3], State.WARNING)]
)
def test_backups_are_fresh_and_none_outlives_the_horizon(
    tmp_path: Path, ages: list[int], state: State
) -> None:
    for age in ages:
        _lying_there_since(NOW - timedelta(days=age), tmp_path / f"kleinverzet-{age}.tar.gz")
    assert folders.backups(tmp_path, NOW).state is state


def test_what_a_restore_moved_aside_is_not_kept_forever(tmp_path: Path) -> None:
    old = tmp_path / "kleinverzet-replaced-2026.sqlite3"
    for days, state in {1: State.OK, 31: State.WARNING}.items():
        _lying_there_since(NOW - timedelta(days=days), old)
        assert folders.moved_aside(_env(data=tmp_path), NOW).state is state


def _lying_there_since(moment: datetime, path: Path) -> None:
    path.touch()
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_check_that_breaks_is_a_finding_without_what_it_stumbled_over() -> None:
    def breaks() -> Finding:
        raise RuntimeError("something private")

    found = rounds._made(("anything", breaks))
    assert found.state is State.WRONG
    assert "private" not in found.said + found.remedy
