"""`./start` for real: a copy of the house, a free port, a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests import prepared, running
from tests.running import Program, started

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that was never started; its data lies beside it."""
    return running.copied_house(tmp_path_factory.mktemp("start") / "house")


@pytest.fixture
def new(house: Path, tmp_path: Path) -> "Run":
    """Start the copy, as often as a test wants, on the same data; the first time on none."""
    return Run(house, tmp_path)


@pytest.fixture
def run(new: "Run") -> "Run":
    """The same, where somebody started before."""
    prepared.copy_to(new.data, house=new.house)
    return new


class Run:
    """Starts one house with one data folder."""

    def __init__(self, house: Path, folder: Path) -> None:
        self.house = house
        self.folder = folder
        self.data = folder / "data"

    def __call__(self, *options: str, **env: str) -> AbstractContextManager[Program]:
        """Start it, and wait until it is ready."""
        return started(
            [self.house / "start", *options],
            notes=self.folder / "notes",
            data=None if "--demo" in options else self.data,
            env=running.surroundings(**env),
            cwd=self.folder,
        )

    def made(self) -> dict[Path, int]:
        """Give when everything that is prepared was last written."""
        places = [self.data / "kleinverzet.sqlite3", self.data / "prepared"]
        places += (self.data / "static").rglob("*")
        return {place: place.stat().st_mtime_ns for place in places}


def _children(pid: int) -> list[str]:
    if Path("/proc/self").exists():
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [child for task in tasks for child in (task / "children").read_text().split()]
    answer = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.split()


def _memory(program: Program) -> int:
    """Give how much memory the program has taken, in a unit of this machine."""
    pages = Path(f"/proc/{program.process.pid}/statm")
    if pages.exists():
        return int(pages.read_text().split()[1])
    command = ["ps", "-o", "rss=", "-p", str(program.process.pid)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_the_first_start_tells_what_a_person_needs_to_know(new: Run) -> None:
    with new() as program:
        assert f"http://localhost:{program.port}/\n" in program.said
        assert f"http://localhost:{program.port}/en/\n" in program.said
        assert str(new.data) in program.said
        assert "Ctrl+C" in program.said
        assert "Preparing" in program.said
        assert program.complained == ""


def test_it_serves_both_languages_from_one_process(run: Run) -> None:
    with run() as program:
        for path, words in {
            "/": 'lang="nl"',
            "/cirkel/": 'lang="nl"',
            "/en/": 'lang="en"',
            "/en/circle/": 'lang="en"',
        }.items():
            status, text = program.get(path)
            assert status == 200, path
            assert words in text, path
        assert _children(program.process.pid) == []


def test_a_second_start_prepares_nothing_and_the_first_takes_no_more_memory(new: Run) -> None:
    run = new
    with run() as program:
        took = _memory(program)
        secret = (run.data / "secrets" / "django-key").read_text()
        first = run.made()
    with run() as program:
        assert "Preparing" not in program.said
        assert program.get("/cirkel/")[0] == 200
        assert run.made() == first
        assert took < 1.15 * _memory(program)
    path = run.data / "secrets" / "django-key"
    assert path.read_text() == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert run.data.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("changed", ["content/values", "src/kleinverzet/ui/static"])
def test_what_changed_is_prepared_again(run: Run, changed: str) -> None:
    file = next(path for path in sorted((run.house / changed).rglob("*")) if path.is_file())
    file.write_bytes(file.read_bytes() + b"\n")
    with run() as program:
        assert "Preparing" in program.said


def test_what_was_thrown_away_is_prepared_again(run: Run) -> None:
    (run.data / "static" / "staticfiles.json").unlink()
    with run() as program:
        assert program.get("/")[0] == 200


@pytest.fixture
def _hangups_are_heard() -> Iterator[None]:
    """Let a program hear that its terminal closed, also where these tests run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_hangups_are_heard")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_promptly_and_quietly(run: Run, how: signal.Signals) -> None:
    with run() as program:
        began = time.monotonic()
        assert program.stop(how) == 0
        assert time.monotonic() - began < 2
        assert program.complained == ""
        assert program.said.rstrip().endswith("Ctrl+C")


def test_a_client_that_stopped_halfway_holds_nobody_up(run: Run) -> None:
    with run() as program:
        halves = [_half_a_form(program) for _ in range(8)]
        assert program.get("/cirkel/")[0] == 200
        assert program.stop(signal.SIGINT) == 0
        assert program.complained == ""
        for half in halves:
            half.close()


def _half_a_form(program: Program) -> socket.socket:
    half = socket.create_connection(("127.0.0.1", program.port), timeout=10)
    half.sendall(
        b"POST /cirkel/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nwords=help"
    )
    return half


def test_a_demo_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with run("--demo", TMPDIR=str(tmp_path / "tmp")) as program:
        assert program.get("/cirkel/")[0] == 200
        assert program.stop() == 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_data_folder_is_named_from_where_the_command_is_given(run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run.folder, run.data = elsewhere, Path("mine")
    with run():
        assert (elsewhere / "mine" / "kleinverzet.sqlite3").exists()


def test_what_breaks_is_told_without_what_anybody_wrote(run: Run) -> None:
    template = run.house / "src/kleinverzet/world/templates/world/home.html"
    whole = template.read_text()
    template.write_text("{% load nothing_of_this_name %}")
    try:
        with run() as program:
            assert program.get("/?words=something-private")[0] == 500
            assert "TemplateSyntaxError" in program.complained
            assert "private" not in program.complained
    finally:
        template.write_text(whole)


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0"])
def test_it_listens_where_it_is_told_to(run: Run, host: str) -> None:
    with run("--host", host) as program:
        assert f"http://localhost:{program.port}/\n" in program.said
        assert ("KLEINVERZET_ORIGIN" in program.said) is (host == "0.0.0.0")
        assert program.get("/cirkel/")[0] == 200


def test_the_module_starts_it_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kleinverzet", "start"]
    env = running.from_source()
    prepared.copy_to(tmp_path / "d")
    with started(command, notes=tmp_path, data=tmp_path / "d", env=env, cwd=tmp_path) as program:
        assert program.get("/en/circle/")[0] == 200
        assert program.stop() == 0


def test_it_runs_in_an_empty_home_and_as_any_language(new: Run, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path / "home"), "LC_ALL": "C", "PATH": os.environ["PATH"]}
    (tmp_path / "home").mkdir()
    command = [new.house / "start"]
    with started(command, notes=tmp_path, data=new.data, env=env, cwd=tmp_path) as program:
        assert program.complained == ""
    assert list((tmp_path / "home").iterdir()) == []
