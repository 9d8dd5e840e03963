"""The pages of a coach's day: what stands there, opening the vault for it, moving and calling off.

Times, ways and towns can be seen with the vault shut, for a coach on the way needs those at once;
who comes and what they wrote only while it is open.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext

from kleinverzet.coach import day, desk_words, intake, plan_words
from kleinverzet.coach.day import Day, Stop
from kleinverzet.coach.day_form import MoveForm
from kleinverzet.coach.desk_door import for_a_coach, with_words
from kleinverzet.coach.intake import By, Refused, Why
from kleinverzet.coach.models import Booking, Coach, Kind
from kleinverzet.ui import errors
from kleinverzet.vault import session
from kleinverzet.vault.keys import Keys

UNPROCESSABLE, CONFLICT = 422, 409
CENTURY = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Line:
    """An appointment as it stands on the page.

    Attributes:
        what: What it is for.
        answers: What was asked, and what they answered.
        form: Moves it; `is_open` where it shows a fault.
        turn: "now" or "next" for the one that a coach has to be at first; empty for others.
    """

    stop: Stop
    what: str
    answers: tuple[tuple[str, str], ...]
    form: MoveForm
    is_open: bool
    turn: str


@for_a_coach
def today(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Show today."""
    return _show(request, coach, timezone.localdate())


@for_a_coach
def dated(request: HttpRequest, coach: Coach, date_: date) -> HttpResponse:
    """Show the day of a date, of this century."""
    if date_.year not in CENTURY:
        return errors.not_found(request)
    return _show(request, coach, date_)


@for_a_coach
def opened(request: HttpRequest, coach: Coach, date_: date) -> HttpResponse:
    """Ask for the passphrase, and go back to the day with the vault open."""
    return _open(request, date_)


@with_words
def _open(request: HttpRequest, keys: Keys, date_: date) -> HttpResponse:
    return redirect("coach:day_of", date_=date_)


@for_a_coach
def change(request: HttpRequest, coach: Coach, id_: uuid.UUID) -> HttpResponse:
    """Move one of the coach's own appointments, or call it off."""
    booking = Booking.objects.filter(coach=coach, pk=id_).first()
    if booking is None:
        return errors.not_found(request)
    seen, move = request.POST.get("seen", ""), request.POST.get("move", "")
    if not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        return redirect("coach:day_of", date_=_day_of(booking))
    if move == "cancel":
        return _cancel(request, booking, int(seen))
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, coach, _day_of(booking), UNPROCESSABLE, booking, form)
    return _move(request, booking, form, int(seen))


def _cancel(request: HttpRequest, booking: Booking, seen: int) -> HttpResponse:
    done = intake.cancel(booking=booking, seen=seen, by=By.COACH, now=timezone.now())
    if isinstance(done, Refused):
        return _refuse(request, booking, done)
    messages.success(request, gettext("Afgezegd. De ander krijgt er een mail over."))
    return redirect("coach:day_of", date_=_day_of(booking))


def _move(request: HttpRequest, booking: Booking, form: MoveForm, seen: int) -> HttpResponse:
    at = form.cleaned_data["at"]
    done = intake.move(booking=booking, starts_at=at, seen=seen, by=By.COACH, now=timezone.now())
    if not isinstance(done, Refused):
        messages.success(request, gettext("Verzet. De ander krijgt er een mail over."))
        return redirect("coach:day_of", date_=timezone.localdate(at))
    if done.why == Why.NOT_OPEN:
        form.add_error("hour", gettext("Op die tijd staat al iets anders. Kies een andere tijd."))
        return _show(request, booking.coach, _day_of(booking), UNPROCESSABLE, booking, form)
    return _refuse(request, booking, done)


def _refuse(request: HttpRequest, booking: Booking, refused: Refused) -> HttpResponse:
    """Say that somebody was first, and show how it stands now; nothing was changed."""
    fresh = Booking.objects.select_related("coach").get(pk=booking.pk)
    said = gettext("Deze afspraak is intussen veranderd. Zo staat hij er nu.")
    if refused.why == Why.OVER:
        said = gettext("Deze afspraak was al afgezegd of voorbij. We hebben niets veranderd.")
    messages.info(request, said)
    return _show(request, fresh.coach, _day_of(fresh), CONFLICT)


def _show(
    request: HttpRequest,
    coach: Coach,
    date_: date,
    status: int = 200,
    changed: Booking | None = None,
    form: MoveForm | None = None,
) -> HttpResponse:
    keys = session.of(request).keys
    found = day.of(coach, date_, keys)
    turns = _turns(found)
    lines = [
        _line(stop, form if changed and stop.booking.pk == changed.pk else None, turns)
        for stop in found.stops
    ]
    context = {
        "coach": coach,
        "day": found,
        "lines": lines,
        "week": day.week_of(coach, date_),
        "before": date_ - timedelta(days=7),
        "after": date_ + timedelta(days=7),
        "today": timezone.localdate(),
        "unseen": coach.clashes.filter(seen_at=None).count(),
        "is_shut": keys is None,
        "modes": desk_words.MODES,
    }
    return render(request, "coach/desk_day.html", context, status=status)


def _turns(found: Day) -> dict[uuid.UUID, str]:
    """Say which appointment is going on, or comes first, if any does today."""
    now = timezone.now()
    if found.date != timezone.localdate(now):
        return {}
    ahead = [stop.booking for stop in found.stops if stop.booking.ends_at > now]
    return {one.pk: "now" if one.starts_at <= now else "next" for one in ahead[:1]}


def _line(stop: Stop, form: MoveForm | None, turns: Mapping[uuid.UUID, str]) -> Line:
    kind = Kind(stop.booking.kind)
    return Line(
        stop=stop,
        what=str(plan_words.KINDS[kind]),
        answers=tuple(_answers(stop, kind)),
        form=form or MoveForm(initial=_now_of(stop.booking)),
        is_open=form is not None,
        turn=turns.get(stop.booking.pk, ""),
    )


def _answers(stop: Stop, kind: Kind) -> Iterator[tuple[str, str]]:
    """Give what was asked and answered; a question that is no more keeps its answer."""
    said = dict(stop.words.answers) if stop.words else {}
    language = "en" if get_language() == "en" else "nl"
    for question in plan_words.questions(kind):
        if answer := said.pop(question.id, ""):
            yield getattr(question, language).ask, answer
    yield from (("", answer) for answer in said.values() if answer)


def _now_of(booking: Booking) -> dict[str, str]:
    local = timezone.localtime(booking.starts_at)
    return {"day": local.date().isoformat(), "hour": f"{local:%H:%M}"}


def _day_of(booking: Booking) -> date:
    return timezone.localdate(booking.starts_at)
