"""The page that the link in a nudge leads to: saying how it went, without a name and without a key.

It shows nothing of what somebody keeps: not the act, not their sentence. What they say is sealed to
them at once, and waits until they open their vault. Looking at the page changes nothing.
"""

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from kleinverzet.accounts.access import open_to_all
from kleinverzet.me import nudges, nudging, reflections, rhythm, walk
from kleinverzet.me.check_in_form import CheckInForm
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.models import Nudge
from kleinverzet.me.nudges import Snooze
from kleinverzet.me.nudges_told import moment_of
from kleinverzet.ui import errors

UNPROCESSABLE = 422
TOO_MANY = 429


@open_to_all
@never_cache
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how it went; a POST answers, puts the nudge off, or stops the mails."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    if not ratelimit.consume(request, action="nudge"):
        return _too_often(request)
    nudge = nudging.of_answer(token, timezone.now())
    if nudge is None:
        return _closed(request)
    if request.method != "POST":
        return _ask(request, CheckInForm())
    if "stop" in request.POST:
        rhythm.change(nudge.person_id, by_mail=False)
        return _thank(request, stopped=True)
    if request.POST.get("snooze") in list(Snooze):
        return _put_off(request, nudge, Snooze(request.POST["snooze"]))
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, UNPROCESSABLE)
    return _keep(request, nudge, form)


def _keep(request: HttpRequest, nudge: Nudge, form: CheckInForm) -> HttpResponse:
    """Seal the answer to whoever the nudge was for."""
    said = form.check_in(timezone.now())
    reflections.post_check_in(reflection=nudge.reflection, check_in=said)
    return _thank(
        request,
        kept=True,
        calm=walk.is_acute(form),
        was_unsafe=said.outcome is Outcome.UNSAFE,
    )


def _put_off(request: HttpRequest, nudge: Nudge, by: Snooze) -> HttpResponse:
    later = nudges.snooze(nudge, by)
    return _thank(request, again_at=moment_of(later.due_at, later.zone))


def _ask(request: HttpRequest, form: CheckInForm, status: int = 200) -> HttpResponse:
    return render(request, "me/answer.html", {"form": form, **form.drawn()}, status=status)


def _thank(request: HttpRequest, **context: Any) -> HttpResponse:
    return render(request, "me/answered.html", context)


def _closed(request: HttpRequest) -> HttpResponse:
    """Say the same for a link that is too old, that was never made, and whose owner left."""
    context = {
        "title": gettext("Deze link is dicht"),
        "text": gettext(
            "Een seintje blijft 30 dagen open. Heb je een kluis, dan kun je daar altijd zeggen "
            "hoe het ging."
        ),
    }
    return render(request, "ui/error.html", context, status=404)


def _too_often(request: HttpRequest) -> HttpResponse:
    context = {
        "title": gettext("Dat ging te vaak achter elkaar"),
        "text": gettext("Wacht een minuut en probeer het dan opnieuw."),
    }
    return render(request, "ui/error.html", context, status=TOO_MANY)
