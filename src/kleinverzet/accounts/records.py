"""What accounts hold of a person, for the register of personal data.

The rows that allauth keeps for us are registered too: they are our people's.
"""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

# Two that register what they keep themselves.
from kleinverzet.accounts import addresses, codes, factors, guardians, presence  # noqa: F401
from kleinverzet.accounts.models import Person, Presence
from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Turn


def _export(person: Any, keys: Any) -> Iterator[dict[str, Any]]:
    yield {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "joined_on": person.joined_on.isoformat(),
    }


def _erase(person: Any) -> int:
    """Delete the account, and with it whatever still points at it."""
    return Person.objects.filter(pk=person.pk).delete()[0]


personal_data.holds(
    Person,
    why="An account: the chosen name, an e-mail address if one wants it, the language.",
    export=_export,
    erase=_erase,
    turn=Turn.ACCOUNT,
)
personal_data.holds(
    Presence,
    why="The devices where somebody is signed in, so that they can sign out elsewhere.",
    export=lambda person, keys: presence.export(person),
    erase=presence.end_all,
)
personal_data.holds(
    EmailAddress,
    why="An e-mail address for nudges and a reset, and whether it was confirmed.",
    export=lambda person, keys: addresses.export(person),
    erase=addresses.erase,
)
personal_data.holds(
    Authenticator,
    why="A second factor at signing in: an app with codes, or a passkey.",
    export=lambda person, keys: factors.export(person),
    erase=factors.erase,
)
