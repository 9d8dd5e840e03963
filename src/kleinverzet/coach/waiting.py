"""The waiting list: whoever waits is offered a time that fell free, in order of arrival.

A time is offered to one at a time and held for a while. Who lets it go, or does not answer, waits
on and is not offered that time again; it goes to the next. Of who waits, only the practice's
program knows the address, and only until the wait ends.
"""

import logging
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kleinverzet.accounts import tokens
from kleinverzet.coach import envelopes, openings, telling
from kleinverzet.coach.envelopes import Envelope
from kleinverzet.coach.models import Booking, Wish
from kleinverzet.coach.openings import Open, Sought
from kleinverzet.coach.outcome import By, Done
from kleinverzet.coach.plan_way import PRACTICE_ZONE
from kleinverzet.vault import erased, house_key, sealing

NOON, EVENING = 12, 17
# How many times are tried for one wish, where each went to somebody else at that very moment.
TRIES = 5
STAYS = timedelta(days=7)

State = Wish.State
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody is on the list. `token` opens the link by which they look at it and leave it."""

    wish: Wish
    token: str = field(repr=False)


@task()
def look_again() -> None:
    """Offer what is free by now."""
    look(timezone.now())


@sensitive_variables("email", "token", "envelope")
@transaction.atomic
def wait(
    *, sought: Sought, from_day: date, to_day: date, weekdays: str, parts: str, email: str,
    language: str, zone: str, form: UUID, now: datetime,
) -> Waiting:  # fmt: skip
    """Put somebody on the list and mail them the link to it; one form counts once.

    Sent again with another address or another wish, it takes the place of what stood there, as long
    as nothing was offered.
    """
    token = _token(form, email)
    asked: dict[str, Any] = {
        "kind": sought.kind, "minutes": sought.minutes, "mode": sought.mode,
        "place": sought.place, "from_day": from_day, "to_day": to_day, "weekdays": weekdays,
        "parts": parts, "language": language, "zone": zone, "token_hash": _hash(token),
    }  # fmt: skip
    number = _number(form)
    Wish.objects.get_or_create(form=number, defaults={**asked, "made_at": now})
    row = Wish.objects.select_for_update().get(form=number)
    is_known = bool(row.envelope) and all(getattr(row, name) == asked[name] for name in asked)
    if row.state == State.WAITING and not is_known:
        for name, value in asked.items():
            setattr(row, name, value)
        envelopes.seal(Envelope(email, language, zone), row)
        row.save(update_fields=(*asked, "envelope"))
        telling.waits(row, token, now)
        wake()
    return Waiting(row, token)


def find(token: str) -> Wish | None:
    """Give the wish that a link belongs to; None without one."""
    return Wish.objects.filter(token_hash=_hash(token)).select_related("booking__coach").first()


def withdraw(wish: Wish, now: datetime | None = None) -> None:
    """Take somebody off the list, and let what was offered to them go to the next.

    Raises:
        OSError: If it cannot be noted; then they are still on it.
    """
    erased.note(wish.pk)
    _withdraw(wish, now)


def withdraw_again(now: datetime) -> int:
    """Take off the list whom an older copy of the database brought back; say how many."""
    live = Wish.objects.filter(state__in=(State.WAITING, State.OFFERED))
    back = erased.among(live.values_list("pk", flat=True))
    for wish in Wish.objects.filter(pk__in=back).select_related("booking__coach"):
        _withdraw(wish, now)
    return len(back)


@transaction.atomic
def _withdraw(wish: Wish, now: datetime | None) -> None:
    if wish.booking is not None:
        let_go(wish.booking, now)
    live = Wish.objects.filter(pk=wish.pk, state__in=(State.WAITING, State.OFFERED))
    live.update(state=State.ENDED, envelope=b"")
    wish.refresh_from_db()


def let_go(booking: Booking, now: datetime | None = None) -> bool:
    """Decline an offered time: it goes to the next; False where it was not on offer any more."""
    from kleinverzet.coach import intake  # which itself wakes the list

    if booking.state != Booking.State.OFFERED:
        return False
    now = now or timezone.now()
    return isinstance(
        intake.cancel(booking=booking, seen=booking.sequence, by=By.VISITOR, now=now), Done
    )


def passed(booking: Booking, now: datetime) -> None:
    """Let whoever was offered a time wait on: they let it go, or did not answer.

    `intake` calls this in the transaction in which the time falls free.
    """
    rows = Wish.objects.filter(booking=booking, state=State.OFFERED)
    for wish in rows:
        gone = [*wish.passed, _mark(booking.starts_at)]
        rows.filter(pk=wish.pk).update(state=State.WAITING, booking=None, passed=gone)


def look(now: datetime) -> int:
    """Offer what is open to who waits, the longest waiting first; say how many got an offer."""
    return sum(_try(wish, now) for wish in list(_in_turn(now)))


def wake() -> None:
    """Have somebody look once this transaction is done; one task at a time waits to do so."""
    # Looked at afterwards: a task that is still to begin by then will see what was changed here.
    transaction.on_commit(_enqueue, robust=True)


def end_past(now: datetime) -> int:
    """End the wishes whose last day is over; say how many. For the daily chores.

    What ended before is deleted a week after its last day: until then its link says so.
    """
    today = _day(now)
    Wish.objects.filter(state__in=(State.TAKEN, State.ENDED), to_day__lt=today - STAYS).delete()
    over = Wish.objects.filter(state=State.WAITING, to_day__lt=today)
    return over.update(state=State.ENDED, envelope=b"")


def _enqueue() -> None:
    if not Wish.objects.filter(state=State.WAITING).exists():
        return
    ready = DBTaskResult.objects.ready().filter(task_path=look_again.module_path)
    if not ready.exists():
        look_again.enqueue()


def _in_turn(now: datetime) -> QuerySet[Wish]:
    live = Wish.objects.filter(state=State.WAITING, to_day__gte=_day(now))
    return live.order_by("made_at", "pk")


def _try(wish: Wish, now: datetime) -> bool:
    """Serve one wish; a fault of ours in one keeps no other from being served."""
    try:
        return _offer(wish, now)
    except DatabaseError:
        raise
    except Exception:
        _log.exception("A wish could not be served.")
        return False


def _offer(wish: Wish, now: datetime) -> bool:
    """Offer the first time that fits; False where none does."""
    from kleinverzet.coach import intake  # which itself wakes the list

    for time in islice(_fitting(wish, now), TRIES):
        if intake.offer(wish=wish, time=time, now=now) is not None:
            return True
    return False


def _fitting(wish: Wish, now: datetime) -> Iterator[Open]:
    first = max(wish.from_day, _day(now))
    found = openings.between(_sought(wish), first, wish.to_day, now)
    for day in sorted(found.days):
        yield from (time for time in found.days[day] if _fits(wish, time))


def _fits(wish: Wish, time: Open) -> bool:
    """Tell whether a time suits, by the practice's clock."""
    local = time.starts_at.astimezone(PRACTICE_ZONE)
    return (
        (not wish.weekdays or str(local.weekday()) in wish.weekdays)
        and (not wish.parts or part_of_day(local.hour) in wish.parts)
        and _mark(time.starts_at) not in wish.passed
    )


def part_of_day(hour: int) -> str:
    """Give the letter of a part of the day: m(orning), a(fternoon) or e(vening)."""
    if hour < NOON:
        return "m"
    return "a" if hour < EVENING else "e"


def _sought(wish: Wish) -> Sought:
    return Sought(wish.kind, wish.minutes, wish.mode, wish.place)


def _day(now: datetime) -> date:
    return now.astimezone(PRACTICE_ZONE).date()


def _mark(starts_at: datetime) -> int:
    return int(starts_at.timestamp())


@sensitive_variables()
def _token(form: UUID, email: str) -> str:
    """Give the token of the link: always the same for one form and one address."""
    made = sealing.mix(_key(), f"{form.hex} {email}", person="wish.token.v1")
    return urlsafe_b64encode(made[: tokens.BYTES]).decode()


def _number(form: UUID) -> UUID:
    """Give the number under which a form's wish is kept; not the form's own."""
    return UUID(bytes=sealing.mix(_key(), form.hex, person="wish.form.v1")[:16])


def _hash(token: str) -> bytes:
    return tokens.hash_of(token, "coach.wish")


def _key() -> bytes:
    return house_key.of("coach_wish")
