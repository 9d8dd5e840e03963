"""Planning an appointment: the page that grows, and what becomes of the form at its end.

Everyone may plan. Nobody gets a cookie: the form brings our signature, and what somebody typed
comes back whole, whatever is wrong with it. A look changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from allauth.core import ratelimit
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import open_to_all, signed_form
from kleinverzet.accounts.traps import Caught, Stamp
from kleinverzet.coach import frame, intake, managing, plan_copies, plan_offer, plan_words
from kleinverzet.coach.intake import Done, Refused, Why
from kleinverzet.coach.models import Mode
from kleinverzet.coach.plan_form import WhoForm
from kleinverzet.coach.plan_step import Step
from kleinverzet.coach.plan_way import Goal, Way
from kleinverzet.ui import errors
from kleinverzet.world import offers

CONFLICT, UNPROCESSABLE, TOO_MANY = 409, 422, 429
# Asked for anew each time; yet with "no-store" a browser forgets what somebody was typing.
ASKED_ANEW = "private, no-cache"
WENT = _(
    "Deze tijd is net weg. Er is nog niets gepland. Wat je schreef, staat er nog: kies hierboven "
    "een andere tijd."
)
TOO_SOON = _(
    "Er is nog niets gepland. Dit gesprek begint zo snel dat een ouder of voogd niet op tijd kan "
    "antwoorden. Wat je schreef, staat er nog: kies hierboven een latere tijd."
)
NOT_ON_OFFER = _("Deze tijd is niet (meer) vrij. Kies een andere.")
CAUGHT = {
    Caught.TOO_FAST: _(
        "Er is nog niets gepland, want dat ging heel snel. Lees het nog even na, en druk dan nog "
        "een keer."
    ),
    Caught.TOO_OLD: _(
        "Er is nog niets gepland, want deze pagina stond lang open. Klopt alles nog? Druk dan nog "
        "een keer."
    ),
    Caught.FILLED: _(
        "Er is nog niets gepland. Er stond iets in een veld dat je niet ziet; dat is nu leeg. "
        "Klopt de rest? Druk dan nog een keer."
    ),
}
TOO_OFTEN = _(
    "Er is nog niets gepland, want vanaf deze verbinding of met dit adres is net al een paar keer "
    "gepland. Wat je schreef, staat er nog. Probeer het later nog eens, of bel of mail ons."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was planned: an HTTP status, and a word where no field says it."""

    status: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, for the list that leads to it."""

    name: str
    said: str


@open_to_all
@frame.may_be_framed
@signed_form
def plan_page(
    request: HttpRequest, *, is_framed: bool, goal: Goal | None = None, mode: Mode | None = None,
    town: str = "", month: date | None = None, day: date | None = None, time: time | None = None,
) -> HttpResponse:  # fmt: skip
    """Show how far somebody has come; a POST with a time plans."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    now = timezone.now()
    way = Way(goal, mode, town, month, day, time, is_framed)
    if request.method == "POST" or time is not None:
        return _answer(request, way, now)
    # No form stands on it yet, so it is the same for everyone.
    response = plan_copies.ready(request, now, lambda: _answer(request, way, now))
    response["Cache-Control"] = ASKED_ANEW
    return response


def faults_of(form: Form) -> list[Fault]:
    """Give what is wrong with a form, in the order of its fields."""
    return [Fault(name, str(form.errors[name][0])) for name in form.fields if name in form.errors]


def may_plan(request: HttpRequest, addresses: set[str]) -> bool:
    """Tell whether from here, and with these e-mail addresses, not too much was planned lately."""
    return bool(ratelimit.consume(request, action="appointment")) and all(
        ratelimit.consume(request, action="appointment_mail", key=one.casefold())
        for one in addresses
    )


def template(name: str, way: Way) -> str:
    """Name the template of a page, or of the same page in a frame."""
    return f"coach/{name}_framed.html" if way.is_framed else f"coach/{name}.html"


def _answer(request: HttpRequest, way: Way, now: datetime) -> HttpResponse:
    offer = plan_offer.now(now)
    if offer is None:
        return _ask_instead(request, is_framed=way.is_framed)
    step = Step(way, offer, now)
    if request.method != "POST":
        return _show(request, step, traps.fresh(now))
    return _take(request, step)


