"""The second step of signing in: what somebody set up, and how allauth is told about it.

The server must be able to check a code before any vault is open, so the secret of an app and the
seed of the spare codes lie sealed under a key of the server's, not of the person's. What is kept of
a passkey is its public half and the name that its owner gave it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kleinverzet.accounts.models import Person
from kleinverzet.vault import pepper, sealing

Type = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner knows it again."""

    id: int
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Factors:
    """What stands between a passphrase and being signed in.

    Attributes:
        has_app: Whether an app gives codes.
        passkeys: The passkeys, the oldest first.
        spare: How many spare codes were not used yet.
    """

    has_app: bool
    passkeys: tuple[Passkey, ...]
    spare: int

    @property
    def is_on(self) -> bool:
        """Whether signing in takes a second step; spare codes alone do not ask for one."""
        return self.has_app or bool(self.passkeys)


def of(person: Any) -> Factors:
    """Give what somebody set up."""
    rows = list(_rows(person))
    spare = [row.wrap().get_unused_codes() for row in rows if row.type == Type.RECOVERY_CODES]
    return Factors(
        has_app=any(row.type == Type.TOTP for row in rows),
        passkeys=tuple(_passkey(row) for row in rows if row.type == Type.WEBAUTHN),
        spare=sum(map(len, spare)),
    )


def export(person: Any) -> Iterator[dict[str, Any]]:
    """Give the kind, the name and the day of each second step; no secret leaves with it."""
    for row in _rows(person):
        name = row.wrap().name if row.type == Type.WEBAUTHN else ""
        yield {"kind": str(row.type), "name": name, "since": _day(row).isoformat()}


def erase(person: Any) -> int:
    """Delete every second step of somebody; say how many."""
    return int(_rows(person).delete()[0])


def forget_visit(authenticator: Authenticator) -> None:
    """Forget when a second step was used: an account does not know when somebody was here."""
    Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=None)


class FactorAdapter(DefaultMFAAdapter):
    """allauth's hooks for second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Deze code klopt niet. Neem de nieuwste code uit je app."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it reaches the database."""
        return sealing.seal(_server_key(), text.encode(), sealing.bind("second-factor")).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that came from the database."""
        sealed = bytes.fromhex(encrypted_text)
        return sealing.open_(_server_key(), sealed, sealing.bind("second-factor")).decode()

    def get_totp_label(self, user: Person) -> str:
        """Give the name that somebody chose; an app shows it, so never the e-mail address."""
        return user.name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say to whom a passkey belongs: this host, under the name that people know."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        """Say whose passkey it is, as the device will show it."""
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": user.name, "name": user.name}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002
        """Give a name for a passkey that was left without one."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}" if number > 1 else "Passkey"


def _server_key() -> bytes:
    return pepper.key_for("second-factor")


def _rows(person: Any) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=person).order_by("pk")


def _passkey(row: Authenticator) -> Passkey:
    return Passkey(row.pk, row.wrap().name, _day(row))


def _day(row: Authenticator) -> date:
    return timezone.localdate(row.created_at)
