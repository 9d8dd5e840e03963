"""Keeping a circle: from its card into the vault, with an account or by making one on the way.

The card of the circle without an account sets no cookie, so it brings no proof of where it came
from. It leads to a page that only shows; what that page sends on does bring its proof, and only
then is anything kept.
"""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.accounts.access import only_shows, open_to_all
from kleinverzet.accounts.transport import only_safely
from kleinverzet.accounts.views import LoginPage, SignupPage
from kleinverzet.me import circle, pages, reflections, walk, wording
from kleinverzet.me.circle import Answers, Visit
from kleinverzet.me.doors import private
from kleinverzet.ui import chips, errors
from kleinverzet.ui.chips import Chip
from kleinverzet.vault import rows
from kleinverzet.vault.keys import Keys


class KeepForm(forms.Form):
    """What goes with a card on its way into the vault.

    `once` becomes the id of what is kept, so that pressing twice keeps once.
    """

    carried = forms.CharField()
    once = forms.UUIDField()
    begun = forms.UUIDField(required=False)
    hard = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]
        choices=list(wording.HARD.items()),
    )
    nudge = forms.BooleanField(required=False)

    def clean_carried(self) -> Visit:
        """Give the visit that was carried."""
        try:
            return circle.reopen(self.cleaned_data["carried"])
        except circle.Tampered as fault:
            raise forms.ValidationError("tampered") from fault

    @property
    def answers(self) -> Answers:
        """The answers of a valid form, with the sentence as it stood on the card."""
        visit: Visit = self.cleaned_data["carried"]
        return visit.answers


@open_to_all
@only_shows
def keep_page(request: HttpRequest) -> HttpResponse:
    """Show what is about to be kept, and the ways to keep it."""
    if request.method != "POST":
        return errors.not_allowed(request, "POST")
    try:
        visit = circle.reopen(request.POST.get("carried", ""))
    except circle.Tampered:
        return walk.restart(request)
    return render(request, "me/keep.html", _context(request, visit))


@private
def kept(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Keep it, and show it where it now lies."""
    if request.method != "POST":
        return redirect("me:home")
    form = KeepForm(request.POST)
    if not form.is_valid():
        return walk.restart(request)
    id_ = _keep(keys, form)
    if form.cleaned_data["nudge"]:
        return redirect("me:nudge", id_=id_)
    messages.success(request, gettext("Bewaard. Alleen jij kunt het lezen."))
    return redirect("me:reflection", id_=id_)


class KeepBySigningUp(SignupPage):
    """Makes the account at the very moment that somebody wants to keep something."""

    template_name = "me/keep_new.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the empty form first: the card brings everything but a name and a passphrase."""
        response: HttpResponse = _first(self, request) or super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Seal the circle to the new account; it is there when the vault opens."""
        response: HttpResponse = super().form_valid(form)
        _post(self.request, getattr(self, "user", None))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Bring the card along."""
        return super().get_context_data(**kwargs) | _brought(self.request)


class KeepBySigningIn(LoginPage):
    """Signs in and keeps, also where a second factor comes in between."""

    template_name = "me/keep_known.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the empty form first."""
        response: HttpResponse = _first(self, request) or super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Seal the circle to whoever proved their passphrase."""
        response: HttpResponse = super().form_valid(form)
        _post(self.request, form.user)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Bring the card along."""
        return super().get_context_data(**kwargs) | _brought(self.request)


keep_by_signing_up = open_to_all(only_safely(KeepBySigningUp.as_view()))
keep_by_signing_in = open_to_all(only_safely(KeepBySigningIn.as_view()))


def _keep(keys: Keys, form: KeepForm) -> uuid.UUID:
    data, now = form.cleaned_data, timezone.now()
    if data["begun"]:
        finished = _finish(keys, form)
        if finished is not None:
            return finished
    try:
        row = reflections.keep(
            keys=keys, answers=form.answers, now=now, hard=data["hard"] or 0, id_=data["once"]
        )
    except IntegrityError:
        once: uuid.UUID = data["once"]  # pressed twice: it lies there already
        return once
    return row.pk


def _finish(keys: Keys, form: KeepForm) -> uuid.UUID | None:
    """Put the circle in the place of the quick entry that began it, if that is still there."""
    data = form.cleaned_data
    try:
        kept = reflections.one(keys=keys, id_=data["begun"])
    except reflections.Gone:
        return None
    if kept.story is None or kept.story.is_whole:
        return None
    whole = kept.story.having(
        answers=form.answers, values=form.answers.values, hard=data["hard"] or 0, is_whole=True
    )
    try:
        reflections.write(keys=keys, kept=kept, story=whole)
    except rows.Changed:
        return None
    return kept.row.pk


def _first(page: Any, request: HttpRequest) -> HttpResponse | None:
    """Give the page with an empty form, where the card has just come in."""
    if any(name in request.POST for name in ("username", "login")):
        return None
    form = page.get_form_class()(**{**page.get_form_kwargs(), "data": None, "files": None})
    shown: HttpResponse = page.render_to_response(page.get_context_data(form=form))
    return shown


def _post(request: HttpRequest, person: Any) -> None:
    form = KeepForm(request.POST)
    if person is not None and person.pk and form.is_valid():
        reflections.post_circle(
            person_id=person.pk,
            answers=form.answers,
            now=timezone.now(),
            hard=form.cleaned_data["hard"] or 0,
        )


def _brought(request: HttpRequest) -> dict[str, Any]:
    names = ("carried", "once", "hard", "nudge")
    return {name: request.POST.get(name, "") for name in names}


def _context(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    found = [Chip(str(code), str(text)) for code, text in wording.HARD.items()]
    sentence = pages.sentence_of(visit, walk.catalogue())
    return {
        "carried": request.POST["carried"],
        "begun": request.POST.get("begun", ""),
        "once": uuid.uuid4(),
        "hards": chips.draw("radio", "hard", found, ()),
        "sentence": sentence,
        "has_act": bool(visit.answers.act) and visit.answers.act != circle.NONE,
        "is_known": request.user.is_authenticated,
    }
