"""Where somebody is signed in, and signing out elsewhere.

A row names a browser and a kind of system, the day of signing in and Django's session; only its
owner sees it. It exists because a session by itself does not say whose it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session as WebSession
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kleinverzet.accounts.models import Presence
from kleinverzet.vault import session as vault_session

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"CrOS", "Chromebook"),
    (r"Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """A device as its owner knows it again."""

    id: int
    name: str
    since: date
    is_this: bool


def note(request: HttpRequest, person: Any) -> None:
    """Write down that somebody signed in here, in a session that was just made."""
    web = _session(request)
    if not web.session_key:
        web.save()
    Presence.objects.update_or_create(
        session_key=str(web.session_key), defaults={"person": person, "device": _describe(request)}
    )


def forget(request: HttpRequest) -> None:
    """Forget that somebody is signed in here."""
    key = _session(request).session_key
    if key:
        Presence.objects.filter(session_key=str(key)).delete()


def devices(request: HttpRequest, person: Any) -> list[Device]:
    """Give every device where somebody is signed in; this one first. Drops those that ended."""
    here = str(_session(request).session_key)
    rows = list(Presence.objects.filter(person=person).order_by("-since", "-pk"))
    alive = _alive(row.session_key for row in rows)
    ended = [row.pk for row in rows if row.session_key not in alive]
    Presence.objects.filter(pk__in=ended).delete()
    found = [_device(row, here) for row in rows if row.session_key in alive]
    return sorted(found, key=lambda device: not device.is_this)


def sign_out_elsewhere(request: HttpRequest, person: Any) -> int:
    """Sign somebody out on every other device and shut their vault there; say how many."""
    here = str(_session(request).session_key)
    count = _end(Presence.objects.filter(person=person).exclude(session_key=here))
    vault = vault_session.of(request)
    keys_here = vault.keys
    vault_session.lock_everywhere(person)
    if keys_here is not None:
        vault.open(keys_here)
    return count


def end_all(person: Any) -> int:
    """Sign somebody out everywhere and shut their vault; say how many devices it was.

    Call it before the account itself is deleted: nothing else knows which sessions are theirs.
    """
    count = _end(Presence.objects.filter(person=person))
    vault_session.lock_everywhere(person)
    return count


def export(person: Any) -> Iterator[dict[str, Any]]:
    """Give the devices, by browser, system and day."""
    for row in Presence.objects.filter(person=person).order_by("pk"):
        yield {"device": row.device, "since": row.since.isoformat()}


@transaction.atomic
def _end(rows: QuerySet[Presence]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    alive = _alive(keys)
    WebSession.objects.filter(session_key__in=keys).delete()
    Presence.objects.filter(session_key__in=keys).delete()
    return len(alive)


def _alive(keys: Iterable[str]) -> set[str]:
    found = WebSession.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now())
    return set(found.values_list("session_key", flat=True))


def _device(row: Presence, here: str) -> Device:
    name = row.device or _("Onbekend apparaat")
    return Device(row.pk, name, row.since, row.session_key == here)


def _describe(request: HttpRequest) -> str:
    """Name browser and system, and no more; empty where neither is known."""
    said = request.META.get("HTTP_USER_AGENT", "")
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    system = next((name for mark, name in _SYSTEMS if re.search(mark, said)), "")
    return ", ".join(filter(None, (browser, system)))


def _session(request: HttpRequest) -> SessionBase:
    return request.session
