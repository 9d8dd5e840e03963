"""What accounts hold of a person, for the register of personal data.

The rows that allauth keeps for us are registered too: they are our people's.
"""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session as WebSession

from kleinverzet.accounts import factors
from kleinverzet.accounts.models import Person, Presence
from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Turn

Told = Iterator[dict[str, Any]]


def _person(person: Any, keys: Any) -> Told:
    yield {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "joined_on": person.joined_on.isoformat(),
    }


def _addresses(person: Any, keys: Any) -> Told:
    for row in EmailAddress.objects.filter(user=person).order_by("pk"):
        yield {"email": row.email, "is_verified": row.verified, "is_used": row.primary}


def _presences(person: Any, keys: Any) -> Told:
    for row in Presence.objects.filter(person=person).order_by("pk"):
        yield {"device": row.device, "since": row.since.isoformat()}


def _end_account(person: Any) -> int:
    """Delete the account, and with it whatever still points at it."""
    return Person.objects.filter(pk=person.pk).delete()[0]


def _end_presences(person: Any) -> int:
    """Sign somebody out everywhere, and forget where they were signed in."""
    here = Presence.objects.filter(person=person)
    WebSession.objects.filter(session_key__in=here.values_list("session_key")).delete()
    return here.delete()[0]


personal_data.holds(
    Person,
    why="An account: the chosen name, an e-mail address if one wants it, the language.",
    export=_person,
    erase=_end_account,
    turn=Turn.ACCOUNT,
)
personal_data.holds(
    Presence,
    why="The devices where somebody is signed in, so that they can sign out elsewhere.",
    export=_presences,
    erase=_end_presences,
)
personal_data.holds(
    EmailAddress,
    why="An e-mail address for nudges and a reset, and whether it was confirmed.",
    export=_addresses,
    erase=lambda person: EmailAddress.objects.filter(user=person).delete()[0],
)
personal_data.holds(
    Authenticator,
    why="A second factor at signing in: an app with codes, or a passkey.",
    export=lambda person, keys: factors.export(person),
    erase=factors.erase,
)
