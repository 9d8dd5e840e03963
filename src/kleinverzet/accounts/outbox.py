"""Mails that wait for the mail server: laid down in one transaction with what they tell of.

A mail is sealed with a key that lies in a file beside the database, so a copy of the database shows
neither an address nor a word; the program itself can read it, for it has to send it. Handed over,
the row is gone.

A task holds the number of a row and nothing else. The row is the truth: what the queue lost is
found by looking. A row is claimed by putting its next try ahead, so two workers never hold the same
one, and one that died halfway is followed by another try. A mail may therefore come twice, which is
better than not at all; both bear the same number. What the mail server will never take is let go.
"""

import logging
import re
import uuid
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django_tasks import task

from kleinverzet.accounts import mail
from kleinverzet.accounts.mail import Verdict
from kleinverzet.accounts.models import Outgoing
from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers
from kleinverzet.vault import house_key, sealing, shredding

# How long to wait after each try; from then on as long as after the last.
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60)
)
LASTS = timedelta(days=30)
# What an invitation is called where a mailbox shows it as a file.
FILE = "invite.ics"

_METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, and to whom.

    Attributes:
        reply_to: Where an answer goes; empty for nowhere else than who sends.
        invitation: An iCalendar file, as base64; empty without.
    """

    to: str = field(repr=False)
    subject: str
    body: str = field(repr=False)
    reply_to: str = ""
    invitation: str = field(default="", repr=False)


@task()
def send_mail(mail_id: str) -> None:
    """Send a mail, if it still waits."""
    send(UUID(mail_id))


@sensitive_variables()
def post(
    *, to: str, subject: str, body: str, reply_to: str = "", invitation: bytes = b"",
    key: UUID | None = None, until: datetime | None = None, now: datetime,
) -> None:  # fmt: skip
    """Lay a mail down, together with whatever the caller's transaction does, and call the queue.

    Args:
        to: One address.
        subject: One line.
        body: Plain text.
        reply_to: Where an answer goes.
        invitation: An iCalendar file with its method, to be put into a calendar.
        key: Posting under the same one again, while the first waits, counts once.
        until: From when on it serves nobody any more; 30 days later at the latest.
        now: The time.
    """
    ends = now + LASTS
    row = Outgoing(id=key or uuid.uuid4(), made_at=now, try_at=now, until=min(until or ends, ends))
    subject, attached = " ".join(subject.split()), b64encode(invitation).decode()
    letter = Letter(to, subject, body.strip() + "\n", reply_to, attached)
    row.sealed = sealing.seal_text(_key(), asdict(letter), _place(row))
    with suppress(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
        # The queue is a table beside this one: a task is there once the row is, and not before.
        send_mail.enqueue(str(row.id))


@sensitive_variables()
def read(row: Outgoing) -> Letter:
    """Give what a mail says.

    Raises:
        Unopenable: If the secret file is another one, or the row was changed or moved.
    """
    return Letter(**sealing.open_text(_key(), bytes(row.sealed), _place(row)))


def send_waiting(now: datetime | None = None) -> None:
    """Send whatever may be tried by now, whether or not a task called for it."""
    now = now or timezone.now()
    due = Outgoing.objects.filter(try_at__lte=now).order_by("try_at").values_list("pk", flat=True)
    for id_ in list(due):
        _try(id_, now)


def send(mail_id: UUID, now: datetime | None = None) -> None:
    """Send one mail, if it waits and may be tried; else do nothing."""
    now = now or timezone.now()
    row = Outgoing.objects.filter(pk=mail_id, try_at__lte=now).first()
    if row is None or not _claim(row, now):
        return
    if row.until <= now or mail.hand_over(_mail_of(row)) in {Verdict.TAKEN, Verdict.REFUSED}:
        _drop(row)


def waiting() -> QuerySet[Outgoing]:
    """Give what waits, the longest waiting first."""
    return Outgoing.objects.order_by("made_at")


def forget_old(now: datetime) -> int:
    """Delete what serves nobody any more; say how many."""
    return Outgoing.objects.filter(until__lte=now).delete()[0]


def _try(mail_id: UUID, now: datetime) -> None:
    """Send one mail; a fault of ours in one keeps no other from being sent."""
    try:
        send(mail_id, now)
    except DatabaseError:
        raise
    except Exception:
        _log.exception("A mail could not be written.")


def _claim(row: Outgoing, now: datetime) -> bool:
    """Make a mail ours to send, until the pause after this try ends."""
    pause = PAUSES[min(row.tries, len(PAUSES) - 1)]
    unclaimed = Outgoing.objects.filter(pk=row.pk, tries=row.tries, try_at__lte=now)
    return bool(unclaimed.update(tries=F("tries") + 1, try_at=now + pause))


def _drop(row: Outgoing) -> None:
    """Delete a mail, and what the database's own log still has of it."""
    Outgoing.objects.filter(pk=row.pk).delete()
    shredding.sweep()


@sensitive_variables()
def _mail_of(row: Outgoing) -> EmailMessage:
    letter = read(row)
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        # The same at each try, so that a mailbox can tell a second one from another mail.
        headers=mail.headers(row.id),
    )
    if letter.invitation:
        message.attach(_attached(b64decode(letter.invitation)))
    return message


def _attached(invitation: bytes) -> MIMEBase:
    """Give an iCalendar file as programs want it: its method stands in its type as well."""
    part = MIMEBase("text", "calendar", charset="utf-8")
    if found := _METHOD.search(invitation):
        part.set_param("method", found[1].decode())
    part.set_payload(invitation)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=FILE)
    return part


def _place(row: Outgoing) -> bytes:
    return sealing.bind("mail", table="accounts_outgoing", row=str(row.id))


def _key() -> bytes:
    return house_key.of("accounts_outgoing")


def _export(person: Any, keys: Any) -> Iterator[dict[str, Any]]:
    # No row says whose it is: to whom a mail goes is sealed with what it says.
    yield from ()


personal_data.holds(
    Outgoing,
    why=_(
        "Een mail die klaarligt voor de mailserver, over een afspraak bijvoorbeeld. Adres en "
        "tekst liggen versleuteld. Er staat niet bij van wie hij is; in een export zit hij dus "
        "niet."
    ),
    read_by=Readers.NOBODY,
    kept_for=_("Tot de mailserver hem aanneemt, hoogstens 30 dagen."),
    erased=_("Zodra de mail is aangenomen of geweigerd."),
    export=_export,
    erase=lambda person: 0,
)
