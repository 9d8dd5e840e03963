"""Calling an appointment off, and erasing what was written for it, by who planned it.

Each asks first, and does it by POST only.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.coach import intake, managing, retention
from kleinverzet.coach.intake import By, Done, Why
from kleinverzet.coach.managing import Held
from kleinverzet.ui import errors

CONFLICT, GONE = 409, 410
CHANGED = _(
    "Je afspraak is intussen veranderd. Hieronder staat hoe het nu is. Wil je hem nog steeds "
    "afzeggen?"
)
OVER = _("Deze afspraak gaat al niet meer door, of is voorbij.")


@open_to_all
@never_cache
@signed_form
def cancel_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it is to be called off; a POST does so."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    held = managing.find(token)
    if held is None:
        return managing.closed(request)
    if not held.is_ahead:
        return managing.show(request, held, status=GONE, word=OVER)
    if request.method == "POST":
        return _cancel(request, held)
    return _ask(request, held, "coach/cancelling.html")


@open_to_all
@never_cache
@signed_form
def erase_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether everything is to be erased; a POST does so, and calls off what is ahead."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    held = managing.find(token)
    if held is None:
        return managing.closed(request)
    if request.method == "POST":
        retention.erase(booking=held.booking, now=timezone.now())
        return managing.erased(request)
    return _ask(request, held, "coach/erasing.html")


def _cancel(request: HttpRequest, held: Held) -> HttpResponse:
    seen = request.POST.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        return errors.bad_request(request)
    done = intake.cancel(booking=held.booking, seen=int(seen), by=By.VISITOR, now=timezone.now())
    if isinstance(done, Done):
        return redirect("coach:manage", token=held.token)
    now_held = managing.find(held.token)
    if now_held is None:
        return managing.closed(request)
    if done.why is Why.OVER:
        return managing.show(request, now_held, status=GONE, word=OVER)
    return _ask(request, now_held, "coach/cancelling.html", status=CONFLICT, word=CHANGED)


def _ask(
    request: HttpRequest, held: Held, template: str, *, status: int = 200, word: object = ""
) -> HttpResponse:
    stamp = traps.fresh(timezone.now())
    return managing.show(request, held, status=status, template=template, stamp=stamp, word=word)
