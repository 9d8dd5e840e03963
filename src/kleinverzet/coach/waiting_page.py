"""The waiting list: getting on it, an offer that came of it, and seeing or leaving it.

Everyone may wait. No name is asked, and nobody else sees who waits.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.accounts.traps import Caught, Stamp
from kleinverzet.coach import frame, plan_offer, plan_pages, plan_words, waiting
from kleinverzet.coach.models import Mode, Wish
from kleinverzet.coach.plan_pages import TOO_MANY, UNPROCESSABLE, Refusal
from kleinverzet.coach.plan_step import Step
from kleinverzet.coach.plan_way import Goal, Way
from kleinverzet.coach.waiting_form import PARTS, WaitForm
from kleinverzet.ui import errors
from kleinverzet.world import offers

CAUGHT = {
    Caught.TOO_FAST: _(
        "Je staat nog niet op de lijst, want dat ging heel snel. Druk nog een keer."
    ),
    Caught.TOO_OLD: _(
        "Je staat nog niet op de lijst, want deze pagina stond lang open. Klopt alles nog? Druk "
        "dan nog een keer."
    ),
    Caught.FILLED: _(
        "Je staat nog niet op de lijst. Er stond iets in een veld dat je niet ziet; dat is nu "
        "leeg. Druk nog een keer."
    ),
}
TOO_OFTEN = _(
    "Je staat nog niet op de lijst, want vanaf deze verbinding of met dit adres is net al een paar "
    "keer gepland. Probeer het later nog eens, of bel of mail ons."
)


@open_to_all
@frame.may_be_framed
@signed_form
def ask_page(
    request: HttpRequest, *, is_framed: bool, goal: Goal | None = None, mode: Mode, town: str = ""
) -> HttpResponse:
    """Ask when a time would suit; a POST puts somebody on the list."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    now = timezone.now()
    offer = plan_offer.now(now)
    if offer is None:
        raise Http404
    step = Step(Way(goal, mode, town, is_framed=is_framed), offer, now)
    if not step.is_placed:
        raise Http404
    if request.method == "POST":
        return _take(request, step)
    response = _show(request, step, WaitForm(today=step.today), traps.fresh(now))
    response["Cache-Control"] = "private, no-cache"
    return response


@open_to_all
@never_cache
@signed_form
def wish_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show for what somebody waits; a POST takes them off the list."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    wish = waiting.find(token)
    if wish is None:
        return _wish(request, None, status=404)
    if request.method == "POST":
        waiting.withdraw(wish, timezone.now())
        return redirect("coach:wish", token=token)
    return _wish(request, wish)


@open_to_all
@frame.only_framed
@never_cache
@signed_form
def framed_wish_page(request: HttpRequest, token: str) -> HttpResponse:
    """Say in the frame that somebody is on the list; leaving it is on a page of its own."""
    if request.method not in {"GET", "HEAD"}:
        return errors.not_allowed(request, "GET, HEAD")
    if waiting.find(token) is None:
        raise Http404
    context = {"token": token, "reach": offers.reach(), "title": gettext("De wachtlijst")}
    return render(request, "coach/wish_framed.html", context)


def _take(request: HttpRequest, step: Step) -> HttpResponse:
    form = WaitForm(request.POST, today=step.today)
    stamp = traps.read(request.POST["stamp"], step.now)
    second = traps.again(stamp, step.now)
    caught = traps.judge(stamp, request.POST.get("website", ""), step.now)
    refusal = _refusal(request, form, caught)
    if refusal is None:
        return _wait(step, form, second)
    response = _show(request, step, form, second, refusal)
    add_never_cache_headers(response)
    return response


def _refusal(request: HttpRequest, form: WaitForm, caught: Caught | None) -> Refusal | None:
    if not form.is_valid():
        return Refusal(UNPROCESSABLE)
    if caught:
        return Refusal(UNPROCESSABLE, str(CAUGHT[caught]))
    if not plan_pages.may_plan(request, {form.cleaned_data["email"]}):
        return Refusal(TOO_MANY, str(TOO_OFTEN))
    return None


def _wait(step: Step, form: WaitForm, stamp: Stamp) -> HttpResponse:
    data = form.cleaned_data
    made = waiting.wait(
        sought=step.sought,
        from_day=step.today,
        to_day=data["until"],
        weekdays=form.chosen_days,
        parts=form.chosen_parts,
        email=data["email"],
        language="en" if get_language() == "en" else "nl",
        zone=data["zone"],
        form=stamp.form,
        now=step.now,
    )
    name = "coach:frame_wish" if step.way.is_framed else "coach:wish"
    response = redirect(name, token=made.token)
    add_never_cache_headers(response)
    return response


def _show(
    request: HttpRequest, step: Step, form: WaitForm, stamp: Stamp, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        **step.context(),
        "form": form,
        "stamp": stamp,
        "days": form.fields["weekdays"].choices,  # type: ignore[attr-defined]
        "parts": list(PARTS.items()),
        "where": plan_words.where(step.sought.mode, step.town or step.reach.town),
        "word": refusal.word if refusal else "",
        "is_refused": refusal is not None and refusal.status == TOO_MANY,
        "faults": plan_pages.faults_of(form),
    }
    status = refusal.status if refusal else 200
    return render(request, plan_pages.template("wait", step.way), context, status=status)


def _wish(request: HttpRequest, wish: Wish | None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"wish": wish, "reach": offers.reach()}
    if wish is not None:
        context |= {
            "stands": wish.state,
            "where": plan_words.where(wish.mode, wish.place or context["reach"].town),
            "what": plan_words.KINDS[wish.kind],  # type: ignore[index]
            "days": _days(wish),
            "until": _day(wish.to_day),
            "stamp": traps.fresh(timezone.now()),
            "sentence": _offered(wish),
        }
    answer = render(request, "coach/wish.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _offered(wish: Wish) -> str:
    if wish.state != Wish.State.OFFERED or wish.booking is None:
        return ""
    return plan_words.of_booking(wish.booking, offers.practice_town())


def _days(wish: Wish) -> str:
    names = [name.whole for name in plan_words.weekdays()]
    days = [names[int(digit)] for digit in wish.weekdays]
    parts = [str(PARTS[part]).lower() for part in wish.parts]
    return ", ".join([*days, *parts])


def _day(day: date) -> str:
    return plan_words.date_in_words(day)
