"""What is written to somebody while their vault is closed: sealed to them, found when they open it.

A check-in from a reminder, a circle that is kept by signing in. Whoever writes a letter cannot read
it back. Nothing in it says who wrote it: who can write to the database can slip one in, so what
takes a letter in treats it like any form that was sent.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.views.decorators.debug import sensitive_variables

from kleinverzet.vault import keys as vault_keys
from kleinverzet.vault import sealing
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Letter


@dataclass(frozen=True, slots=True)
class Read:
    """A letter that was opened; `payload` is None where it cannot be read."""

    letter: Letter
    payload: dict[str, Any] | None = field(repr=False)


@sensitive_variables()
def write(person_id: uuid.UUID, purpose: str, payload: Mapping[str, Any]) -> Letter:
    """Seal a payload to somebody.

    Raises:
        kleinverzet.vault.models.Key.DoesNotExist: If they have no vault.
    """
    number, public = vault_keys.public_key(person_id)
    letter = Letter(person_id=person_id, purpose=purpose, key_number=number)
    letter.sealed = sealing.seal_to(public, payload, _place(letter))
    letter.save(force_insert=True)
    return letter


def are_waiting(person_id: uuid.UUID) -> bool:
    """Tell whether any letter waits for somebody."""
    return Letter.objects.filter(person=person_id).exists()


def read(keys: Keys, purpose: str) -> list[Read]:
    """Give the letters of one purpose, oldest first; those under a shut key stay closed."""
    letters = Letter.objects.filter(
        person=keys.person, purpose=purpose, key_number__in=list(keys.identities)
    )
    return [Read(letter, _open(letter, keys)) for letter in letters.order_by("written_at")]


def read_all(keys: Keys) -> list[Read]:
    """Give every letter to a person, oldest first, those under a shut key included."""
    letters = Letter.objects.filter(person=keys.person).order_by("written_at")
    return [Read(letter, _open(letter, keys)) for letter in letters]


@sensitive_variables()
def _open(letter: Letter, keys: Keys) -> dict[str, Any] | None:
    private = keys.identities.get(letter.key_number)
    if private is None:
        return None
    try:
        return sealing.open_with(private, bytes(letter.sealed), _place(letter))
    except sealing.Unopenable:
        return None


def _place(letter: Letter) -> bytes:
    return sealing.bind(
        "letter",
        user=str(letter.person_id),
        object=str(letter.id),
        kind=letter.purpose,
        key=letter.key_number,
    )
