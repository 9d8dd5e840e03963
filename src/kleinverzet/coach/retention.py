"""How appointments end: words, addresses and links first, and the bare time years later.

It happens by itself every day. A visitor who has the link of the first mail can take everything
along, and have it erased at once.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from kleinverzet.coach import envelopes, intake, words
from kleinverzet.coach.models import Booking, Link, Wish
from kleinverzet.coach.outcome import By
from kleinverzet.vault import erased, shredding

State = Booking.State
# How long words stay after the appointment, or after it was called off.
WORDS_STAY = timedelta(days=30)
# How long it stays known that there was one.
TIMES_STAY = timedelta(days=2 * 365)

_NO_WORDS: dict[str, Any] = {
    "for_coach": b"", "for_visitor": b"", "envelope": b"", "key_number": 0, "form": None,
}  # fmt: skip


def forget_old(now: datetime) -> int:
    """Delete what was kept long enough, for the daily chores; say in how many appointments."""
    with transaction.atomic():
        told = Booking.objects.filter(ends_at__lt=now).exclude(envelope=b"").update(envelope=b"")
        emptied = _empty(_worded().filter(_is_over_since(now - WORDS_STAY)))
        gone = Booking.objects.filter(ends_at__lt=now - TIMES_STAY)
        deleted = gone.count()
        gone.delete()
        _ended_wishes(now).delete()
        shredding.sweep()
    return told + emptied + deleted


def erase(booking: Booking, now: datetime) -> None:
    """Erase at once what a visitor wrote, their address and every link; for the visitor.

    What is still ahead is called off first. Of that the bare time stays, for calendars elsewhere
    must still take it out; what is past goes whole, as there is nothing left to clear up.

    Raises:
        OSError: If it cannot be noted; then nothing was erased.
    """
    erased.note(booking.pk)
    with transaction.atomic():
        intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=now)
        _erase(booking, now)


def erase_again(now: datetime) -> int:
    """Erase what an older copy of the database brought back; say in how many appointments.

    Whoever erased it was told then, and gets no other mail; the coach does.
    """
    back = erased.among(_worded().values_list("pk", flat=True))
    for booking in Booking.objects.filter(pk__in=back):
        with transaction.atomic():
            _empty(Booking.objects.filter(pk=booking.pk))
            intake.cancel(booking=booking, seen=None, by=By.VISITOR, now=now)
            _erase(booking, now)
    return len(back)


@sensitive_variables()
def export(booking: Booking, token: str) -> dict[str, Any]:
    """Give a visitor everything that is kept of their appointment, as plain texts and numbers.

    Args:
        booking: The appointment.
        token: Of the link in the first mail. What it does not open is said to be there, and shut.
    """
    written, envelope = words.for_visitor(booking, token), envelopes.open_(booking)
    return {
        "kind": booking.kind,
        "mode": booking.mode,
        "place": booking.place,
        "coach": booking.coach.name,
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "state": booking.state,
        "held_until": booking.held_until.isoformat() if booking.held_until else None,
        "times_changed": booking.sequence,
        "language": booking.language,
        "zone": booking.zone,
        "made_at": booking.made_at.isoformat(),
        "changed_at": booking.changed_at.isoformat(),
        "reminded_at": booking.reminded_at.isoformat() if booking.reminded_at else None,
        "mails_go_to": envelope.email if envelope else "",
        "guardian": envelope.guardian if envelope else "",
        "written": words.plain(written) if written else None,
        "is_shut": written is None and bool(booking.for_visitor),
    }


def _erase(booking: Booking, now: datetime) -> None:
    """Take out all but the bare time, and that too once it is past."""
    _empty(Booking.objects.filter(pk=booking.pk))
    Booking.objects.filter(pk=booking.pk, ends_at__lt=now).delete()
    shredding.sweep()


def _worded() -> QuerySet[Booking]:
    """Give what still holds more than a bare time."""
    links = Link.objects.values("booking")
    return Booking.objects.filter(~Q(for_coach=b"") | ~Q(envelope=b"") | Q(pk__in=links))


def _ended_wishes(now: datetime) -> QuerySet[Wish]:
    """Give the wishes that nobody waits with any more, once their last day is over."""
    over = (Wish.State.TAKEN, Wish.State.ENDED)
    return Wish.objects.filter(state__in=over, to_day__lt=timezone.localdate(now))


def _is_over_since(moment: datetime) -> Q:
    was_ended = Q(state__in=(State.CANCELLED, State.LAPSED), changed_at__lt=moment)
    return Q(ends_at__lt=moment) | was_ended


def _empty(rows: QuerySet[Booking]) -> int:
    """Take words, addresses and links out of some appointments; say how many."""
    ids = list(rows.values_list("pk", flat=True))
    Link.objects.filter(booking__in=ids).delete()
    return Booking.objects.filter(pk__in=ids).update(**_NO_WORDS)
