"""A real Radicale on this machine, with a calendar: it can fall silent and come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.coach.dav_server import DavServer, free_port

NAME, PASSWORD = "cora", "drie blauwe boten"


@contextmanager
def radicale(folder: Path) -> Iterator[DavServer]:
    """Start one that knows Cora, with her calendar; it ends with the block."""
    (folder / "users").write_text(f"{NAME}:{PASSWORD}\n")
    port = free_port()
    settings = folder / "config"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\n"
        "htpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {folder / 'collections'}\n"
        "[logging]\nlevel = error\n"
    )
    server = DavServer(
        ("-m", "radicale", "--config", str(settings)), port, "/", f"/{NAME}/werk/", NAME, PASSWORD
    )
    with server.running():
        server.make_calendar()
        yield server
