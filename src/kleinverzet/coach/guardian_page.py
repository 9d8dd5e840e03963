"""The page that a parent or guardian reaches from their mail: yes, or no, and nothing else.

It says what is planned, when and how; not who planned it, nor a word of what they wrote.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.coach import intake, links, plan_words
from kleinverzet.coach.intake import By, Done, Refused, Why
from kleinverzet.coach.models import Booking, Link
from kleinverzet.ui import errors
from kleinverzet.world import offers

CONFLICT, GONE = 409, 410


@open_to_all
@never_cache
@signed_form
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked; take an answer by POST only."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    link = links.find(token, Link.Opens.GUARDIAN)
    if link is None:
        return _show(request, None, "gone", status=GONE)
    if request.method == "POST":
        return _answer(request, link.booking)
    return _as_it_stands(request, link.booking)


def _answer(request: HttpRequest, booking: Booking) -> HttpResponse:
    said, seen = request.POST.get("answer", ""), request.POST.get("seen", "")
    if said not in {"yes", "no"} or not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        return errors.bad_request(request)
    now = timezone.now()
    done: Done | Refused
    if said == "yes":
        done = intake.agree(booking=booking, now=now, seen=int(seen))
    else:
        done = intake.cancel(booking=booking, seen=int(seen), by=By.GUARDIAN, now=now)
    if isinstance(done, Done):
        return _show(request, done.booking, said)
    booking.refresh_from_db()
    if done.why is Why.CHANGED and booking.state == Booking.State.HELD:
        return _show(request, booking, "changed", status=CONFLICT)
    return _as_it_stands(request, booking)


def _as_it_stands(request: HttpRequest, booking: Booking) -> HttpResponse:
    is_ahead = booking.starts_at > timezone.now()
    if booking.state == Booking.State.BOOKED and is_ahead:
        return _show(request, booking, "yes")
    until = booking.held_until
    if booking.state == Booking.State.HELD and until and until > timezone.now():
        return _show(request, booking, "asked")
    return _show(request, booking, "gone", status=GONE)


def _show(
    request: HttpRequest, booking: Booking | None, stands: str, status: int = 200
) -> HttpResponse:
    context = {
        "stands": stands,
        "booking": booking,
        "sentence": plan_words.of_booking(booking, offers.practice_town()) if booking else "",
        "held_until": _until(booking),
        "reach": offers.reach(),
        "stamp": traps.fresh(timezone.now()),
    }
    answer = render(request, "coach/guardian.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _until(booking: Booking | None) -> str:
    until = booking.held_until if booking else None
    return plan_words.until(until) if until else ""
