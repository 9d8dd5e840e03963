"""One's own pages: what lies in the vault, and saying in two taps that something is up."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.catalogue.shelves import Catalogue
from kleinverzet.coach import offers as coaching
from kleinverzet.me import ladder, nudges, reflections, titles, walk, wording
from kleinverzet.me.check_in_form import OUTCOMES
from kleinverzet.me.circle import Step, Visit
from kleinverzet.me.doors import private
from kleinverzet.me.forms import Words
from kleinverzet.me.ladder import Ladder
from kleinverzet.me.reflections import Kept
from kleinverzet.me.walk import Way
from kleinverzet.ui import errors
from kleinverzet.vault import slots
from kleinverzet.vault.keys import Keys

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One reflection as it stands in the list.

    Attributes:
        id: For its address.
        title: The act, or what there is; empty where it cannot be read.
        setting: Where, as one word.
        began: When.
        state: What became of it, in a word; empty where nothing was said yet.
        is_whole: Whether the circle was walked to its end.
    """

    id: uuid.UUID
    title: str
    setting: str
    began: datetime
    state: str
    is_whole: bool


class SearchForm(forms.Form):
    """Words to look for; sent by POST, so that they stand in no address."""

    words = Words(100)
    all = forms.BooleanField(required=False)


@private
def home(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Show what lies in the vault; a POST searches in it."""
    form = SearchForm(request.POST or None)
    kept = reflections.every(keys)
    wanted = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    found = reflections.search(kept, wanted) if wanted else kept
    shown = found if wanted or request.POST.get("all") else found[:SHOWN]
    lines = list(lines_of(shown, walk.catalogue()))
    context = {
        "begun": [line for line in lines if not line.is_whole and line.title],
        "lines": [line for line in lines if line.is_whole or not line.title],
        "count": len(kept),
        "more": len(found) - len(shown),
        "words": wanted,
        "found": len(found),
        "older_until": slots.waiting_until(request.user),
        "next": nudges.next_of(request.user),
        "last": nudges.last_of(request.user),
        "is_coach": coaching.is_coach(request.user),
    }
    return render(request, "me/home.html", context)


@private
def something_up(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Two taps: this page, and how strong. That is already something, and it is kept."""
    if request.method != "POST":
        context = {"tensions": [(n, *words) for n, words in wording.TENSIONS.items()]}
        return render(request, "me/something_up.html", context)
    tension = request.POST.get("tension", "")
    if tension not in {"1", "2", "3", "4", "5"}:
        return errors.bad_request(request)
    row = reflections.begin(keys=keys, tension=int(tension), now=timezone.now())
    messages.success(
        request, gettext("Bewaard. Dat je het merkt, is al iets. Verder kijken kan nu of later.")
    )
    return redirect("me:reflection", id_=row.pk)


@private
def own_circle(request: HttpRequest, keys: Keys, id_: uuid.UUID | None = None) -> HttpResponse:
    """Walk the circle among one's own pages; with an id, to finish a quick entry."""
    every = reflections.every(keys)
    way = _way(request, every, id_)
    if way is None:
        return errors.not_found(request)
    return walk.step(request, way) if "carried" in request.POST else walk.begin(request, way)


def lines_of(kept: Iterable[Kept], catalogue: Catalogue) -> Iterable[Line]:
    """Give the lines of a list."""
    for one in kept:
        told = one.story
        if told is None:
            yield Line(one.row.pk, "", "", one.row.kept_at, "", is_whole=True)
            continue
        state = str(OUTCOMES[told.last.outcome]) if told.last else ""
        title, setting = titles.title_of(told, catalogue), titles.setting_of(told)
        yield Line(one.row.pk, title, setting, told.began, state, told.is_whole)


def ladder_of(kept: Iterable[Kept]) -> Ladder:
    """Give somebody's courage ladder, made anew each time: what is deleted is forgotten."""
    stories = sorted((one.story for one in kept if one.story), key=lambda told: told.began)
    attempts = [attempt for told in stories for attempt in told.attempts]
    anchors = {act.id: act.courage for act in walk.catalogue().acts.values()}
    return ladder.climb(attempts, anchors)


def _way(request: HttpRequest, every: list[Kept], id_: uuid.UUID | None) -> Way | None:
    begun = next((one for one in every if one.row.pk == id_), None)
    if id_ is not None and (begun is None or begun.story is None):
        return None
    start = Visit()
    if begun is not None and begun.story is not None:
        start = Visit(Step.TENSION, begun.story.answers)
    address = request.path
    other = "nl" if wording.language() == "en" else "en"
    details: dict[str, Any] = {"start": start, "begun": str(id_) if id_ else ""}
    return Way(
        circle=address,
        elsewhere=translate_url(address, other),
        calendar=reverse("me:calendar_file"),
        keep=reverse("me:keep"),
        is_own=True,
        ladder=ladder_of(every),
        **details,
    )
