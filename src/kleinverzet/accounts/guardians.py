"""A parent or guardian who confirms a young person's account, where the operator asks for that.

They say yes or no once, by a link in a mail. They get no account, no key and no way to what is
kept; their address goes with their answer. Read by the program alone.
"""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from kleinverzet.accounts import mail
from kleinverzet.accounts.models import Guardianship, Person
from kleinverzet.consent import personal_data
from kleinverzet.vault import erased

# How long an account waits for an answer.
WAITS = timedelta(days=14)
# How long a guardian is left in peace after a mail.
REST = timedelta(days=1)


def ask(person: Person, guardian_email: str) -> None:
    """Let a new account wait for a guardian, and write to them; the caller holds a transaction."""
    Guardianship.objects.create(
        person=person, guardian_email=guardian_email, asked_at=timezone.now()
    )
    write.enqueue(str(person.pk))


def write_again(request: HttpRequest, person: Person) -> None:
    """Write to the guardian once more, once a day; the link of before stops working."""
    asked_at = Guardianship.objects.values_list("asked_at", flat=True).get(person=person)
    if timezone.now() - asked_at < REST:
        return
    if ratelimit.consume(request, action="guardian_again", key=str(person.pk)):
        write.enqueue(str(person.pk))


@task()
def write(person_id: str) -> None:
    """Send a guardian their link. Only a hash of what is in it is kept.

    Raises:
        OSError: If the mail server will not take it.
    """
    waiting = _waiting().filter(person=UUID(person_id)).select_related("person").first()
    if waiting is None:
        return
    token = secrets.token_urlsafe(32)
    _waiting().filter(pk=waiting.pk).update(token_hash=_hash(token))
    language = waiting.person.language
    link = mail.address("accounts_guardian", language=language, token=token)
    until = timezone.localdate(waiting.asked_at + WAITS)
    mail.send(
        mail.Kind.GUARDIAN, to=waiting.guardian_email, language=language, link=link, until=until
    )


def is_waiting(person: Any) -> bool:
    """Tell whether somebody's account waits for a guardian."""
    return _waiting().filter(person=person).exists()


def knows(token: str) -> bool:
    """Tell whether a link leads to an account that waits."""
    return _waiting().filter(token_hash=_hash(token)).exists()


def confirm(token: str) -> bool:
    """Open an account to the young person whose it is; False where nothing waits for this link."""
    return bool(
        _waiting()
        .filter(token_hash=_hash(token))
        .update(confirmed_on=timezone.localdate(), guardian_email="", token_hash=None)
    )


def decline(token: str) -> bool:
    """Erase an account that a guardian does not want; False where nothing waits for this link."""
    return bool(_end(_waiting().filter(token_hash=_hash(token))))


def forget_unconfirmed(now: datetime) -> int:
    """Erase the accounts that waited too long; say how many. For the daily chores."""
    return _end(_waiting().filter(asked_at__lte=now - WAITS))


def _waiting() -> QuerySet[Guardianship]:
    return Guardianship.objects.filter(confirmed_on=None)


def _hash(token: str) -> str:
    # The token has 256 bits of its own, so nothing is stretched.
    return hashlib.sha256(token.encode()).hexdigest()


def _end(rows: QuerySet[Guardianship]) -> int:
    """Erase those accounts that still wait when their turn comes; say how many."""
    return sum(map(_erase, list(rows.select_related("person"))))


def _erase(row: Guardianship) -> bool:
    with transaction.atomic():
        # Whoever confirms at this very moment keeps their account.
        if not _waiting().filter(pk=row.pk).delete()[0]:
            return False
        erased.note(row.person.pk)
        for entry in personal_data.to_erase():
            if entry.erase is not None:
                entry.erase(row.person)
    return True


def _export(person: Any, keys: Any) -> Iterator[dict[str, Any]]:
    for row in Guardianship.objects.filter(person=person):
        confirmed = row.confirmed_on.isoformat() if row.confirmed_on else None
        yield {
            "guardian_email": row.guardian_email,
            "asked_at": row.asked_at.isoformat(),
            "confirmed_on": confirmed,
        }


personal_data.holds(
    Guardianship,
    why=_("Dat een ouder of voogd iets over je account gevraagd is, en wanneer die ja zei."),
    kept_for=_("Het adres tot het antwoord, hoogstens 14 dagen. Het ja zolang je account er is."),
    export=_export,
    erase=lambda person: Guardianship.objects.filter(person=person).delete()[0],
)
