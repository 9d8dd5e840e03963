"""What accounts hold of a person, for the register of personal data.

The rows that allauth keeps for us are registered too: they are our people's.
"""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

# Two that register what they keep themselves.
from django.utils.translation import gettext_lazy as _

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
    why=_("Je account: de naam die je koos, je taal, en een e-mailadres als je dat gaf."),
    kept_for=_("Zolang je een account hebt."),
    export=_export,
    erase=_erase,
    turn=Turn.ACCOUNT,
)
personal_data.holds(
    Presence,
    why=_("Op welke apparaten je bent ingelogd, zodat je daar ook kunt uitloggen."),
    kept_for=_("Tot je daar uitlogt. Liep het vanzelf af: tot je je apparaten weer bekijkt."),
    export=lambda person, keys: presence.export(person),
    erase=presence.end_all,
)
personal_data.holds(
    EmailAddress,
    why=_("Een e-mailadres voor seintjes en herstel, en of je het bevestigd hebt."),
    kept_for=_("Tot je het weghaalt of weggaat."),
    export=lambda person, keys: addresses.export(person),
    erase=addresses.erase,
)
personal_data.holds(
    Authenticator,
    why=_("Een tweede stap bij het inloggen: een app met codes, of een passkey."),
    kept_for=_("Tot je hem weghaalt of weggaat."),
    export=lambda person, keys: factors.export(person),
    erase=factors.erase,
)
