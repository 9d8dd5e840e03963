"""What a coach must know: two things at one time, or a change in their own calendar.

Only the coach reads it. It names an appointment and a code; `WORDS` says the code in a sentence.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kleinverzet.coach.calendar_account import mark_of
from kleinverzet.coach.models import Booking, Busy, Calendar, Clash, Coach

# How long one that was seen is kept.
KEPT = timedelta(days=30)


class What(StrEnum):
    """What there is to know."""

    DOUBLE = "double"
    TAKEN_OUT = "taken_out"
    MOVED = "moved"
    NOT_MOVED = "not_moved"
    PUT_BACK = "put_back"


WORDS: dict[str, str | Promise] = {
    What.DOUBLE: _("In je agenda staat iets anders op het moment van deze afspraak."),
    What.TAKEN_OUT: _("Je haalde deze afspraak uit je agenda. Hier staat die nog."),
    What.MOVED: _("Je verzette deze afspraak in je agenda. Wie er komt, krijgt een mail."),
    What.NOT_MOVED: _(
        "Je verzette deze afspraak in je agenda naar een moment waarop die niet kan, zoals tijdens "
        "een andere afspraak of in het verleden. De afspraak staat weer waar die stond."
    ),
    What.PUT_BACK: _(
        "Je maakte deze afspraak in je agenda langer of korter. Dat kan hier niet. De afspraak "
        "staat er weer zoals die was."
    ),
}


def tell(booking: Booking, what: What, now: datetime) -> None:
    """Tell a coach something about an appointment, unless they have yet to see just that."""
    unseen = Clash.objects.filter(booking=booking, what=what, seen_at=None)
    if not unseen.exists():
        Clash.objects.create(coach_id=booking.coach_id, booking=booking, what=what, at=now)


def tell_doubles(calendar: Calendar, now: datetime) -> int:
    """Tell a coach of what their calendar has at the time of an appointment; of each thing once."""
    rows = Booking.objects.filter(
        coach=calendar.coach_id, state__in=Booking.LIVE, ends_at__gt=now
    ).order_by("starts_at")
    found = [clash for row in rows for clash in _doubles_of(row, calendar, now)]
    return len(Clash.objects.bulk_create(found, ignore_conflicts=True))


def unseen(coach: Coach) -> QuerySet[Clash]:
    """Give what a coach has yet to see, the newest first."""
    rows = Clash.objects.filter(coach=coach, seen_at=None).select_related("booking")
    return rows.order_by("-at", "-pk")


def see(coach: Coach, which: int, now: datetime) -> bool:
    """Note that a coach has seen one."""
    return bool(Clash.objects.filter(coach=coach, pk=which, seen_at=None).update(seen_at=now))


def forget_old(now: datetime) -> int:
    """Delete what was seen long ago; say how many."""
    return Clash.objects.filter(seen_at__lt=now - KEPT).delete()[0]


def _doubles_of(booking: Booking, calendar: Calendar, now: datetime) -> Iterable[Clash]:
    overlapping = Busy.objects.filter(
        calendar=calendar, starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at
    )
    for event, starts_at in overlapping.values_list("event", "starts_at"):
        about = mark_of(booking.pk, booking.starts_at, bytes(event).hex(), starts_at)
        yield Clash(
            coach_id=booking.coach_id, booking=booking, what=What.DOUBLE, mark=about, at=now
        )
