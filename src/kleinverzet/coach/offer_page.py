"""A time that was offered to somebody who waited: take it, or let it go to the next.

The link in their mail opens it. A look changes nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.accounts.traps import Stamp
from kleinverzet.coach import intake, links, plan_words, waiting
from kleinverzet.coach.intake import Done, Why
from kleinverzet.coach.models import Booking, Link
from kleinverzet.coach.plan_form import WhoForm
from kleinverzet.coach.plan_pages import CONFLICT, UNPROCESSABLE, faults_of
from kleinverzet.ui import errors
from kleinverzet.world import offers

GONE = 410
TOO_SOON = _(
    "Er is nog niets gepland. Dit gesprek begint zo snel dat een ouder of voogd niet op tijd kan "
    "antwoorden. Je kunt het laten gaan, of ons bellen."
)


@open_to_all
@never_cache
@signed_form
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the offered time with the form to take it; a POST takes it, or lets it go."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    link = links.find(token, Link.Opens.OFFER)
    if link is None:
        return _gone(request)
    booking = link.booking
    if request.method != "POST":
        if not _is_open(booking):
            return _gone(request)
        form = WhoForm(kind=booking.kind, mode=booking.mode)
        return _show(request, booking, form, traps.fresh(timezone.now()))
    if "let_go" in request.POST:
        is_let_go = waiting.let_go(booking, timezone.now())
        return _gone(request, "let_go", 200) if is_let_go else _gone(request)
    return _take(request, booking)


def _take(request: HttpRequest, booking: Booking) -> HttpResponse:
    now = timezone.now()
    form = WhoForm(request.POST, kind=booking.kind, mode=booking.mode)
    stamp = traps.again(traps.read(request.POST["stamp"], now), now)
    if not form.is_valid():
        # Whose time it was not any more gets to hear that, and nothing about fields.
        is_open = _is_open(booking)
        return _show(request, booking, form, stamp, UNPROCESSABLE) if is_open else _gone(request)
    done = intake.take(
        booking=booking,
        words=form.words,
        guardian=form.guardian_address,
        form=stamp.form,
        now=now,
    )
    if isinstance(done, Done):
        return redirect("coach:manage", token=done.token)
    if done.why is Why.TOO_SOON:
        return _show(request, booking, form, stamp, CONFLICT, word=TOO_SOON)
    return _gone(request)


def _show(
    request: HttpRequest, booking: Booking, form: WhoForm, stamp: Stamp, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    until = booking.held_until
    context = {
        "booking": booking,
        "sentence": plan_words.of_booking(booking, offers.practice_town()),
        "elsewhere": plan_words.elsewhere(booking.starts_at, booking.zone),
        "until": plan_words.until(until) if until else "",
        "form": form,
        "town": booking.place,
        "whom": plan_words.WHOM,
        "stamp": stamp,
        "faults": faults_of(form),
        "reach": offers.reach(),
        **more,
    }
    answer = render(request, "coach/offer.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _gone(request: HttpRequest, stands: str = "offer_gone", status: int = GONE) -> HttpResponse:
    context = {"reach": offers.reach(), "stands": stands}
    answer = render(request, "coach/link_gone.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _is_open(booking: Booking) -> bool:
    until = booking.held_until
    is_held = until is not None and until > timezone.now()
    return booking.state == Booking.State.OFFERED and is_held
