"""Starts the whole program as a person would, in a process of its own, and hears what it says."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAST_LINE = "To stop"
# A first start makes every table, page and static file: half a minute, where others compute too.
PATIENCE = 180
# What ./start needs, and nothing that was made from it.
COPIED = ("src", "content", "start", "environment.sh", "requirements.lock", "pyproject.toml")
MADE = shutil.ignore_patterns("__pycache__", "*.mo")

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Program:
    """The program while it runs."""

    process: subprocess.Popen[bytes]
    port: int
    out: Path
    err: Path

    @property
    def said(self) -> str:
        """What it printed so far."""
        return self.out.read_text(encoding="utf-8")

    @property
    def complained(self) -> str:
        """What it printed as errors so far."""
        return self.err.read_text(encoding="utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page; give its status and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal; give the exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


def surroundings(**more: str) -> dict[str, str]:
    """Give an environment as a person's shell has it: without what a test run puts there."""
    left_out = ("KLEINVERZET_", "DJANGO_", "PYTHON", "PYTEST_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return plain | more


def from_source() -> dict[str, str]:
    """Give an environment in which Python finds this checkout."""
    return surroundings(PYTHONPATH=str(ROOT / "src"))


def copied_house(folder: Path) -> Path:
    """Copy what ./start needs to a folder, with an environment that is installed already."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=MADE)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    venv = folder / ".venv"
    venv.mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (venv / name).symlink_to(Path(sys.prefix, name))
    shutil.copy2(ROOT / "requirements.lock", venv)
    return folder


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(
    command: Command, *, notes: Path, data: Path | None = None, env: Mapping[str, str], cwd: Path
) -> Iterator[Program]:
    """Start the program on a free port, wait until it says that it is ready, and end it at last.

    Args:
        command: The command, up to and with `start`.
        notes: A folder for what it says.
        data: The data folder to name, if any.
        env: The whole environment.
        cwd: Where the command is given.
    """
    port = free_port()
    options = ["--port", str(port), *(["--data", str(data)] if data else [])]
    notes.mkdir(parents=True, exist_ok=True)
    out, err = notes / f"out-{port}", notes / f"err-{port}"
    with out.open("wb") as said, err.open("wb") as complained:
        process = subprocess.Popen(
            [*command, *options],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=complained,
            start_new_session=True,
        )
    program = Program(process, port, out, err)
    try:
        _wait_until_ready(program)
        yield program
    finally:
        process.kill()
        process.wait()


def _wait_until_ready(program: Program) -> None:
    end = time.monotonic() + PATIENCE
    while LAST_LINE not in program.said:
        if program.process.poll() is not None or time.monotonic() > end:
            raise AssertionError(f"It did not start.\n{program.said}\n{program.complained}")
        time.sleep(0.05)
