"""What can be wrong with a calendar elsewhere, as codes, and each with what a coach can do.

A row holds the code alone: what a server said may name people, and is kept nowhere.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    """Why a calendar could not be read or written."""

    ADDRESS = "address"
    UNKNOWN_HOST = "unknown_host"
    NO_ANSWER = "no_answer"
    CERTIFICATE = "certificate"
    PASSWORD = "password"  # noqa: S105, the name of a fault
    NOT_THERE = "not_there"
    ELSEWHERE = "elsewhere"
    SERVER = "server"
    GARBAGE = "garbage"
    TOO_BIG = "too_big"
    TOO_MUCH = "too_much"
    PARTLY = "partly"
    READ_ONLY = "read_only"
    SEALED = "sealed"


class Failed(Exception):
    """Something is wrong with a calendar elsewhere; `fault` says what, and no more is told."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


WORDS: dict[str, str | Promise] = {
    Fault.ADDRESS: _(
        "Dit adres kunnen we niet gebruiken. Het begint met https:// (of http:// op je eigen "
        "netwerk)."
    ),
    Fault.UNKNOWN_HOST: _("Die server bestaat niet, voor zover we zien. Klopt het adres?"),
    Fault.NO_ANSWER: _("De server antwoordt niet. We proberen het vanzelf opnieuw."),
    Fault.CERTIFICATE: _(
        "Het certificaat van de server klopt niet. Wie de server beheert, kan dat herstellen."
    ),
    Fault.PASSWORD: _(
        "De server neemt de naam of het wachtwoord niet aan. Koppel de agenda opnieuw. Bij "
        "sommige diensten maak je daarvoor een app-wachtwoord."
    ),
    Fault.NOT_THERE: _("Op dit adres staat geen agenda meer. Koppel de agenda opnieuw."),
    Fault.ELSEWHERE: _(
        "De server verwijst naar een ander adres. Daar sturen we je wachtwoord niet heen. Koppel "
        "de agenda met dat adres."
    ),
    Fault.SERVER: _("De server meldt een storing. We proberen het vanzelf opnieuw."),
    Fault.GARBAGE: _("Wat de server stuurt, is geen agenda. Klopt het adres?"),
    Fault.TOO_BIG: _("De agenda is groter dan 5 MB. Koppel een kleinere, of begin een nieuwe."),
    Fault.TOO_MUCH: _(
        "Er staat te veel in deze agenda om te lezen. Koppel een kleinere, of begin een nieuwe."
    ),
    Fault.PARTLY: _(
        "Sommige gebeurtenissen kunnen we niet helemaal lezen, zoals een herhaling per minuut. "
        "Let daar zelf op."
    ),
    Fault.READ_ONLY: _(
        "In deze agenda mogen we niet schrijven. Je afspraken staan er dus niet in. Geef "
        "schrijfrecht, of kies een andere agenda."
    ),
    Fault.SEALED: _("We kunnen het bewaarde wachtwoord niet meer lezen. Koppel de agenda opnieuw."),
}
