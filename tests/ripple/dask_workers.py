"""A scheduler and its workers as processes of their own on this machine, that tests may kill."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.running import from_source

PATIENCE = 60.0
UNSEEN = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]


@dataclass(frozen=True)
class Cluster:
    """What runs: where its scheduler listens, and its workers by name."""

    address: str
    workers: dict[str, subprocess.Popen[bytes]]


@contextmanager
def started(names: list[str], notes: Path) -> Iterator[Cluster]:
    """Start a scheduler and a worker for each name; end them all at last."""
    with ExitStack() as running:
        said = running.enter_context((notes / "dask").open("wb"))

        def run(module: str, *options: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.{module}", *options, *UNSEEN]
            process = subprocess.Popen(
                command, env=from_source(), cwd=notes, stdin=subprocess.DEVNULL,
                stdout=said, stderr=said,
            )  # fmt: skip
            running.callback(_end, process)
            return process

        card = notes / "scheduler.json"
        scheduler = run("dask_scheduler", "--port", "0", "--scheduler-file", str(card))
        address = _address(card, scheduler)
        yield Cluster(address, {name: run("dask_worker", *_as(name, address)) for name in names})


def _address(card: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """Wait until the scheduler has written where it listens: a port that nobody else took."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and scheduler.poll() is None:
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads(card.read_text())["address"])
        time.sleep(0.05)
    raise AssertionError("no scheduler")


def _as(name: str, address: str) -> list[str]:
    # Without a nanny, which would start it anew under another pid.
    return [address, "--name", name, "--nthreads", "1", "--no-nanny", "--memory-limit", "0"]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(timeout=20)
