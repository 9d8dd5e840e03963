"""Links in mails: what each opens, by a token of which only a hash is kept.

The token of the first link is made of the form's own number and the address that it goes to. So the
same form sent twice gives the same link, and no link goes on working that went to a mistyped
address. The number itself is not kept either: from a copy of the database, or of the whole disk,
no token can be made.
"""

from base64 import urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from kleinverzet.accounts import tokens
from kleinverzet.coach.models import Booking, Link
from kleinverzet.vault import house_key, sealing


def make(booking: Booking, opens: str, now: datetime) -> str:
    """Make a fresh link and give its token; one of `Link.Opens`."""
    token = tokens.fresh(_purpose(opens))
    Link.objects.create(booking=booking, opens=opens, token_hash=token.hash, made_at=now)
    return token.text


def find(token: str, *opens: str) -> Link | None:
    """Give the link that a token belongs to, with its appointment and coach; None without one.

    Args:
        token: From an address.
        opens: What it may open, of `Link.Opens`.
    """
    hashes = [tokens.hash_of(token, _purpose(each)) for each in opens]
    found = Link.objects.filter(token_hash__in=hashes, opens__in=opens)
    return found.select_related("booking__coach").first()


@sensitive_variables()
def first_token(form: UUID, email: str) -> str:
    """Give the token of the first link: always the same for one form and one address."""
    made = sealing.mix(_key(), f"{form.hex} {email}", person="coach.token.v1")
    return urlsafe_b64encode(made[: tokens.BYTES]).decode()


@sensitive_variables()
def number_of(form: UUID) -> UUID:
    """Give the number under which a form's appointment is kept; not the form's own."""
    return UUID(bytes=sealing.mix(_key(), form.hex, person="coach.form.v1")[:16])


@sensitive_variables()
def open_first(booking: Booking, token: str, now: datetime) -> None:
    """Let this token, and no other one, manage an appointment; the caller holds a transaction."""
    hash_ = tokens.hash_of(token, _purpose(Link.Opens.MANAGE))
    rows = Link.objects.filter(booking=booking, opens=Link.Opens.MANAGE)
    rows.exclude(token_hash=hash_).delete()
    made = {"booking": booking, "opens": Link.Opens.MANAGE, "made_at": now}
    Link.objects.get_or_create(token_hash=hash_, defaults=made)


def _purpose(opens: str) -> str:
    return f"coach.{opens}"


def _key() -> bytes:
    return house_key.of("coach_link")
