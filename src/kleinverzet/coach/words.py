"""What a visitor writes, sealed twice: to the coach's key, and to the secret in their own link.

Both can open it. Whoever has a copy of the database, or runs it, cannot.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.views.decorators.debug import sensitive_variables

from kleinverzet.coach.models import Booking
from kleinverzet.vault import keys as vault_keys
from kleinverzet.vault import sealing
from kleinverzet.vault.keys import Keys

# What can key a hash, in bytes; a text from an address may be anything.
LONGEST_TOKEN = 64
_TEXTS = ("name", "email", "phone", "address", "whom")


@dataclass(frozen=True, slots=True)
class Words:
    """Who comes, and what they wrote.

    Attributes:
        name: Of who plans it.
        email: Where mails go.
        phone: Empty where they gave none, as is all below.
        address: Street and number, for a visit.
        whom: Who it is for: "me", "child" or "team".
        age: Of who comes; none for a team.
        answers: To the practice's own questions, by their ids.
    """

    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    whom: str = "me"
    age: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)


@sensitive_variables()
def seal(words: Words, booking: Booking, token: str) -> None:
    """Fill an appointment's sealed columns; the caller saves it.

    Args:
        words: What was written.
        booking: The appointment, with its coach.
        token: Of the link that will open it for the visitor.

    Raises:
        kleinverzet.vault.models.Key.DoesNotExist: If the coach has no vault.
    """
    payload = plain(words)
    number, public = vault_keys.public_key(booking.coach.person_id)
    booking.key_number = number
    booking.for_coach = sealing.seal_to(public, payload, _coach_place(booking))
    booking.for_visitor = sealing.seal_text(
        _visitor_key(booking, token), payload, _visitor_place(booking)
    )


@sensitive_variables()
def for_coach(booking: Booking, keys: Keys) -> Words | None:
    """Give the words to the coach; None where nothing stands there or it does not open."""
    private = keys.identities.get(booking.key_number)
    if private is None:
        return None
    try:
        payload = sealing.open_with(private, bytes(booking.for_coach), _coach_place(booking))
    except sealing.Unopenable:
        return None
    return _read(payload)


@sensitive_variables()
def for_visitor(booking: Booking, token: str) -> Words | None:
    """Give the words to who has the link of the first mail; None likewise."""
    if len(token.encode()) not in range(sealing.SHORTEST_KEY, LONGEST_TOKEN + 1):
        return None
    key = _visitor_key(booking, token)
    try:
        payload = sealing.open_text(key, bytes(booking.for_visitor), _visitor_place(booking))
    except sealing.Unopenable:
        return None
    return _read(payload)


def plain(words: Words) -> dict[str, Any]:
    """Give words as a dictionary of texts and numbers."""
    named = {each.name: getattr(words, each.name) for each in fields(words)}
    return {**named, "answers": dict(words.answers)}


def _read(payload: dict[str, Any]) -> Words | None:
    """Give the words in a payload; None where somebody who can write to the database made it up."""
    texts: dict[str, Any] = {name: payload.get(name) for name in _TEXTS}
    age, answers = payload.get("age"), payload.get("answers")
    if not isinstance(answers, dict) or not (age is None or isinstance(age, int)):
        return None
    if not all(isinstance(text, str) for text in (*texts.values(), *answers.values())):
        return None
    return Words(age=age, answers=answers, **texts)


def _visitor_key(booking: Booking, token: str) -> bytes:
    return sealing.mix(token.encode(), str(booking.pk), person="coach.words.v1")


def _coach_place(booking: Booking) -> bytes:
    return sealing.bind(
        "appointment", table="coach_booking", row=str(booking.pk), side="coach",
        key=booking.key_number,
    )  # fmt: skip


def _visitor_place(booking: Booking) -> bytes:
    return sealing.bind("appointment", table="coach_booking", row=str(booking.pk), side="visitor")
