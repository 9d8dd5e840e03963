"""Whether the pepper at hand is the one that this database belongs to.

With another pepper every passphrase is simply wrong, and nobody could tell why. So the database
keeps the pepper's fingerprint, and the program does not start where the two do not fit. Who reads
the mark learns nothing about anybody.
"""

from enum import StrEnum

from kleinverzet import environment
from kleinverzet.consent import personal_data
from kleinverzet.vault import pepper
from kleinverzet.vault.models import PepperMark, Slot

personal_data.impersonal(
    PepperMark, why="Which pepper the database belongs to, so that a wrong one is noticed."
)


REMEDY = (
    "Put the right one there, from where it is kept apart; without it nothing that anybody kept "
    "can be opened."
)


class Fit(StrEnum):
    """How pepper and database go together."""

    RIGHT = "right"
    OTHER = "other"
    MISSING = "missing"


class Misfit(Exception):
    """People have vaults here, and the pepper that they need is not at its place."""

    def __init__(self, fit: Fit) -> None:
        super().__init__(explain(fit, "database"))


def compare(mark: str) -> Fit:
    """Say how the pepper at hand goes with the mark of a database or of a backup."""
    found = pepper.fingerprint()
    if not found:
        return Fit.MISSING
    return Fit.RIGHT if mark in {"", found} else Fit.OTHER


def explain(fit: Fit, what: str) -> str:
    """Say in a sentence what is wrong with the pepper for a database or a backup."""
    place = environment.read().pepper_file
    if fit is Fit.MISSING:
        return f"the pepper that this {what} belongs to is missing at {place}."
    return f"the pepper at {place} is not the one that this {what} belongs to."


def read() -> str:
    """Give the mark of this database; empty where it has none yet."""
    mark = PepperMark.objects.first()
    return mark.fingerprint if mark else ""


def need() -> None:
    """Make sure that the pepper fits; make both pepper and mark where no vault needs one yet.

    Raises:
        Misfit: If there are vaults, and the pepper is missing or another one.
        OSError: If the pepper cannot be read or written.
    """
    mark = read()
    fit = compare(mark)
    if fit is not Fit.RIGHT and Slot.objects.exists():
        raise Misfit(fit)
    if fit is not Fit.RIGHT or not mark:
        renew()


def renew() -> None:
    """Mark this database with the pepper at hand, made where there is none."""
    pepper.read()
    PepperMark.objects.update_or_create(id=1, defaults={"fingerprint": pepper.fingerprint()})
