"""One walk through the circle: what a form brings, the step that follows, the page that shows it.

The same for everybody who walks without an account and for somebody in their own pages; a `Way`
says which of the two it is. It keeps nothing.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet import environment
from kleinverzet.catalogue import shelves
from kleinverzet.me import circle, danger, moment, pages
from kleinverzet.me.circle import Step, Visit
from kleinverzet.me.forms import FORMS, StepForm, Words
from kleinverzet.me.ladder import Ladder

UNPROCESSABLE = 422
PHRASES = danger.load(environment.read().content)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a walk has its addresses, and what is known of who walks.

    Attributes:
        circle: The address that its forms go to.
        elsewhere: The same in the other language.
        calendar: Where a calendar file is asked for.
        keep: Where the card goes to be kept.
        is_own: Whether it stands among somebody's own pages.
        begun: The id of the quick entry that it finishes, or empty.
        start: Where it begins.
        ladder: What somebody's own attempts tell, where they keep any.
    """

    circle: str
    elsewhere: str
    calendar: str
    keep: str
    is_own: bool = False
    begun: str = ""
    start: Visit = field(default_factory=Visit)
    ladder: Ladder | None = None


def begin(request: HttpRequest, way: Way) -> HttpResponse:
    """Show the first step."""
    return show(request, way, way.start)


def step(request: HttpRequest, way: Way) -> HttpResponse:
    """Take one step: forward, back, or none, with what the form says."""
    try:
        visit = circle.reopen(request.POST.get("carried", ""))
    except circle.Tampered:
        return restart(request)
    form = _form(way, visit, request.POST)
    move = request.POST.get("move", "next")
    if move == "again":
        return show(request, way, Visit())
    if move == "skip":
        return show(request, way, _moved(visit, form.nothing(), circle.following))
    if not form.is_valid():
        return show(request, way, visit, form=form, status=UNPROCESSABLE)
    return show(request, way, _answer(visit, form, move), calm=is_acute(form))


def show(
    request: HttpRequest,
    way: Way,
    visit: Visit,
    *,
    form: StepForm | None = None,
    moment_form: moment.MomentForm | None = None,
    calm: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Give the page of the step that somebody is at."""
    form = form or _form(way, visit)
    context = {
        "visit": visit,
        "answers": visit.answers,
        "carried": circle.carry(visit),
        "form": form,
        "calm": calm,
        "way": way,
        "today": timezone.localdate(timezone=moment.ZONE),
        **pages.context_of(visit, form, form.catalogue),
    }
    if visit.step is Step.CARD:
        context |= pages.moments_of(moment_form or moment.MomentForm(), timezone.now())
    return render(request, f"me/{visit.step}.html", context, status=status)


def restart(request: HttpRequest) -> HttpResponse:
    """Say kindly that a form cannot be read, and where to begin again."""
    context = {
        "title": gettext("Deze bladzijde kunnen we niet meer lezen"),
        "text": gettext(
            "Er is onderweg iets aan veranderd, of het programma is intussen vernieuwd. "
            "We bewaren niets, dus we kunnen je antwoorden niet terughalen. Begin gerust opnieuw."
        ),
    }
    return render(request, "ui/error.html", context, status=400)


def catalogue() -> shelves.Catalogue:
    """Give what may be offered."""
    return shelves.read(environment.read().content)


def is_acute(form: Any) -> bool:
    """Tell whether any words of this very form suggest acute danger; asked once, and forgotten."""
    own = (name for name, field in form.fields.items() if isinstance(field, Words))
    return any(danger.is_acute(form.cleaned_data[name], PHRASES) for name in own)


def _form(way: Way, visit: Visit, data: Any = None) -> StepForm:
    return FORMS[visit.step](visit.answers, catalogue(), data, ladder=way.ladder)


def _answer(visit: Visit, form: StepForm, move: str) -> Visit:
    """Give where a valid form leads."""
    match move.partition(":"):
        case ("back", _, _):
            return _moved(visit, form.changes(), circle.preceding)
        case ("stay", _, _):
            return _moved(visit, form.changes(), None)
        case ("others", _, _):
            changes = form.changes() | {"act": "", "round": visit.answers.round + 1}
            return _moved(visit, changes, None)
        case ("when" | "then" as half, _, code):
            return _moved(visit, form.changes() | {f"{half}_cue": code[:20]}, None)
        case _:
            return _moved(visit, form.changes(), circle.following)


def _moved(visit: Visit, changes: dict[str, Any], to: Any) -> Visit:
    changed = Visit(visit.step, visit.answers.having(changes))
    return Visit(to(changed), changed.answers) if to else changed
