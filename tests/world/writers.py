"""Somebody who writes to the practice, with the real form, for tests that begin there."""

import re
import uuid
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from kleinverzet.accounts import traps
from kleinverzet.accounts.traps import Stamp

CONTACT, APPOINTMENT, SENT = "/contact/", "/afspraak-vragen/", "/bericht-klaar/"
ADDRESS = "pippa@pond.example"
TEXT = "Mijn zoon komt de deur niet meer uit. Kan hij een keer met jullie praten?"
WHOLE = {"text": TEXT, "email": ADDRESS, "name": "Pippa Pluis"}


def browser(**more: Any) -> Client:
    """Give a browser that asks on this machine."""
    return Client(SERVER_NAME="localhost", **more)


def stamp(age: timedelta = timedelta(minutes=2), *, now: datetime | None = None) -> str:
    """Give the stamp of a form that stood open for some time."""
    return Stamp(uuid.uuid4(), (now or timezone.now()) - age).signed


def write(client: Client, path: str = CONTACT, **fields: str) -> Any:
    """Send a form that stood open for two minutes, filled in as it should be but for `fields`."""
    return client.post(path, {"stamp": stamp(), **WHOLE, **fields})


def fields_of(answer: Any) -> dict[str, str]:
    """Give what stands in the fields of the form on a page, as a browser would send it again."""
    page = answer.content.decode()
    form = re.search(r'<form class="write__form.*?</form>', page, re.DOTALL)
    assert form, page
    whole = form[0]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", whole):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_choice = said.get("type") in {"radio", "checkbox"}
        if not is_choice or re.search(r"\bchecked\b", tag):
            found[said["name"]] = unescape(said.get("value", "on" if is_choice else ""))
    for name, held in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', whole, re.DOTALL
    ):
        found[name] = unescape(held)
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', whole, re.DOTALL
    ):
        chosen = re.search(r"<option(?: value=\"([^\"]*)\")? selected>([^<]*)", options)
        found[name] = unescape(chosen[1] or chosen[2]) if chosen else ""
    assert traps.read(found["stamp"], timezone.now())
    return found


def text_of(answer: Any) -> str:
    """Give the words of a page, without its tags."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(bare).split())
