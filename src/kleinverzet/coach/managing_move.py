"""Moving an appointment, by who planned it: month, times, and one press."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.coach import (
    appointment,
    intake,
    managing,
    openings,
    plan_month,
    plan_offer,
    plan_words,
)
from kleinverzet.coach.intake import By, Done, Why
from kleinverzet.coach.managing import Held
from kleinverzet.coach.models import Kind
from kleinverzet.coach.openings import Found
from kleinverzet.coach.plan_month import Month
from kleinverzet.coach.plan_way import PRACTICE_ZONE
from kleinverzet.ui import errors

CONFLICT, GONE = 409, 410
TEMPLATE = "coach/moving.html"
WORDS = {
    Why.NOT_OPEN: _(
        "Deze tijd is net weg. Je afspraak staat nog zoals hij stond. Kies een andere."
    ),
    Why.CHANGED: _(
        "Je afspraak is intussen al veranderd, misschien in een ander tabblad. Hierboven staat hoe "
        "het nu is. Wil je hem nog een keer verzetten? Kies dan hieronder opnieuw."
    ),
    Why.TOO_SOON: _("Deze tijd begint te snel. Kies een latere."),
}
OVER = _("Deze afspraak kun je niet meer verzetten.")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the pages of moving are."""

    held: Held

    def of_day(self, day: date) -> str:
        return f"{self.held.address('manage_move_day', day=day)}#laat"

    def of_month(self, first: date) -> str:
        return f"{self.held.address('manage_move_month', month=first)}#dag"


@dataclass(frozen=True, slots=True)
class Choice:
    """A time to move to: what the form says, and how it reads."""

    value: str
    starts_at: datetime
    said: str


class Move:
    """What a page of moving shows.

    Args:
        held: The appointment.
        month: The month that is looked at; none is the first with an open day.
        day: The day that is looked at.
        now: The time.

    Raises:
        Http404: If the month lies before this one, or beyond what can be planned.
    """

    def __init__(self, held: Held, month: date | None, day: date | None, now: datetime) -> None:
        self.held, self.day = held, day
        self.today = now.astimezone(PRACTICE_ZONE).date()
        kind = Kind(held.booking.kind)
        self.end = plan_month.last_of(max(plan_offer.last_day(kind, now), self.today))
        named = day or month
        if named and not plan_month.first_of(self.today) <= named <= self.end:
            raise Http404
        first = plan_month.first_of(named) if named else self.today
        last = plan_month.last_of(first) if named else self.end
        self.found: Found = openings.between(
            appointment.sought(held.booking),
            first,
            last,
            now,
            coach=held.booking.coach,
            without=held.booking,
        )
        named = named or min(self.found.days, default=self.today)
        self._first = plan_month.first_of(named)

    @property
    def month(self) -> Month:
        """The month, with the days to which it can move."""
        return plan_month.draw(
            _Places(self.held),
            self._first,
            self.found.days,
            chosen=self.day,
            today=self.today,
            last=self.end,
        )

    @property
    def times(self) -> list[Choice]:
        """The times of that day; the one at which it stands is left out."""
        found = self.found.days.get(self.day, ()) if self.day else ()
        return [
            Choice(
                one.starts_at.astimezone(UTC).isoformat(),
                one.starts_at.astimezone(PRACTICE_ZONE),
                plan_words.hours(one.starts_at.astimezone(PRACTICE_ZONE)),
            )
            for one in found
            if one.starts_at != self.held.booking.starts_at
        ]

    @property
    def weekdays(self) -> list[plan_words.Weekday]:
        """The head of the month."""
        return plan_words.weekdays()

    @property
    def why_said(self) -> str:
        """Why there is nothing in it."""
        return plan_words.why(self.found.why)


@open_to_all
@never_cache
@signed_form
def page(
    request: HttpRequest, token: str, month: date | None = None, day: date | None = None
) -> HttpResponse:
    """Show to which times an appointment can move; a POST moves it."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    held = managing.find(token)
    if held is None:
        return managing.closed(request)
    if not held.is_ahead:
        return managing.show(request, held, status=GONE, word=OVER)
    if request.method == "POST":
        return _move(request, held, month, day)
    return _show(request, held, month, day)


def _move(request: HttpRequest, held: Held, month: date | None, day: date | None) -> HttpResponse:
    starts_at, seen = _moment(request.POST.get("to", "")), request.POST.get("seen", "")
    if starts_at is None or not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        return errors.bad_request(request)
    done = intake.move(
        booking=held.booking, starts_at=starts_at, seen=int(seen), by=By.VISITOR,
        now=timezone.now(),
    )  # fmt: skip
    if isinstance(done, Done):
        return redirect("coach:manage", token=held.token)
    now_held = managing.find(held.token)
    if now_held is None:
        return managing.closed(request)
    if done.why is Why.OVER or not now_held.is_ahead:
        return managing.show(request, now_held, status=GONE, word=OVER)
    return _show(request, now_held, month, day, status=CONFLICT, word=WORDS[done.why])


def _show(
    request: HttpRequest, held: Held, month: date | None, day: date | None, *,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    now = timezone.now()
    step = Move(held, month, day, now)
    return managing.show(
        request, held, status=status, template=TEMPLATE, step=step, stamp=traps.fresh(now), **more
    )


def _moment(text: str) -> datetime | None:
    """Read a moment as our own form wrote it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Far from the ends of the calendar, where sums of times fall off.
    is_near = moment.tzinfo is not None and moment.utcoffset() == timedelta(0)
    return moment if is_near and 2000 < moment.year < 3000 else None
