"""Planning appointments: the only writer of them. Who may do what is asked first, then the rules.

Every change happens in one transaction with the mails that tell of it (the outbox) and the mark
that calendars elsewhere are behind. Two of one coach can never overlap: the database itself
refuses. What must lie between two is looked at while the coach's row is locked (PostgreSQL), or
while nobody else can write (SQLite, where a transaction begins with the write lock).

Locks are taken in one order, the coach before the appointment, so that nobody waits in a circle.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from kleinverzet.coach import (
    application,
    appointment,
    entries,
    holding,
    links,
    moving,
    openings,
    telling,
    waiting,
)
from kleinverzet.coach.application import Application
from kleinverzet.coach.models import Booking, Coach, Wish
from kleinverzet.coach.openings import Open, Sought
from kleinverzet.coach.outcome import By, Done, Refused, Why
from kleinverzet.coach.words import Words

__all__ = [
    "By", "Done", "Refused", "Why", "agree", "book", "call_off_all", "cancel", "lapse_overdue",
    "move", "offer", "take",
]  # fmt: skip

State = Booking.State
# How often another coach is looked for after somebody was quicker.
ROUNDS = 5


@sensitive_variables()
def book(
    *, sought: Sought, starts_at: datetime, words: Words, guardian: str, language: str, zone: str,
    form: UUID, now: datetime, coach_id: int | None = None,
) -> Done | Refused:  # fmt: skip
    """Plan an appointment; with a guardian's address the time is held until they say yes.

    The same `form` twice gives the same appointment and the same link, with the words and addresses
    that were sent last.
    """
    sent = application.of(words, guardian=guardian, language=language, zone=zone, form=form)
    coach = None if coach_id is None else Coach.objects.filter(pk=coach_id).first()
    if coach is None and coach_id is not None:
        return Refused(Why.NOT_OPEN)
    for _round in range(ROUNDS):
        if (before := _again(sent, now)) is not None:
            return before
        time = openings.at(sought, starts_at, now, coach=coach)
        if time is None:
            # Whoever pressed twice may just have taken it.
            return _again(sent, now) or Refused(Why.NOT_OPEN)
        if (done := _try(sent, sought, time, now)) is not None:
            return done
    return Refused(Why.NOT_OPEN)


@sensitive_variables()
@transaction.atomic
def take(
    *, booking: Booking, words: Words, guardian: str, form: UUID, now: datetime
) -> Done | Refused:
    """Take a time that was offered to somebody who waited."""
    row = appointment.lock(pk=booking.pk)
    if row is None:
        return Refused(Why.OVER)
    sent = application.of(words, guardian=guardian, language=row.language, zone=row.zone, form=form)
    if row.form == sent.number:
        return _renewed(row, sent, now)
    if row.state != State.OFFERED or not appointment.stands(row, now):
        return Refused(Why.OVER)
    filled = application.fill(sent, row, now)
    if filled is None:
        return Refused(Why.TOO_SOON)
    if not appointment.turn(row, now, **filled):
        return Refused(Why.CHANGED)
    Wish.objects.filter(booking=row).update(state=Wish.State.TAKEN, envelope=b"")
    return _placed(row, sent, now)


def move(
    *, booking: Booking, starts_at: datetime, seen: int, by: By, now: datetime
) -> Done | Refused:
    """Move to another time. `seen` is the sequence that whoever asks has read.

    A visitor moves to what is on offer; a coach, here or in their own calendar, to any time to come
    at which no other appointment of theirs stands. Pressing twice moves once.
    """
    try:
        with transaction.atomic():
            return moving.to(booking, starts_at.astimezone(UTC), seen=seen, by=by, now=now)
    except IntegrityError as fault:
        if not appointment.is_double(fault):
            raise
        return Refused(Why.NOT_OPEN)


@transaction.atomic
def cancel(*, booking: Booking, seen: int | None, by: By, now: datetime) -> Done | Refused:
    """Call it off; the time falls free. None for `seen` is whatever it is by now.

    A guardian says no to what is held for them; once they have agreed, it is not theirs any more.
    """
    row = appointment.lock(pk=booking.pk)
    if row is None or not appointment.stands(row, now):
        return Refused(Why.OVER)
    if seen not in (None, row.sequence) or (by == By.GUARDIAN and row.state != State.HELD):
        return Refused(Why.CHANGED)
    was, sequence = row.state, row.sequence + 1
    if not appointment.turn(row, now, state=State.CANCELLED, held_until=None, sequence=sequence):
        return Refused(Why.CHANGED)
    if was == State.OFFERED:
        waiting.passed(row, now)
    else:
        telling.cancelled(row, by, now)
    appointment.end(row, now)
    return Done(row)


@transaction.atomic
def agree(*, booking: Booking, now: datetime, seen: int | None = None) -> Done | Refused:
    """Let a guardian's yes make a held appointment final; a second yes changes nothing.

    Args:
        booking: The appointment.
        now: The time.
        seen: The sequence that they have read; None for whatever it is by now.
    """
    row = appointment.lock(pk=booking.pk)
    if row is None or not appointment.stands(row, now) or row.state == State.OFFERED:
        return Refused(Why.OVER)
    if row.state == State.BOOKED:
        return Done(row)
    if seen not in (None, row.sequence):
        return Refused(Why.CHANGED)
    if not appointment.turn(row, now, state=State.BOOKED, held_until=None):
        return Refused(Why.CHANGED)
    telling.agreed(row, now)
    application.forget_guardian(row)
    entries.mark(row, now)
    return Done(row)


def offer(*, wish: Wish, time: Open, now: datetime) -> Booking | None:
    """Hold an open time for somebody who waits; None where it went to somebody else."""
    until = holding.for_offer(time.starts_at, now)
    if until is None:
        return None
    try:
        with transaction.atomic():
            return _offered(wish, time, until, now)
    except IntegrityError as fault:
        if not appointment.is_double(fault):
            raise
        return None


def lapse_overdue(now: datetime) -> int:
    """Let what was held too long fall free; say how many."""
    overdue = Booking.objects.filter(
        state__in=(State.HELD, State.OFFERED), held_until__lte=now
    ).order_by("held_until")
    return sum(_lapse(row_id, now) for row_id in list(overdue.values_list("pk", flat=True)))


def call_off_all(person: Any, now: datetime) -> int:
    """Call off what somebody who stops coaching has ahead, and tell everybody; say how many."""
    ahead = Booking.objects.filter(
        coach__person=person, state__in=Booking.LIVE, starts_at__gt=now
    ).order_by("starts_at")
    done = [cancel(booking=row, seen=None, by=By.HOUSE, now=now) for row in ahead]
    return sum(isinstance(each, Done) for each in done)


def _again(sent: Application, now: datetime) -> Done | Refused | None:
    """Give the appointment that this form made before, if it did."""
    # Most forms come once: only where one did not, a transaction is worth its lock.
    if not Booking.objects.filter(form=sent.number).exists():
        return None
    with transaction.atomic():
        row = appointment.lock(form=sent.number)
        return None if row is None else _renewed(row, sent, now)


def _renewed(row: Booking, sent: Application, now: datetime) -> Done | Refused:
    if row.state == State.OFFERED or not appointment.stands(row, now):
        return Refused(Why.OVER)
    if application.renew(sent, row, now):
        _tell(row, sent, now)
    return Done(row, sent.token)


def _try(sent: Application, sought: Sought, time: Open, now: datetime) -> Done | Refused | None:
    """Plan with the coach of an open time; None where somebody else was quicker."""
    try:
        with transaction.atomic():
            coach = appointment.lock_coach(time.coach_id)
            if coach is None or openings.at(sought, time.starts_at, now, coach=coach) is None:
                return None
            row = appointment.new(coach, sought, time, now)
            filled = application.fill(sent, row, now)
            if filled is None:
                return Refused(Why.TOO_SOON)
            for name, value in filled.items():
                setattr(row, name, value)
            row.save(force_insert=True)
            return _placed(row, sent, now)
    except IntegrityError as fault:
        if appointment.is_double(fault) or Booking.objects.filter(form=sent.number).exists():
            return None
        raise


def _placed(row: Booking, sent: Application, now: datetime) -> Done:
    """Make the link to an appointment that was just planned, and tell of it."""
    links.open_first(row, sent.token, now)
    _tell(row, sent, now)
    entries.mark(row, now)
    return Done(row, sent.token)


def _tell(row: Booking, sent: Application, now: datetime) -> None:
    if row.state == State.HELD:
        telling.held(row, sent.token, now)
    else:
        telling.booked(row, sent.token, now)


def _offered(wish: Wish, time: Open, until: datetime, now: datetime) -> Booking | None:
    coach = appointment.lock_coach(time.coach_id)
    wanted = Sought(wish.kind, wish.minutes, wish.mode, wish.place)
    if coach is None or openings.at(wanted, time.starts_at, now, coach=coach) is None:
        return None
    waits = Wish.objects.filter(pk=wish.pk, state=Wish.State.WAITING)
    if not waits.update(state=Wish.State.OFFERED):
        return None
    row = appointment.new(coach, wanted, time, now)
    row.state, row.held_until = State.OFFERED, until
    row.language, row.zone = wish.language, wish.zone
    row.save(force_insert=True)
    Wish.objects.filter(pk=wish.pk).update(booking=row)
    wish.state, wish.booking = Wish.State.OFFERED, row
    telling.offered(row, wish, now)
    entries.mark(row, now)
    return row


@transaction.atomic
def _lapse(row_id: UUID, now: datetime) -> bool:
    """Let one time fall free, unless somebody answered at this very moment."""
    row = appointment.lock(pk=row_id)
    if row is None or row.held_until is None or row.held_until > now:
        return False
    was, sequence = row.state, row.sequence + 1
    if not appointment.turn(row, now, state=State.LAPSED, held_until=None, sequence=sequence):
        return False
    if was == State.OFFERED:
        waiting.passed(row, now)
    else:
        telling.lapsed(row, now)
    appointment.end(row, now)
    return True
