"""The pages of a coach's hours: the week, one day of it, and days that are unlike the others.

Only the coach sees them. There is nothing of a visitor on them, so the vault may stay shut.
"""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kleinverzet.coach import (
    desk_words,
    hours,
    hours_dates,
    hours_drawn,
    hours_holidays,
    hours_standing,
)
from kleinverzet.coach.desk_door import for_a_coach
from kleinverzet.coach.hours import Changed, Span
from kleinverzet.coach.hours_dates import ClosedForm
from kleinverzet.coach.hours_form import Rows
from kleinverzet.coach.models import Coach
from kleinverzet.ui import errors
from kleinverzet.world import offers as world

UNPROCESSABLE, CONFLICT = 422, 409


@for_a_coach
def week(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Show the week, what it comes to, and the days ahead that are unlike it."""
    return _show_week(request, coach, ClosedForm())


@for_a_coach
def day(request: HttpRequest, coach: Coach, number: int) -> HttpResponse:
    """Change one day of the week, and others along with it."""
    if number not in range(1, 8):
        return errors.not_found(request)
    weekday = number - 1
    of_week = hours.of_week(coach)
    if request.method != "POST":
        return _show_day(request, of_week, weekday, Rows(_towns(), of_week[weekday]))
    rows = Rows(_towns(), data=request.POST)
    if request.POST.get("move") == "more":
        rows.add()
        return _show_day(request, of_week, weekday, rows)
    if not rows.is_valid():
        return _show_day(request, of_week, weekday, rows, UNPROCESSABLE)
    days = {weekday, *_copied(request)}
    try:
        hours.write_week(coach, dict.fromkeys(days, rows.spans), seen=_seen(request))
    except Changed:
        stands = {one: of_week[one] for one in sorted(days)}
        return _show_day(request, of_week, weekday, rows, CONFLICT, stands)
    _tell(request, coach)
    return redirect("coach:hours")


@for_a_coach
def dated(request: HttpRequest, coach: Coach, date_: date) -> HttpResponse:
    """Give one date hours of its own, close it, or let it be like every week again."""
    if fault := hours_dates.fault_of(date_):
        messages.info(request, fault)
        return redirect("coach:hours")
    stands = hours.of_date(coach, date_)
    usual = hours.of_week(coach)[date_.weekday()]
    if request.method != "POST":
        return _show_date(request, date_, stands, Rows(_towns(), stands or usual))
    rows = Rows(_towns(), data=request.POST)
    move = request.POST.get("move", "")
    if move == "more":
        rows.add()
        return _show_date(request, date_, stands, rows)
    wanted: list[Span] | None = None if move == "usual" else []
    if move not in {"close", "usual"}:
        if not rows.is_valid():
            return _show_date(request, date_, stands, rows, UNPROCESSABLE)
        wanted = rows.spans
    try:
        hours.write_date(coach, date_, wanted, seen=request.POST.get("seen", ""))
    except Changed:
        return _show_date(request, date_, stands, rows, CONFLICT, is_changed=True)
    _tell(request, coach)
    return redirect("coach:hours")


@for_a_coach
def closed(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Close the days from one date to another, or go and give one date other hours."""
    form = ClosedForm(request.POST or None)
    if not form.is_bound:
        return redirect("coach:hours")
    if not form.is_valid():
        return _show_week(request, coach, form, UNPROCESSABLE)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    if request.POST.get("move") == "other":
        return redirect("coach:hours_date", date_=first)
    try:
        n = hours.close(coach, first, last, seen=request.POST.get("seen", ""))
    except Changed:
        messages.info(request, gettext("De lijst was intussen veranderd. Zo is hij nu."))
        return _show_week(request, coach, form, CONFLICT)
    closed_now = ngettext("%(n)s dag is nu dicht.", "%(n)s dagen zijn nu dicht.", n) % {"n": n}
    _tell(request, coach, closed_now)
    return redirect("coach:hours")


def _show_week(
    request: HttpRequest, coach: Coach, form: ClosedForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    of_week, other = hours.of_week(coach), hours.of_other_days(coach, today)
    context = {
        "coach": coach,
        "week": hours_drawn.draw(of_week),
        "is_empty": not any(of_week.values()),
        "other_days": [(day, [hours_drawn.say(s) for s in spans]) for day, spans in other.items()],
        "holidays": [one for one in hours_holidays.ahead(today) if one.day not in other],
        "counts": hours_standing.counts(coach, now),
        "outside": hours_standing.outside(coach, now),
        "form": form,
        "seen": hours.mark_of_days(other),
        "today": today,
    }
    return render(request, "coach/desk_hours.html", context, status=status)


def _show_day(
    request: HttpRequest,
    of_week: Mapping[int, list[Span]],
    weekday: int,
    rows: Rows,
    status: int = 200,
    stands: Mapping[int, list[Span]] | None = None,
) -> HttpResponse:
    # After an error or one row more the form goes on from what was read at first; after a conflict
    # both stand on the page, so what is pressed then is meant.
    seen = request.POST.get("seen") if request.method == "POST" and stands is None else None
    names = desk_words.WEEKDAYS
    context = {
        "name": names[weekday],
        "rows": rows,
        "modes": desk_words.MODES.items(),
        "towns": _towns(),
        "seen": seen or ".".join(hours.mark(of_week[one]) for one in hours.WEEK),
        "others": [(one, names[one]) for one in hours.WEEK if one != weekday],
        "copied": _copied(request),
        "stands": [
            (names[one], [hours_drawn.say(span) for span in spans])
            for one, spans in (stands or {}).items()
        ],
    }
    return render(request, "coach/desk_hours_day.html", context, status=status)


def _show_date(
    request: HttpRequest,
    date_: date,
    stands: list[Span] | None,
    rows: Rows,
    status: int = 200,
    *,
    is_changed: bool = False,
) -> HttpResponse:
    seen = request.POST.get("seen") if request.method == "POST" and not is_changed else None
    context = {
        "date": date_,
        "rows": rows,
        "modes": desk_words.MODES.items(),
        "towns": _towns(),
        "seen": seen or hours.mark(stands),
        "is_other": stands is not None,
        "is_changed": is_changed,
        "lines": [hours_drawn.say(span) for span in stands or []],
    }
    return render(request, "coach/desk_hours_date.html", context, status=status)


def _seen(request: HttpRequest) -> dict[int, str]:
    return dict(enumerate(request.POST.get("seen", "").split(".")))


def _copied(request: HttpRequest) -> list[int]:
    """Give the days that get the same hours; what is no day is none."""
    said = request.POST.getlist("copy")
    return [weekday for weekday in hours.WEEK if str(weekday) in said]


def _towns() -> list[str]:
    return [trip.town for trip in world.trips()]


def _tell(request: HttpRequest, coach: Coach, said: str = "") -> None:
    """Say that it is kept, and what stands outside the hours now: nobody is called off."""
    messages.success(request, said or gettext("Bewaard."))
    n = len(hours_standing.outside(coach, timezone.now()))
    if n:
        told = ngettext(
            "%(n)s afspraak staat nu buiten je uren. Die gaat gewoon door.",
            "%(n)s afspraken staan nu buiten je uren. Die gaan gewoon door.",
            n,
        )
        messages.info(request, told % {"n": n})
