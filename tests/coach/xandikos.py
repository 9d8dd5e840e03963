"""A real Xandikos on this machine: a second dialect of CalDAV, without a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.coach.dav_server import DavServer, free_port


@contextmanager
def xandikos(folder: Path) -> Iterator[DavServer]:
    """Start one with a calendar; it ends with the block."""
    port = free_port()
    arguments = (
        "-m", "xandikos", "serve", "--directory", str(folder / "dav"), "--listen-address",
        "127.0.0.1", "--port", str(port), "--current-user-principal", "/cora/",
        "--autocreate", "--defaults",
    )  # fmt: skip
    server = DavServer(arguments, port, "/", "/cora/calendars/calendar/", "", "")
    with server.running():
        yield server
