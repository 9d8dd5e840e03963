"""A calendar server of somebody else, started for a test, and a coach's other programs at it."""

import base64
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

MAKE = (
    '<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
    "<D:displayname>Werk</D:displayname></D:prop></D:set></C:mkcalendar>"
)
PATIENCE = 30.0


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class DavServer:
    """One server, and whoever else writes in its calendar."""

    arguments: tuple[str, ...]
    port: int
    root: str
    calendar: str
    name: str
    password: str
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Where a coach would say that it is."""
        return f"http://127.0.0.1:{self.port}{self.root}"

    @property
    def calendar_address(self) -> str:
        """Where its calendar is."""
        return f"http://127.0.0.1:{self.port}{self.calendar}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it, as long as the block lasts."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def start(self) -> None:
        """Let it answer; it has what it had."""
        self._process = subprocess.Popen(
            [sys.executable, *self.arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the calendar server does not start")

    def stop(self) -> None:
        """Let its port be closed."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None

    def make_calendar(self) -> None:
        """Make its calendar."""
        assert self.ask("MKCALENDAR", self.calendar, MAKE)[0] == 201

    def write(self, name: str, content: str) -> None:
        """Let another program of the coach put an event there."""
        status, _body = self.ask("PUT", f"{self.calendar}{name}.ics", content)
        assert status in {200, 201, 204}, status

    def delete(self, name: str) -> None:
        """Let another program of the coach take an event out."""
        assert self.ask("DELETE", f"{self.calendar}{name}.ics")[0] in {200, 204}

    def read(self, name: str) -> str | None:
        """Give an event as another program would show it; None where there is none."""
        status, body = self.ask("GET", f"{self.calendar}{name}.ics")
        return body.replace("\r\n ", "") if status == 200 else None

    def names(self) -> list[str]:
        """Name every event there."""
        _status, body = self.ask("PROPFIND", self.calendar, depth="1")
        parts = body.split("href>")[1::2]
        return sorted(
            one.split("<")[0].rpartition("/")[2].removesuffix(".ics")
            for one in parts
            if ".ics<" in one
        )

    def ask(self, method: str, path: str, body: str = "", depth: str = "0") -> tuple[int, str]:
        """Ask it something, as any program would."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        proof = base64.b64encode(f"{self.name}:{self.password}".encode()).decode()
        kind = "text/calendar" if method == "PUT" else "text/xml"
        headers = {"Authorization": f"Basic {proof}", "Content-Type": kind, "Depth": depth}
        try:
            connection.request(method, path, body.encode(), headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()
