"""Another passphrase for who lost theirs: by the recovery code, or by a link in a mail.

The code brings everything along. A link alone cannot, since nobody here has a key: it begins an
empty vault, and the old one waits (see `vault.slots`). Neither tells whether a name or an address
belongs to anybody.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.views.decorators.debug import sensitive_variables
from django_tasks import task

from kleinverzet.accounts import mail
from kleinverzet.accounts.models import Person
from kleinverzet.vault import slots
from kleinverzet.vault.models import Slot


@sensitive_variables()
def by_code(person: Person, code: str, passphrase: str) -> bool:
    """Set another passphrase by the recovery code, which is used up with it.

    Returns:
        Whether the code was theirs.
    """
    slot = Slot.objects.filter(person=person, kind=Slot.Kind.RECOVERY, expires_at=None).first()
    keys = slots.open_with_code(person, code)
    if slot is None or keys is None:
        return False
    with transaction.atomic():
        # Of two who bring the same code at the same moment, one finds it used.
        if not Slot.objects.filter(pk=slot.pk).delete()[0]:
            return False
        slots.change(person, keys.master, passphrase)
    return True


@sensitive_variables()
def by_code_of(name: str, code: str, passphrase: str) -> Person | None:
    """Do the same for who says their name; takes as long where nobody has it.

    Returns:
        The person, or None where name and code do not belong together.
    """
    person = Person.objects.filter(name__iexact=name, is_active=True).first()
    # A person who does not exist is asked about all the same, with an id that nobody has.
    if by_code(person or Person(), code, passphrase):
        return person
    slots.pretend(passphrase)
    return None


def ask_by_mail(people: Iterable[Any]) -> None:
    """Let a link be sent to each of some people; to nobody takes the same time as to somebody."""
    for person_id in [person.pk for person in people] or [uuid.uuid4()]:
        send_link.enqueue(str(person_id))


@task()  # type: ignore[untyped-decorator]
def send_link(person_id: str) -> None:
    """Send somebody a link to begin anew, at the address that is theirs.

    Raises:
        OSError: If the mail server will not take it.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    to = _address_of(person) if person else ""
    if person is None or not to:
        return
    link = mail.address(
        "account_reset_password_from_key",
        language=person.language,
        uidb36=user_pk_to_url_str(person),
        key=default_token_generator.make_token(person),
    )
    mail.send(mail.Kind.RESET, to=to, language=person.language, link=link)


def _address_of(person: Person) -> str:
    """Give the address that somebody confirmed, else the one that they gave."""
    row = EmailAddress.objects.filter(user=person).order_by("-verified", "-primary").first()
    return row.email if row else person.email
