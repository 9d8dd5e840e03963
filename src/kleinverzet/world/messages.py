"""What people write to the practice, for as long as it waits for the mail server and no longer.

A row holds one mail that is still to be sent: to the practice, or the copy that its sender asked
for. It is sealed with a key that lies in a file beside the database, so a copy of the database
shows no word of it; the program itself can read it, for it has to send it. Handed over, the row is
gone. What cannot be sent is deleted after 30 days, and `doctor` says so before.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers
from kleinverzet.vault import house_key, sealing, shredding

LASTS = timedelta(days=30)


class Mode(StrEnum):
    """How somebody would like to talk."""

    ONLINE = "online"
    HOME = "home"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, and how they can be answered.

    Attributes:
        text: In their own words.
        language: Of the page that they wrote on, "nl" or "en".
        name: Empty where they gave none, as is all below.
        email: An address to answer to.
        phone: A number to answer to.
        is_appointment: Whether they ask for one.
        mode: One of `Mode`.
        town: Where they are.
    """

    text: str
    language: str
    name: str = ""
    email: str = ""
    phone: str = ""
    is_appointment: bool = False
    mode: str = ""
    town: str = ""


class Message(models.Model):
    """One mail that waits. Nothing outside of `sealed` says who wrote it, or what.

    Attributes:
        is_copy: Whether it goes to who wrote it, and not to the practice.
        try_at: When it may be sent; put ahead before each try, so that two never send it at once.
        tries: How often it was tried.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    is_copy = models.BooleanField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    try_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        """Give its number; there is nothing else to show."""
        return str(self.id)


def number(written: Written, *, form: uuid.UUID, is_copy: bool = False) -> uuid.UUID:
    """Give the number under which something is kept: the same for the same words of one form.

    So pressing twice keeps once, while words that were changed in between are a message of their
    own. Without the key it tells nothing about what was written.
    """
    whole = json.dumps([form.hex, is_copy, asdict(written)], sort_keys=True)
    return uuid.UUID(bytes=sealing.mix(_key(), whole, person="message.id.v1")[:16])


def keep(written: Written, *, id_: uuid.UUID, now: datetime, is_copy: bool = False) -> Message:
    """Keep a mail until it is handed over.

    Raises:
        IntegrityError: If it is kept already.
    """
    message = Message(id=id_, is_copy=is_copy, made_at=now, try_at=now)
    message.sealed = sealed(written, message)
    message.save(force_insert=True)
    return message


def sealed(written: Written, message: Message) -> bytes:
    """Seal what was written, for one row and no other."""
    return sealing.seal_text(_key(), asdict(written), _place(message))


def read(message: Message) -> Written:
    """Give what was written.

    Raises:
        Unopenable: If the secret file is another one, or the row was changed or moved.
    """
    return Written(**sealing.open_text(_key(), bytes(message.sealed), _place(message)))


def drop(message: Message) -> None:
    """Delete a mail, and what the database's own log still has of it."""
    Message.objects.filter(pk=message.pk).delete()
    shredding.sweep()


def waiting() -> QuerySet[Message]:
    """Give what waits for the practice, the longest waiting first."""
    return Message.objects.filter(is_copy=False).order_by("made_at")


def forget_old(now: datetime) -> int:
    """Delete what could not be sent for 30 days; say how many."""
    return Message.objects.filter(made_at__lt=now - LASTS).delete()[0]


def _place(message: Message) -> bytes:
    row, copy = str(message.id), int(message.is_copy)
    return sealing.bind("message", table="world_message", row=row, copy=copy)


def _key() -> bytes:
    return house_key.of("world_message")


def _export(person: Any, keys: Any) -> Iterator[dict[str, Any]]:
    # No row says whose it is: people write without an account, and what they write is sealed.
    yield from ()


personal_data.holds(
    Message,
    why=_(
        "Wat iemand via de site aan de praktijk schrijft, versleuteld tot de mail weg is. Er staat "
        "niet bij van wie het is, ook niet als je een account hebt; in een export zit het dus niet."
    ),
    read_by=Readers.PRACTICE,
    kept_for=_("Tot de mailserver het aanneemt, hoogstens 30 dagen."),
    erased=_("Zodra de mail is aangenomen. Daarna staat hij in de mail van de praktijk."),
    export=_export,
    erase=lambda person: 0,
)
