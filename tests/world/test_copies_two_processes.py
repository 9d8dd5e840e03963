"""Nobody ever sees a page that was changed or withdrawn, also where two programs serve one site."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import running
from tests.running import ROOT, Program
from tests.world.publishing import Progress, is_elsewhere, state, title

SECONDS = 15.0
READERS = 2
PREPARE = """
from kleinverzet import environment, preparing
preparing.prepare(environment.read(), say=print)
"""
NUMBER = re.compile(r"Steen (\d+)")


@dataclass
class Reader:
    """Reads in one program over and over, and holds every page against what may be seen."""

    port: int
    places: dict[str, str]
    progress: Progress
    ends: threading.Event
    stale: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    etags: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Go on until told to end."""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.pages: dict[str, str] = {}
        while not self.ends.is_set():
            for path in self.places.values():
                self._read(path)
        self.connection.close()

    def _read(self, path: str) -> None:
        least = self.progress.committed
        status, page = self._ask(path)
        most = self.progress.begun
        is_list = path == self.places["list"]
        self.answers[f"{status} {'list' if is_list else 'article'}"] += 1
        seen: set[int | None] = {int(number) for number in NUMBER.findall(page)} or {None}
        changes = range(least, most + 1)
        may_be_seen = {state(number) for number in changes}
        if is_list:
            may_be_seen |= {title(number) for number in changes if is_elsewhere(number)}
        if status not in (200, 304) and least < most:
            return  # what is asked for while it changes may be found neither here nor there
        if not seen <= may_be_seen:
            self.stale.append(f"{path}: {seen}, and not {may_be_seen} ({least}-{most})")
        elif is_list and least == most and state(least) and self.places["article"] not in page:
            self.stale.append(f"{path}: no link at {least}")

    def _ask(self, path: str) -> tuple[int, str]:
        headers = {"Host": "localhost"}
        if path in self.etags:
            headers["If-None-Match"] = self.etags[path]
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        if answer.status == 304:
            return 304, self.pages[path]
        if etag := answer.getheader("ETag"):
            self.etags[path], self.pages[path] = etag, page
        return answer.status, page if answer.status == 200 else ""


@pytest.fixture
def database(pytestconfig: pytest.Config) -> Iterator[dict[str, str]]:
    """Say which database: SQLite in the data folder, or one of its own on the tests' server."""
    if not pytestconfig.option.postgresql:
        yield {}
        return
    import psycopg

    server, name = os.environ["KLEINVERZET_DATABASE"], f"two_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield {"KLEINVERZET_DATABASE": f"{server.rpartition('/')[0]}/{name}"}
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def two_programs(folder: Path, env: dict[str, str]) -> Iterator[list[Program]]:
    """Start the program twice, on one and the same data, which was prepared before."""
    here = env | {"KLEINVERZET_DATA": str(folder / "data")}
    subprocess.run([sys.executable, "-c", PREPARE], env=here, check=True, stdout=subprocess.PIPE)
    command = [sys.executable, "-m", "kleinverzet", "start"]
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                running.started(
                    command, notes=folder / name, data=folder / "data", env=env, cwd=folder
                )
            )
            for name in ("one", "other")
        ]


@pytest.mark.slow
def test_no_reader_of_two_programs_ever_gets_a_page_from_before_a_change(
    tmp_path: Path, database: dict[str, str]
) -> None:
    env = running.from_source() | database | {"KLEINVERZET_ORIGIN": "http://localhost:8000"}
    with two_programs(tmp_path, env) as programs:
        readers, changes = _hammer(tmp_path, env, programs)
        assert [program.complained for program in programs] == ["", ""]
    assert [stale for reader in readers for stale in reader.stale] == []
    assert changes > 10
    for port in {reader.port for reader in readers}:
        seen = sum((reader.answers for reader in readers if reader.port == port), Counter())
        assert seen["200 article"], seen
        assert seen["404 article"] + seen["301 article"], seen
        assert seen["304 list"], seen


def _hammer(folder: Path, env: dict[str, str], programs: list[Program]) -> tuple[list[Reader], int]:
    progress, ends = Progress(folder / "progress"), threading.Event()
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.world.publishing", str(folder / "progress")],
        cwd=ROOT,
        env=env | {"KLEINVERZET_DATA": str(folder / "data"), "PYTHONPATH": f"{ROOT}/src:{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdin
    assert writer.stdout
    places = json.loads(writer.stdout.readline())
    ports = [program.port for program in programs for _ in range(READERS)]
    readers = [Reader(port, places, progress, ends) for port in ports]
    threads = [threading.Thread(target=reader.read) for reader in readers]
    for thread in threads:
        thread.start()
    ends.wait(SECONDS)
    writer.stdin.close()
    last = json.loads(writer.stdout.readline())
    ends.wait(0.2)  # one more look at what the background made public
    ends.set()
    for thread in threads:
        thread.join()
    writer.stdout.close()
    assert writer.wait(20) == 0
    return readers, last["changes"]
