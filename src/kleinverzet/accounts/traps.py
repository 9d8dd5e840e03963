"""Telling a person from a program that fills in forms, without a puzzle and without watching.

A program fills in a field that people do not see, or sends a form at once. The form says when it
was made, signed, so nothing is kept. Whoever is caught gets the whole form back with a word, and
the second press counts: a person loses nothing but that press.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core import signing

# Nobody reads, writes and sends in less; and a form of yesterday may be of another site by now.
FASTEST = timedelta(seconds=3)
OLDEST = timedelta(days=1)
_SALT = "kleinverzet.form"


class Caught(StrEnum):
    """Why a form comes back."""

    TOO_FAST = "too_fast"
    TOO_OLD = "too_old"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form says about itself.

    Attributes:
        form: Its number, random; the same when it comes back.
        made_at: When the page with it was made.
        is_second: Whether it came back once; then only its age counts.
    """

    form: uuid.UUID
    made_at: datetime
    is_second: bool = False

    @property
    def signed(self) -> str:
        """The stamp as it travels in the form."""
        said = [self.form.hex, int(self.made_at.timestamp()), int(self.is_second)]
        return signing.Signer(salt=_SALT).sign_object(said)


def fresh(now: datetime) -> Stamp:
    """Make the stamp of a form that nobody has seen yet."""
    return Stamp(uuid.uuid4(), now)


def read(text: str, now: datetime) -> Stamp | None:
    """Give the stamp of a form that was sent; None where it is none of ours."""
    try:
        said: Any = signing.Signer(salt=_SALT).unsign_object(text)
        form, made_at, is_second = said
        return Stamp(uuid.UUID(form), datetime.fromtimestamp(made_at, now.tzinfo), bool(is_second))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def again(stamp: Stamp | None, now: datetime) -> Stamp:
    """Make the stamp for a form that comes back."""
    return Stamp(stamp.form if stamp else uuid.uuid4(), now, is_second=True)


def judge(stamp: Stamp | None, trap: str, now: datetime) -> Caught | None:
    """Say why a form has to come back; None where it may pass.

    Args:
        stamp: What the form said about itself.
        trap: What stood in the field that people do not see.
        now: The time.
    """
    if stamp is None or now - stamp.made_at > OLDEST:
        return Caught.TOO_OLD
    if stamp.is_second:
        return None
    if trap:
        return Caught.FILLED
    return Caught.TOO_FAST if now - stamp.made_at < FASTEST else None
