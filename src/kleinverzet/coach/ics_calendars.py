"""Calendars that are only read: a file at an address, such as a calendar program gives out.

The address itself is the secret. What did not change is not sent again, where the server plays
along.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from kleinverzet.coach import fetching
from kleinverzet.coach.calendar_faults import Failed, Fault

NOT_MODIFIED = 304
OK = 200
LONGEST_MARK = 500
MARKS = ("etag", "last-modified")


@dataclass(frozen=True, slots=True)
class Feed:
    """What an address gave.

    Attributes:
        content: The file; none where it is as it was.
        token: By which the server is asked next time whether it changed.
    """

    content: bytes | None = field(repr=False)
    token: str


def read(address: str, token: str, until: float) -> Feed:
    """Read a feed.

    Args:
        address: Where it is; `webcal://` is `https://`.
        token: What was given the last time; empty to have it whole.
        until: When to end at the latest, by `time.monotonic`.

    Raises:
        Failed: If it cannot be read.
    """
    known = _known(token)
    asked = {
        name: known[mark]
        for name, mark in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        if known.get(mark)
    }
    asked["Accept"] = "text/calendar, */*;q=0.5"
    answer = fetching.ask("GET", plain(address), until=until, headers=asked, is_secret=False)
    if answer.status == NOT_MODIFIED and token:
        return Feed(None, token)
    if answer.status != OK:
        raise Failed(fault_of(answer.status))
    seen = sha256(answer.body).hexdigest()
    marks = {name: answer.headers.get(name, "")[:LONGEST_MARK] for name in MARKS}
    fresh = json.dumps({**marks, "seen": seen})
    return Feed(None if known.get("seen") == seen else answer.body, fresh)


def plain(address: str) -> str:
    """Give an address as it is asked for: calendar programs write `webcal://`."""
    scheme, colon, rest = address.strip().partition("://")
    return f"https://{rest}" if scheme.lower() in {"webcal", "webcals"} and colon else address


def fault_of(status: int) -> Fault:
    """Say what an answer that is none means."""
    match status:
        case 401 | 403 | 407:
            return Fault.PASSWORD
        case 404 | 405 | 410:
            return Fault.NOT_THERE
        case _:
            return Fault.SERVER


def _known(token: str) -> dict[str, str]:
    try:
        found = json.loads(token)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
