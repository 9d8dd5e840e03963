"""Another passphrase for who lost theirs: by the recovery code, or by a link in a mail.

The code brings everything along. A link alone cannot, since nobody here has a key: it begins an
empty vault, and the old one waits (see `vault.slots`). Neither tells whether a name or an address
belongs to anybody.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.views.decorators.debug import sensitive_variables
from django_tasks import task

from kleinverzet.accounts import addresses, mail
from kleinverzet.accounts.models import Person
from kleinverzet.vault import slots


@sensitive_variables()
def by_code_of(name: str, code: str, passphrase: str) -> Person | None:
    """Set another passphrase by name and recovery code; takes as long where nobody has the name.

    Returns:
        The person, or None where name and code do not belong together.
    """
    person = Person.objects.filter(name__iexact=name, is_active=True).first()
    # A person who does not exist is asked about all the same, with an id that nobody has.
    if slots.change_by_code(person or Person(), code, passphrase):
        return person
    slots.pretend(passphrase)
    return None


def ask_by_mail(people: Iterable[Any]) -> None:
    """Let a link be sent to each of some people; to nobody takes the same time as to somebody."""
    for person_id in [person.pk for person in people] or [uuid.uuid4()]:
        send_link.enqueue(str(person_id))


@task()
def send_link(person_id: str) -> None:
    """Send somebody a link to begin anew, at the address that is theirs.

    Raises:
        OSError: If the mail server will not take it.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    to = addresses.verified(person) if person else ""
    if person is None or not to:
        return
    link = mail.address(
        "account_reset_password_from_key",
        language=person.language,
        uidb36=user_pk_to_url_str(person),
        key=default_token_generator.make_token(person),
    )
    mail.send(mail.Kind.RESET, to=to, language=person.language, link=link)
