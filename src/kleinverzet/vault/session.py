"""An open vault, for as long as somebody is there: half of its key in a cookie, half in a row.

Neither half opens anything alone. The row is bound to its own id and not to Django's session, whose
key changes at login. A passphrase arrives one request before a second factor: until the login is
complete the row is pending, and opens nothing.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from kleinverzet.vault import keys as vault_keys
from kleinverzet.vault import sealing
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PENDING = timedelta(minutes=5)
# A visit is written down this often at most: one write a minute, not one a page.
NOTED = timedelta(minutes=1)


def cookie_name() -> str:
    """Give the cookie's name; the prefix makes browsers refuse it from anywhere but this host."""
    return "__Host-vk" if settings.SESSION_COOKIE_SECURE else "vk"


@dataclass(frozen=True, slots=True)
class _Held:
    """What the cookie says: which row, and the secret that opens it."""

    id: uuid.UUID
    secret: bytes = field(repr=False)


class Vault:
    """The vault of whoever sends this request; ask `of` for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._new_cookie: str | None = None
        self._drops_cookie = False
        self._seen: Session | None = None

    @cached_property
    @sensitive_variables()
    def keys(self) -> Keys | None:
        """The open keys of the person who is signed in; None while the vault is shut.

        Asking writes nothing, so that a page which only shows may ask; see `leave`.
        """
        person_id = self._request.user.pk
        held = self._held()
        if person_id is None or held is None:
            return None
        row = Session.objects.filter(id=held.id, person=person_id, is_pending=False).first()
        if row is None or not _is_fresh(row, timezone.now()):
            return None
        try:
            keys = vault_keys.open_(person_id, _master(row, held.secret))
        except sealing.Unopenable:
            return None
        self._seen = row
        return keys

    @property
    def is_open(self) -> bool:
        """Whether there are keys."""
        return self.keys is not None

    def bring(self, keys: Keys) -> None:
        """Hold keys whose owner has proved the passphrase, until their login is complete.

        Where they are signed in already, and proved it once more, the vault opens at once.
        """
        if self._request.user.pk == keys.person:
            self.open(keys)
        else:
            self._begin(keys, is_pending=True)

    def settle(self, person: Any) -> None:
        """Open what was brought, now that the login is complete."""
        held = self._held()
        if held is None:
            return
        now = timezone.now()
        Session.objects.filter(
            id=held.id,
            person=person,
            is_pending=True,
            opened_at__range=(now - PENDING, now + PENDING),
        ).update(is_pending=False, opened_at=now, seen_at=now)
        self.__dict__.pop("keys", None)

    def open(self, keys: Keys) -> None:
        """Open the vault of somebody who is signed in."""
        self._begin(keys, is_pending=False)
        self.__dict__["keys"] = keys

    def lock(self) -> None:
        """Shut the vault here."""
        held = self._held()
        if held is not None:
            Session.objects.filter(id=held.id).delete()
        self.__dict__["keys"] = self._seen = None
        self._new_cookie, self._drops_cookie = None, True

    def leave(self, response: HttpResponse) -> None:
        """Set or drop the cookie on an answer, and note that somebody was here."""
        if self._seen is not None:
            _note(self._seen)
        if self._new_cookie is not None:
            response.set_cookie(
                cookie_name(),
                self._new_cookie,
                httponly=True,
                secure=bool(settings.SESSION_COOKIE_SECURE),
                samesite="Lax",
            )
        elif self._drops_cookie and cookie_name() in self._request.COOKIES:
            response.delete_cookie(cookie_name(), samesite="Lax")

    @sensitive_variables()
    def _begin(self, keys: Keys, *, is_pending: bool) -> None:
        # Its cookie is overwritten: the row of before would lie about as a half without its other.
        self.lock()
        now, secret = timezone.now(), sealing.new_key()
        row = Session(person_id=keys.person, is_pending=is_pending, opened_at=now, seen_at=now)
        row.half = sealing.seal(_half_key(row, secret), keys.master, _place(row))
        row.save(force_insert=True)
        self._new_cookie = f"{row.id}.{secret.hex()}"
        self._drops_cookie = False

    def _held(self) -> _Held | None:
        text = self._new_cookie or self._request.COOKIES.get(cookie_name(), "")
        name, _, secret = text.partition(".")
        try:
            return _Held(uuid.UUID(name), bytes.fromhex(secret))
        except ValueError:
            return None


def of(request: HttpRequest) -> Vault:
    """Give the vault of whoever sends this request."""
    vault = getattr(request, "vault", None)
    if vault is None:
        vault = Vault(request)
        request.vault = vault  # type: ignore[attr-defined]
    return vault


def lock_everywhere(person: Any) -> None:
    """Shut somebody's vault on every device."""
    Session.objects.filter(person=person).delete()


def forget_stale(now: datetime) -> int:
    """Delete the halves that open nothing any more; say how many."""
    fresh = Q(
        seen_at__range=(now - IDLE, now + IDLE), opened_at__range=(now - LONGEST, now + LONGEST)
    )
    late = Q(is_pending=True) & ~Q(opened_at__range=(now - PENDING, now + PENDING))
    return Session.objects.filter(~fresh | late).delete()[0]


def _is_fresh(row: Session, now: datetime) -> bool:
    # A clock that was set back makes a time lie ahead: it counts like one that lies behind, and
    # `forget_stale` deletes such a row before the clock comes by there again.
    return abs(now - row.seen_at) <= IDLE and abs(now - row.opened_at) <= LONGEST


def _note(row: Session) -> None:
    now = timezone.now()
    # Back as well as forth: after a clock was set right, a time ahead would keep it open too long.
    if abs(now - row.seen_at) > NOTED:
        Session.objects.filter(id=row.id).update(seen_at=now)


def _master(row: Session, secret: bytes) -> bytes:
    return sealing.open_(_half_key(row, secret), bytes(row.half), _place(row))


def _half_key(row: Session, secret: bytes) -> bytes:
    if len(secret) != sealing.KEY_SIZE:
        raise sealing.Unopenable
    return sealing.mix(secret, str(row.id), person="session.v1")


def _place(row: Session) -> bytes:
    return sealing.bind("session", user=str(row.person_id), object=str(row.id))
