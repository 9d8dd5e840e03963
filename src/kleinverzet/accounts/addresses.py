"""The e-mail address that somebody may give: for nudges and for a reset, and only once confirmed.

A person has one confirmed address at most, and one that waits for its confirmation at most. People
may share an address, so an address never says who somebody is. `Person.email` repeats the confirmed
one and is empty without.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.core.internal import ratelimit
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from kleinverzet.accounts import mail
from kleinverzet.accounts.models import Person

# Three mails an hour to one address, whoever asks for them; ten a day for one person.
_RATES = {"confirmation": "3/h/key,10/d/user"}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What somebody gave.

    Attributes:
        verified: The address that they confirmed; empty without.
        waiting: The address that they still have to confirm; empty without.
    """

    verified: str
    waiting: str


class TooMany(Exception):
    """Enough mails were sent for now."""


class NotSent(Exception):
    """The mail server did not take the mail."""


def of(person: Any) -> Mailbox:
    """Give what somebody gave."""
    waiting = _rows(person).filter(verified=False).order_by("-pk").first()
    return Mailbox(verified(person), waiting.email if waiting else "")


def verified(person: Any) -> str:
    """Give the address that somebody confirmed; empty without. Nothing else is ever mailed to."""
    row = _rows(person).filter(verified=True).order_by("-primary", "pk").first()
    return row.email if row else ""


def people_at(email: str) -> list[Person]:
    """Give everybody who confirmed an address: brothers and sisters may share one."""
    rows = EmailAddress.objects.filter(email=email.strip().lower(), verified=True)
    return [row.user for row in rows.select_related("user").order_by("pk")]


def give(request: HttpRequest, person: Any, email: str) -> None:
    """Let an address wait for its confirmation, in place of one that waited, and mail to it.

    Raises:
        TooMany: If enough was mailed for now; the address waits all the same.
        NotSent: If the mail server did not take it; the address waits all the same.
    """
    email = email.lower()
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        _rows(person).filter(verified=False).exclude(email=email).delete()
        row, _made = EmailAddress.objects.get_or_create(user=person, email=email)
        _repeat(person)
    if not row.verified:
        _mail(request, person, row)


def mail_again(request: HttpRequest, person: Any) -> None:
    """Mail to the address that waits once more.

    Raises:
        TooMany: If enough was mailed for now.
        NotSent: If the mail server did not take it.
    """
    row = _rows(person).filter(verified=False).order_by("-pk").first()
    if row is not None:
        _mail(request, person, row)


def waiting_for(key: str) -> str:
    """Give the address that a mailed link confirms; empty where the link counts no more."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    return confirmation.email_address.email if confirmation else ""


@transaction.atomic
def confirm(key: str) -> bool:
    """Confirm the address of a mailed link, in place of the one before.

    Returns:
        Whether the link still counted.
    """
    confirmation = EmailConfirmationHMAC.from_key(key)
    if confirmation is None:
        return False
    row = confirmation.email_address
    person = Person.objects.select_for_update().get(pk=row.user_id)
    if not _rows(person).filter(pk=row.pk, verified=False).update(verified=True):
        return False
    _rows(person).exclude(pk=row.pk).delete()
    _rows(person).update(primary=True)
    _repeat(person)
    return True


@transaction.atomic
def remove(person: Any) -> None:
    """Forget every address of somebody."""
    Person.objects.select_for_update().get(pk=person.pk)
    _rows(person).delete()
    _repeat(person)


def export(person: Any) -> Iterator[dict[str, Any]]:
    """Give the addresses, and whether each was confirmed."""
    for row in _rows(person).order_by("pk"):
        yield {"email": row.email, "is_confirmed": row.verified}


def erase(person: Any) -> int:
    """Delete every address of somebody; say how many."""
    return int(_rows(person).delete()[0])


def _mail(request: HttpRequest, person: Any, row: EmailAddress) -> None:
    if not _may_mail(request, person, row.email):
        raise TooMany
    key = EmailConfirmationHMAC.create(row).key
    link = mail.address("account_confirm_email", language=person.language, key=key)
    try:
        mail.send(mail.Kind.ADDRESS, to=row.email, language=person.language, link=link)
    except OSError as error:
        raise NotSent from error


def _may_mail(request: HttpRequest, person: Any, email: str) -> bool:
    usage = ratelimit.consume(
        request,
        app="kleinverzet.accounts",
        action="confirmation",
        config=_RATES,
        key=email,
        user=person,
        limit_get=True,
    )
    return bool(usage)


def _repeat(person: Any) -> None:
    person.email = verified(person)
    person.save(update_fields=["email"])


def _rows(person: Any) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(user=person)
