"""The pages of a coach's own calendars: connect, choose, see how they are, and let go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.coach import calendar_faults, calendars, feed
from kleinverzet.coach.calendar_faults import Failed
from kleinverzet.coach.calendars_form import ChoiceForm, FeedForm, ServerForm
from kleinverzet.coach.clashes import unseen
from kleinverzet.coach.desk_door import for_a_coach
from kleinverzet.coach.models import Calendar, Coach
from kleinverzet.ui import errors
from kleinverzet.vault.sealing import Unopenable

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Line:
    """A calendar as it stands on the page.

    Attributes:
        said: What is wrong, and what to do; empty where nothing is.
        is_stale: Whether what counts of it may be old.
    """

    calendar: Calendar
    said: str
    is_stale: bool


@for_a_coach
def page(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Show the calendars, and connect one."""
    match request.POST.get("move", ""):
        case "find":
            return _find(request, coach)
        case "subscribe":
            return _subscribe(request, coach)
        case "feed":
            return _show(request, coach, address=feed.address_of(feed.renew(coach)))
        case "feed_off":
            feed.drop(coach)
            messages.success(request, gettext("Het agenda-adres werkt niet meer."))
            return redirect("coach:calendars")
    return _show(request, coach)


@for_a_coach
def choose(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Choose from the calendars that a server has."""
    row = calendars.unchosen(coach).first()
    try:
        found = calendars.found(row) if row else ()
    except Unopenable:
        found = ()
    if row is None or not found:
        messages.info(request, gettext("Zoek eerst je agenda’s."))
        return redirect("coach:calendars")
    if request.POST.get("move") == "stop":
        row.delete()
        return redirect("coach:calendars")
    form = ChoiceForm(found, request.POST or None)
    if not form.is_bound or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "coach/desk_calendars_choose.html", {"form": form}, status=status)
    calendars.choose(row, form.read_places, form.written, timezone.now())
    messages.success(request, gettext("Gekoppeld. Binnen een paar tellen is je agenda gelezen."))
    return redirect("coach:calendars")


@for_a_coach
def one(request: HttpRequest, coach: Coach, number: int) -> HttpResponse:
    """Read one of the coach's own calendars now, or let go of it."""
    calendar = calendars.one(coach, number)
    if calendar is None:
        return errors.not_found(request)
    match request.POST.get("move", ""):
        case "read":
            _read(request, calendar)
        case "leave":
            calendars.leave(calendar, is_clean=False, now=timezone.now())
            messages.success(request, gettext("Losgekoppeld."))
        case "leave_clean":
            calendars.leave(calendar, is_clean=True, now=timezone.now())
            messages.success(request, gettext("Losgekoppeld. We halen je afspraken daar weg."))
    return redirect("coach:calendars")


def _read(request: HttpRequest, calendar: Calendar) -> None:
    calendars.read_now(calendar, timezone.now())
    after = Calendar.objects.filter(pk=calendar.pk).first()
    if after is None or not after.fault:
        messages.success(request, gettext("Gelezen. Alles is bij."))


def _find(request: HttpRequest, coach: Coach) -> HttpResponse:
    form = ServerForm(request.POST)
    if form.is_valid():
        try:
            calendars.find(coach, form.account, timezone.now())
        except Failed as failed:
            form.add_error("address", str(calendar_faults.WORDS[failed.fault]))
        else:
            return redirect("coach:calendars_choose")
    return _show(request, coach, server=form, status=UNPROCESSABLE)


def _subscribe(request: HttpRequest, coach: Coach) -> HttpResponse:
    form = FeedForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            calendars.subscribe(coach, data["address"], data["name"], timezone.now())
        except Failed as failed:
            form.add_error("address", str(calendar_faults.WORDS[failed.fault]))
        else:
            messages.success(
                request, gettext("Gekoppeld. Binnen een paar tellen is je agenda gelezen.")
            )
            return redirect("coach:calendars")
    return _show(request, coach, subscription=form, status=UNPROCESSABLE)


def _show(
    request: HttpRequest,
    coach: Coach,
    *,
    server: ServerForm | None = None,
    subscription: FeedForm | None = None,
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "lines": _lines(calendars.of(coach)),
        "server": server or ServerForm(),
        "subscription": subscription or FeedForm(),
        "has_feed": coach.feed_hash is not None,
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "unseen": unseen(coach).count(),
    }
    return render(request, "coach/desk_calendars.html", context, status=status)


def _lines(rows: Sequence[Calendar]) -> list[Line]:
    return [
        Line(row, str(calendar_faults.WORDS.get(row.fault, "")), is_stale=bool(row.failures))
        for row in rows
    ]
