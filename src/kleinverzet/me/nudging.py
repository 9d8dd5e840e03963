"""Sending nudges: one mail each, never two, and an honest word about what became of it.

The row is the truth, and the task queue only calls at the right moment: a nudge whose task was
lost is found by looking. Before anything leaves, the row is claimed, planned to sending, by a
conditional update; whoever loses that race does nothing. Where the program ends in between, or the
mail server falls silent halfway, the row stays at sending: unknown, and never sent again.

Nothing of a person's words comes near it. A task holds the id of a row; the mail holds the time
that somebody asked for.
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from kleinverzet.accounts import addresses, mail, tokens
from kleinverzet.accounts.mail import Verdict
from kleinverzet.me import rhythm
from kleinverzet.me.models import Nudge
from kleinverzet.me.nudges_told import moment_of

ANSWER = "nudge"
# From here on the mail itself says that it comes later than was asked for.
LATE = timedelta(minutes=15)
# A mail server that cannot be reached, or says "not now", is asked again, for a day.
AGAIN = timedelta(minutes=10)
GIVE_UP = timedelta(days=1)
# How long the link in a mail works, and how long is kept what became of a nudge.
LASTS = timedelta(days=30)

State = Nudge.State
_log = logging.getLogger(__name__)


@task()
def send_nudge(nudge_id: int) -> None:
    """Send a nudge, if it is still planned and its moment has come."""
    send(nudge_id)


def queue(nudge: Nudge) -> None:
    """Let the task queue call when a nudge is due."""
    send_nudge.using(run_after=nudge.try_at).enqueue(nudge.pk)


def send_overdue(now: datetime | None = None) -> None:
    """Send whatever is due by now, whether or not a task called for it.

    A nudge without mail has only stood in a calendar: its moment passes.
    """
    now = now or timezone.now()
    due = Nudge.objects.filter(state=State.PLANNED, try_at__lte=now)
    for id_, channel in due.order_by("try_at").values_list("pk", "channel"):
        if channel == Nudge.Channel.MAIL:
            _try(id_, now)
        else:
            due.filter(pk=id_, channel=channel).update(state=State.PASSED, settled_at=F("due_at"))


def send(nudge_id: int, now: datetime | None = None) -> None:
    """Send one nudge, if it is planned, due and goes by mail; else do nothing."""
    now = now or timezone.now()
    nudge = _due(nudge_id, now).select_related("person").first()
    if nudge is None or _waits_for_morning(nudge, now):
        return
    address = addresses.verified(nudge.person)
    if not address:
        _due(nudge_id, now).update(state=State.SKIPPED, settled_at=now)
        return
    token = tokens.fresh(ANSWER)
    message = _written(nudge, address, token.text, is_late=_is_late(nudge, now))
    if _claim(nudge, token, now):
        _settle(nudge, mail.hand_over(message), now)


def of_answer(token: str, now: datetime) -> Nudge | None:
    """Give the nudge whose mail held this token, as long as the link works."""
    held = Nudge.objects.filter(token_hash=tokens.hash_of(token, ANSWER))
    return held.filter(settled_at__gt=now - LASTS).select_related("reflection").first()


def drop_idle_tasks() -> int:
    """Delete the tasks of nudges that were moved, called off or erased; say how many."""
    planned = dict(Nudge.objects.filter(state=State.PLANNED).values_list("pk", "try_at"))
    waiting = DBTaskResult.objects.filter(
        task_path=send_nudge.module_path, status=TaskResultStatus.READY
    )
    idle = [one.pk for one in waiting if planned.get(one.args_kwargs["args"][0]) != one.run_after]
    return int(DBTaskResult.objects.filter(pk__in=idle).delete()[0])


def _try(nudge_id: int, now: datetime) -> None:
    """Send one nudge; a fault of ours in one keeps no other from being sent."""
    try:
        send(nudge_id, now)
    except DatabaseError:
        raise
    except Exception:
        _log.exception("A nudge could not be written.")
        _due(nudge_id, now).update(try_at=now + AGAIN)


def _due(nudge_id: int, now: datetime) -> QuerySet[Nudge]:
    return Nudge.objects.filter(
        pk=nudge_id, state=State.PLANNED, channel=Nudge.Channel.MAIL, try_at__lte=now
    )


def _is_late(nudge: Nudge, now: datetime) -> bool:
    return now - nudge.due_at > LATE


def _waits_for_morning(nudge: Nudge, now: datetime) -> bool:
    """Put a late nudge off while its owner sleeps. One that is on time was planned around that."""
    morning = rhythm.after_quiet(now, rhythm.of(nudge.person_id))
    if morning == now or not _is_late(nudge, now):
        return False
    _due(nudge.pk, now).update(try_at=morning)
    return True


def _written(nudge: Nudge, address: str, token: str, *, is_late: bool) -> EmailMessage:
    """Write the mail: somebody asked for a nudge at this time, and not a word more."""
    with override(nudge.language):
        context = {
            "link": mail.address("me:answer", language=nudge.language, token=token),
            "asked_for": moment_of(nudge.due_at, nudge.zone),
            "is_late": is_late,
        }
        return EmailMessage(
            subject=gettext("Je vroeg om een seintje"),
            body=render_to_string("me/mail/nudge.txt", context).strip() + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers=mail.headers(uuid.uuid4()),
        )


def _claim(nudge: Nudge, token: tokens.Token, now: datetime) -> bool:
    """Make a nudge ours to send: the row as it was read, planned to sending, at most once."""
    claimed = _due(nudge.pk, now).filter(due_at=nudge.due_at)
    return bool(
        claimed.update(
            state=State.SENDING,
            token_hash=token.hash,
            settled_at=now,
            is_late=_is_late(nudge, now),
        )
    )


def _settle(nudge: Nudge, verdict: Verdict, now: datetime) -> None:
    sending = Nudge.objects.filter(pk=nudge.pk, state=State.SENDING)
    match verdict:
        case Verdict.TAKEN:
            sending.update(state=State.HANDED, settled_at=timezone.now())
        case Verdict.NOT_NOW if now - nudge.due_at < GIVE_UP:
            _plan_again(sending, now)
        case Verdict.NOT_NOW | Verdict.REFUSED:
            sending.update(state=State.REFUSED)


def _plan_again(sending: QuerySet[Nudge], now: datetime) -> None:
    try:
        with transaction.atomic():
            sending.update(
                state=State.PLANNED, try_at=now + AGAIN, token_hash=None, settled_at=None
            )
    except IntegrityError:  # another moment was planned meanwhile, and that one will come
        sending.update(state=State.REFUSED)
