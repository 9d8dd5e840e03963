"""Handing messages over to the mail server, through the task queue.

A task holds the number of a row and nothing else. The row is the truth: what the queue lost is
found by looking. A row is claimed by putting its next try ahead, so two workers never hold the same
one, and one that died halfway is followed by another try. A message to the practice may therefore
come twice, which is better than not at all; both bear the same number. A copy for the sender is
tried again only where it is sure that the mail server took nothing.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from kleinverzet import environment
from kleinverzet.accounts import mail
from kleinverzet.accounts.mail import Verdict
from kleinverzet.world import messages
from kleinverzet.world.messages import Message, Written
from kleinverzet.world.practice import Practice

# How long to wait after each try; from then on as long as after the last.
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60)
)
# A copy that comes later than this only puzzles whoever gets it.
COPY_WAITS = timedelta(days=1)

_log = logging.getLogger(__name__)


@task()
def send_message(message_id: str) -> None:
    """Send a message, if it still waits."""
    send(UUID(message_id))


def post(written: Written, *, form: UUID, with_copy: bool, now: datetime | None = None) -> None:
    """Keep a message until it is sent, and call the task queue; the same one twice counts once.

    Args:
        written: What somebody wrote.
        form: The number of the form that they wrote it in.
        with_copy: Whether they want a copy; they gave an address then.
        now: The time, where a test says so.
    """
    now = now or timezone.now()
    with transaction.atomic():
        for is_copy in (False, True)[: 1 + with_copy]:
            id_ = messages.number(written, form=form, is_copy=is_copy)
            with suppress(IntegrityError), transaction.atomic():
                messages.keep(written, id_=id_, now=now, is_copy=is_copy)
                send_message.enqueue(str(id_))


def send_waiting(now: datetime | None = None) -> None:
    """Send whatever may be tried by now, whether or not a task called for it."""
    now = now or timezone.now()
    due = Message.objects.filter(try_at__lte=now).order_by("try_at").values_list("pk", flat=True)
    for id_ in due:
        _try(id_, now)


def send(message_id: UUID, now: datetime | None = None) -> None:
    """Send one message, if it waits and may be tried; else do nothing."""
    now = now or timezone.now()
    message = Message.objects.filter(pk=message_id, try_at__lte=now).first()
    if message is not None and _claim(message, now):
        _settle(message, mail.hand_over(_mail_of(message)), now)


def _try(message_id: UUID, now: datetime) -> None:
    """Send one message; a fault of ours in one keeps no other from being sent."""
    try:
        send(message_id, now)
    except DatabaseError:
        raise
    except Exception:
        _log.exception("A message could not be written.")


def _claim(message: Message, now: datetime) -> bool:
    """Make a message ours to send, until the pause after this try ends."""
    pause = PAUSES[min(message.tries, len(PAUSES) - 1)]
    unclaimed = Message.objects.filter(pk=message.pk, tries=message.tries, try_at__lte=now)
    return bool(unclaimed.update(tries=F("tries") + 1, try_at=now + pause))


def _settle(message: Message, verdict: Verdict, now: datetime) -> None:
    """Delete what was handed over; leave what was not for its next try."""
    is_over = verdict is Verdict.TAKEN
    if message.is_copy:
        is_over = verdict is not Verdict.NOT_NOW or now - message.made_at > COPY_WAITS
    if is_over:
        messages.drop(message)


def _mail_of(message: Message) -> EmailMessage:
    """Write the mail. Nothing that somebody typed stands in its head but an address to answer to.

    Raises:
        Unopenable: If the message cannot be read.
    """
    written, practice = messages.read(message), Practice.load()
    with override(written.language):
        subject = (
            gettext("Kopie van je bericht") if message.is_copy else gettext("Bericht via de site")
        )
        name = "world/mail/copy.txt" if message.is_copy else "world/mail/message.txt"
        body = render_to_string(name, _words(written, practice))
    answers_to = practice.email if message.is_copy else written.email
    return EmailMessage(
        subject=subject,
        body=body.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[written.email if message.is_copy else practice.email],
        reply_to=[answers_to] if answers_to else None,
        # The same at each try, so that a mailbox can tell a second one from another message.
        headers=mail.headers(message.id),
    )


def _words(written: Written, practice: Practice) -> dict[str, object]:
    return {
        "written": written,
        "mode": _mode(written.mode),
        "practice": practice,
        "origin": environment.read().origin,
        "quoted": "\n".join(f"> {line}".rstrip() for line in written.text.split("\n")),
    }


def _mode(mode: str) -> str:
    match mode:
        case messages.Mode.ONLINE:
            return gettext("online")
        case messages.Mode.HOME:
            return gettext("thuis")
        case messages.Mode.PRACTICE:
            return gettext("op de praktijk")
    return ""
