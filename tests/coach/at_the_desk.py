"""What a coach does at their desk, sent as forms; for tests of it."""

from typing import Any

from django.test import Client
from django.utils.timezone import get_default_timezone

from tests.owners import Owner, signed_in

HERE = get_default_timezone()
# The pages that nobody but a coach finds; in Dutch, as addresses.
PAGES = (
    "/coach/",
    "/coach/2026-11-24/",
    "/coach/2026-11-24/open/",
    "/coach/uren/",
    "/coach/uren/dag/1/",
    "/coach/uren/dicht/",
    "/coach/uren/voorwaarden/",
    "/coach/uren/ritten/",
    "/coach/uren/2027-11-24/",
    "/coach/afspraak/0b6ee1f4-6b4e-4a5d-9a0e-7a8f2f3c4d5e/",
)


def browser_of(owner: Owner, *, vault_open: bool = False) -> Client:
    """Give a client in which somebody is signed in."""
    return signed_in(Client(SERVER_NAME="localhost"), owner, vault_open=vault_open)


def rows(*told: tuple[str, str, list[str]], **more: Any) -> dict[str, Any]:
    """Write rows of from, to and ways as the form sends them."""
    data: dict[str, Any] = {"rows": str(len(told)), "move": "save"}
    for n, (starts, ends, modes) in enumerate(told):
        data |= {f"row-{n}-starts": starts, f"row-{n}-ends": ends, f"row-{n}-modes": modes}
    return data | more


def seen_on(client: Client, path: str) -> str:
    """Open a page, and give the mark that its form holds."""
    return str(client.get(path).context["seen"])


def text_of(answer: Any) -> str:
    """Give what an answer says."""
    return str(answer.content.decode())
