"""Ways through the second step that several tests take: proving, setting up, signing in with it."""

import html
import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from tests.accounts.softkey import SoftKey
from tests.owners import Owner

STEP = "/inloggen/stap-2/"
Answer = Any


def visitor() -> Client:
    """Give a browser on the host for which passkeys are made."""
    return Client(HTTP_HOST="localhost")


def prove(client: Client, owner: Owner) -> None:
    """Give the passphrase once more, as the pages ask for it."""
    answer = client.post("/veiligheid/wachtzin/", {"passphrase": owner.passphrase})
    assert answer.status_code == 302


def code_for(secret: str, ago: int = 0) -> str:
    """Give the code that an app shows, or showed so many half minutes ago."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago))


def secret_on(page: HttpResponse) -> str:
    """Read the secret that a page spells out for an app."""
    spelled = re.search(r'<p class="letters">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert spelled
    return "".join(re.findall(r"<span>(\w+)</span>", spelled[1]))


def codes_on(page: HttpResponse) -> list[str]:
    """Read the spare codes that a page shows."""
    found = re.findall(r"<span>(\d{4})</span> <span>(\d{4})</span>", page.content.decode())
    return ["".join(halves) for halves in found]


def options_on(page: HttpResponse) -> dict[str, Any]:
    """Read what a page asks of a passkey."""
    said = re.search(r'data-options="([^"]*)"', page.content.decode())
    assert said
    found: dict[str, Any] = json.loads(html.unescape(said[1]))
    return found


def set_up_app(client: Client) -> str:
    """Set up an app for who has just proved their passphrase; give its secret."""
    secret = secret_on(client.get("/veiligheid/app/"))
    # A code of half a minute ago, so that the tests can use the one of now.
    half_minute, answer = _half_minute(), _try_app(client, secret)
    if answer.status_code != 302 and _half_minute() != half_minute:
        # Another half minute began underway, so that it was a code of a minute ago.
        answer = _try_app(client, secret)
    assert answer.status_code == 302, answer.content.decode()
    return secret


def _half_minute() -> int:
    return int(time.time()) // 30


def _try_app(client: Client, secret: str) -> Answer:
    return client.post("/veiligheid/app/", {"code": code_for(secret, ago=1)})


def set_up_passkey(client: Client, name: str = "mijn telefoon") -> SoftKey:
    """Add a passkey for who has just proved their passphrase."""
    key = SoftKey()
    made = key.make(options_on(client.get("/veiligheid/passkeys/nieuw/")))
    answer = send_passkey(client, "/veiligheid/passkeys/nieuw/", made, name=name)
    assert answer.status_code == 302, answer.content.decode()
    return key


def send_passkey(client: Client, path: str, credential: Any, **more: str) -> Answer:
    """Send what a browser says of a passkey."""
    return client.post(path, {"credential": json.dumps(credential), **more})


def begin(client: Client, owner: Owner) -> Answer:
    """Give name and passphrase at the door."""
    return client.post("/inloggen/", {"login": owner.person.name, "password": owner.passphrase})


def is_in(client: Client) -> bool:
    """Tell whether a page of one's own opens."""
    return client.get("/veiligheid/").status_code == 200


def vault_is_open(client: Client) -> bool:
    """Tell whether the overview says that the vault is open."""
    return "Je kluis is open" in client.get("/veiligheid/").content.decode()


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let time pass for whoever asks what time it is."""
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + seconds)
