"""Somebody who plans, with the real form, for tests that begin there."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from kleinverzet.accounts.traps import Stamp
from kleinverzet.coach.models import Booking

ADDRESS = "pippa@pond.example"
GUARDIAN = "vader@pond.example"
TEXT = "Ik zeg ja terwijl ik nee bedoel."
WHO = {
    "name": "Pippa Pluis",
    "email": ADDRESS,
    "phone": "06 1234 5678",
    "whom": "me",
    "age": "23",
    "consent": "on",
    "q_about": TEXT,
}
ONLINE, HOME, PRACTICE = "/afspraak/online/", "/afspraak/thuis/", "/afspraak/praktijk/"
BUSSUM = "/afspraak/thuis/bussum/"


@dataclass
class Planner:
    """Somebody with a browser that knows no JavaScript; keeps the page it stands on."""

    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))
    answer: Any = None

    @property
    def page(self) -> str:
        """The page as text."""
        return str(self.answer.content.decode())

    @property
    def status(self) -> int:
        """What the server said."""
        return int(self.answer.status_code)

    def go(self, path: str) -> "Planner":
        """Look at a page; forget any part of it that is meant."""
        self.answer = self.client.get(path.partition("#")[0])
        return self

    def links(self, kind: str) -> list[str]:
        """Give where the links of a class lead: "day", "time", "mode"."""
        found = re.findall(rf'<a class="{kind}[^"]*" href="([^"]*)"', self.page)
        return [unescape(one) for one in found]

    def first_time(self, way: str = ONLINE) -> str:
        """Give the address of the first time on offer, as somebody finds it by links alone."""
        days = self.go(way).links("day")
        times = self.go(days[0]).links("time")
        return times[0].partition("#")[0]

    def send(self, path: str, **fields: Any) -> "Planner":
        """Send the form of a page that stood open for a while, filled in but for `fields`."""
        said = {"stamp": stamp(), **WHO, **fields}
        sent = {name: value for name, value in said.items() if value is not None}
        self.answer = self.client.post(path, sent)
        return self

    def plan(self, way: str = ONLINE, **fields: Any) -> str:
        """Plan the first time on offer, and give the address of the page about it."""
        self.send(self.first_time(way), **fields)
        assert self.status == 302, self.page
        return str(self.answer["Location"])


def stamp(age: timedelta = timedelta(minutes=2), form: uuid.UUID | None = None) -> str:
    """Give the stamp of a form that stood open for some time."""
    return Stamp(form or uuid.uuid4(), timezone.now() - age).signed


def only() -> Booking:
    """Give the one appointment there is."""
    return Booking.objects.get()


def next_monday(now: datetime | None = None) -> date:
    """Give a Monday that lies at least a week ahead."""
    today = (now or datetime.now(UTC)).date()
    return today + timedelta(days=14 - today.weekday())