def _show(request: HttpRequest, step: Step, stamp: Stamp) -> HttpResponse:
    context = _context(step, _form(step), stamp)
    is_gone = step.way.time is not None and step.chosen is None
    context |= {"word": NOT_ON_OFFER if is_gone else ""}
    response = render(request, template("plan", step.way), context, status=404 if is_gone else 200)
    response["Cache-Control"] = ASKED_ANEW
    return response


def _take(request: HttpRequest, step: Step) -> HttpResponse:
    """Plan what was sent, show other times beside it, or give it back whole."""
    now = step.now
    form = _form(step, request.POST)
    stamp = traps.read(request.POST["stamp"], now)
    second = traps.again(stamp, now)
    if "look" in request.POST:
        return _give_back(request, step, _form(step, request.POST), second, Refusal(200))
    caught = traps.judge(stamp, request.POST.get("website", ""), now)
    refusal = _refusal(request, form, caught)
    done = refusal or _book(request, step, form, second)
    if isinstance(done, Done):
        return _onward(step, done)
    return _give_back(request, step, form, second, done)


def _refusal(request: HttpRequest, form: WhoForm, caught: Caught | None) -> Refusal | None:
    if not form.is_valid():
        return Refusal(UNPROCESSABLE)
    if caught:
        return Refusal(UNPROCESSABLE, str(CAUGHT[caught]))
    if not may_plan(request, {form.words.email, form.guardian_address} - {""}):
        return Refusal(TOO_MANY, str(TOO_OFTEN))
    return None


def _book(request: HttpRequest, step: Step, form: WhoForm, stamp: Stamp) -> Done | Refusal:
    one, starts_at = step.chosen, step.way.starts_at
    shown = request.POST.get("coach", "")
    if starts_at is None or (one and shown and shown != str(one.coach_id)):
        return Refusal(CONFLICT, str(WENT))
    # Asked for also where the time is not on offer: the same form may have taken it a moment ago.
    done = intake.book(
        sought=step.sought,
        starts_at=starts_at,
        words=form.words,
        guardian=form.guardian_address,
        language="en" if get_language() == "en" else "nl",
        zone=form.cleaned_data["zone"],
        form=stamp.form,
        now=step.now,
        coach_id=one.coach_id if one else None,
    )
    if isinstance(done, Refused):
        return Refusal(CONFLICT, str(TOO_SOON if done.why is Why.TOO_SOON else WENT))
    return done


def _onward(step: Step, done: Done) -> HttpResponse:
    name = "coach:frame_planned" if step.way.is_framed else "coach:manage"
    response = redirect(name, token=done.token)
    add_never_cache_headers(response)
    return response


def _give_back(
    request: HttpRequest, step: Step, form: WhoForm, stamp: Stamp, refusal: Refusal
) -> HttpResponse:
    context = _context(step, form, stamp)
    context |= {
        "is_kept": True,
        "word": refusal.word,
        "is_refused": refusal.status == TOO_MANY,
        "faults": faults_of(form),
    }
    response = render(request, template("plan", step.way), context, status=refusal.status)
    add_never_cache_headers(response)
    return response


def _form(step: Step, sent: Any = None) -> WhoForm:
    kind, mode = step.goal.kind, step.sought.mode
    if sent is not None and "look" in sent:
        # Another time is looked at: what was typed stays, and nothing is wrong with it yet.
        held = {name: value for name, value in sent.items() if name != "look"}
        return WhoForm(kind=kind, mode=mode, initial=held)
    return WhoForm(sent, kind=kind, mode=mode)


def _context(step: Step, form: WhoForm, stamp: Stamp) -> dict[str, Any]:
    return {**step.context(), "form": form, "stamp": stamp, "whom": plan_words.WHOM}


def _ask_instead(request: HttpRequest, *, is_framed: bool) -> HttpResponse:
    """Lead to the page where somebody asks in words, while nobody takes appointments here."""
    reach = offers.reach()
    if reach.asking and not is_framed:
        return redirect(reach.asking)
    return render(request, "coach/closed.html", {"reach": reach, "is_framed": is_framed})


@open_to_all
@frame.only_framed
@signed_form
def planned_page(request: HttpRequest, token: str) -> HttpResponse:
    """Say in the frame what was planned; everything else is on a page of its own."""
    if request.method not in {"GET", "HEAD"}:
        return errors.not_allowed(request, "GET, HEAD")
    held = managing.find(token)
    if held is None:
        raise Http404
    context = {"held": held, "reach": offers.reach(), "title": gettext("Je afspraak")}
    response = render(request, "coach/planned_framed.html", context)
    add_never_cache_headers(response)
    return response
