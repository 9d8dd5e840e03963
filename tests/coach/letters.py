"""What lies in the outbox, opened: for tests of which mail follows on what."""

import re
from base64 import b64decode

from django.urls import Resolver404, resolve
from icalendar import Calendar

from kleinverzet import environment
from kleinverzet.accounts import outbox
from kleinverzet.accounts.models import Outgoing
from kleinverzet.accounts.outbox import Letter

_LINK = re.compile(r"https?://\S+")


def waiting() -> list[Letter]:
    """Give every mail that waits, the oldest first."""
    return [outbox.read(row) for row in outbox.waiting()]


def to(address: str) -> list[Letter]:
    """Give the mails that wait for one address."""
    return [letter for letter in waiting() if letter.to == address]


def only(address: str) -> Letter:
    """Give the one mail that waits for an address."""
    (letter,) = to(address)
    return letter


def throw_away() -> None:
    """Empty the outbox."""
    Outgoing.objects.all().delete()


def pages(letter: Letter) -> dict[str, str]:
    """Give the tokens of the pages that a mail links to, by the pages' names."""
    found = {}
    for link in _LINK.findall(letter.body):
        try:
            match = resolve(link.removeprefix(environment.read().origin))
        except Resolver404:
            continue
        found[match.view_name] = str(match.kwargs.get("token", ""))
    return found


def calendar(letter: Letter) -> Calendar | None:
    """Give the invitation that goes along with a mail; None without one."""
    return Calendar.from_ical(b64decode(letter.invitation)) if letter.invitation else None
