"""The page of what a coach must know about their calendar, and what to do about each."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.coach import clashes, desk_words, entries, intake
from kleinverzet.coach.clashes import What
from kleinverzet.coach.desk_door import for_a_coach
from kleinverzet.coach.intake import By, Refused
from kleinverzet.coach.models import Booking, Clash, Coach, Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know.

    Attributes:
        said: In a sentence.
        how: In which way the appointment is; empty where it is gone.
        is_ahead: Whether the appointment still stands.
        is_out: Whether the coach took it out of their calendar, and it is to be decided what now.
    """

    clash: Clash
    said: str
    how: str
    is_ahead: bool
    is_out: bool


@for_a_coach
def page(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Show what there is to know; take what the coach says to each."""
    move, _colon, which = request.POST.get("move", "").partition(":")
    if not which:
        lines = [_line(one) for one in clashes.unseen(coach)[:200]]
        return render(request, "coach/desk_clashes.html", {"lines": lines})
    clash = _of(coach, which)
    if clash is None:
        messages.info(request, gettext("Dit had je al gezien."))
    elif move == "cancel":
        _cancel(request, clash)
    elif move == "back":
        _put_back(request, clash)
    else:
        clashes.see(coach, clash.pk, timezone.now())
    return redirect("coach:clashes")


def _of(coach: Coach, which: str) -> Clash | None:
    is_number = which.isascii() and which.isdecimal() and len(which) < 15
    return clashes.unseen(coach).filter(pk=int(which)).first() if is_number else None


def _cancel(request: HttpRequest, clash: Clash) -> None:
    """Call an appointment off, as it was when it was taken out there."""
    booking, now = clash.booking, timezone.now()
    if booking is None or not _is_out(clash):
        messages.info(request, _changed())
        return
    done = intake.cancel(booking=booking, seen=booking.sequence, by=By.COACH, now=now)
    if isinstance(done, Refused):
        messages.info(request, _changed())
        return
    clashes.see(clash.coach, clash.pk, now)
    messages.success(request, gettext("Afgezegd. De ander krijgt er een mail over."))


def _put_back(request: HttpRequest, clash: Clash) -> None:
    now = timezone.now()
    for entry in Entry.objects.filter(booking=clash.booking, is_gone=True):
        entries.put_back(entry, now)
    clashes.see(clash.coach, clash.pk, now)
    messages.success(request, gettext("De afspraak komt terug in je agenda."))


def _line(clash: Clash) -> Line:
    booking = clash.booking
    ahead = booking is not None and _is_ahead(booking)
    how = str(desk_words.MODES.get(booking.mode, "")) if booking else ""  # type: ignore[call-overload]
    said = str(clashes.WORDS.get(clash.what, ""))
    return Line(clash, said, how, is_ahead=ahead, is_out=ahead and _is_out(clash))


def _is_ahead(booking: Booking) -> bool:
    return booking.state in Booking.LIVE and booking.ends_at > timezone.now()


def _is_out(clash: Clash) -> bool:
    gone = Entry.objects.filter(booking=clash.booking, is_gone=True)
    return clash.what == What.TAKEN_OUT and gone.exists()


def _changed() -> str:
    return gettext("Deze afspraak is intussen veranderd. Kijk eerst bij je dag.")
