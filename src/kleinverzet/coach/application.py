"""What a visitor sends to plan an appointment, and how it goes into its row: sealed, once a form.

The same form sent again finds the same row. What was changed in it meanwhile, such as a mistyped
address, takes the place of what stood there, and the mails go out anew.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from kleinverzet.coach import envelopes, holding, links, words
from kleinverzet.coach.envelopes import Envelope
from kleinverzet.coach.models import Booking, Link
from kleinverzet.coach.words import Words


@dataclass(frozen=True, slots=True)
class Application:
    """What was sent.

    Attributes:
        words: Who comes, and what they wrote.
        guardian: The address of a parent or guardian who is to say yes; empty where none is.
        language: "nl" or "en".
        zone: The time zone to tell times in.
        number: Under which this form's appointment is kept.
        token: Of the link to it.
    """

    words: Words = field(repr=False)
    guardian: str = field(repr=False)
    language: str
    zone: str
    number: UUID
    token: str = field(repr=False)


@sensitive_variables()
def of(words: Words, *, guardian: str, language: str, zone: str, form: UUID) -> Application:
    """Put together what was sent with one form."""
    number, token = links.number_of(form), links.first_token(form, words.email)
    return Application(words, guardian, language, zone, number, token)


@sensitive_variables()
def fill(application: Application, booking: Booking, now: datetime) -> dict[str, Any] | None:
    """Give the columns of an appointment that follow from what was sent, sealed where it is words.

    With a guardian it is held until they can have answered, else it stands. None where it begins
    too soon for a guardian to answer.
    """
    state, held_until = Booking.State.BOOKED, None
    if application.guardian:
        state, held_until = Booking.State.HELD, holding.for_guardian(booking.starts_at, now)
        if held_until is None:
            return None
    sealed = {name: getattr(booking, name) for name in _seal(application, booking, state)}
    return {"state": state, "held_until": held_until, "form": application.number, **sealed}


@sensitive_variables()
def renew(application: Application, booking: Booking, now: datetime) -> bool:
    """Take over what was changed in a form that is sent again; say whether mails go out anew.

    That is where they went to another address, or were in another language.
    """
    envelope = envelopes.open_(booking)
    is_for_others = envelope != _envelope(application, booking.state)
    if is_for_others or words.for_visitor(booking, application.token) != application.words:
        booking.save(update_fields=_seal(application, booking, booking.state))
    if is_for_others:
        links.open_first(booking, application.token, now)
        # A guardian who is asked anew gets another link; the one before may lie with a stranger.
        Link.objects.filter(booking=booking, opens=Link.Opens.GUARDIAN).delete()
    return is_for_others


def forget_guardian(booking: Booking) -> None:
    """Forget a guardian's address, once they have answered."""
    envelope = envelopes.open_(booking)
    if envelope is not None:
        envelopes.seal(replace(envelope, guardian=""), booking)
        booking.save(update_fields=("envelope",))


@sensitive_variables()
def _seal(application: Application, booking: Booking, state: str) -> tuple[str, ...]:
    """Fill the sealed columns and what belongs to them; give their names."""
    booking.language, booking.zone = application.language, application.zone
    words.seal(application.words, booking, application.token)
    envelopes.seal(_envelope(application, state), booking)
    return ("language", "zone", "key_number", "for_coach", "for_visitor", "envelope")


def _envelope(application: Application, state: str) -> Envelope:
    """Give where mails go; once a guardian has answered, nothing more goes to them."""
    guardian = application.guardian if state == Booking.State.HELD else ""
    return Envelope(application.words.email, application.language, application.zone, guardian)
