"""One kept reflection: reading it, looking back, changing it, and letting it go."""

import uuid
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.catalogue.shapes import Value
from kleinverzet.me import nudges, pages, reflections, sentence, titles, walk, wording
from kleinverzet.me.check_in_form import OUTCOMES, CheckInForm
from kleinverzet.me.circle import NONE
from kleinverzet.me.doors import private
from kleinverzet.me.forms import Words
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.reflections import Kept
from kleinverzet.me.story import CheckIn, Story
from kleinverzet.ui import errors
from kleinverzet.vault import rows
from kleinverzet.vault.keys import Keys

CONFLICT = 409
UNPROCESSABLE = 422


class EditForm(forms.Form):
    """One's own words and values; the circle's choices stay as they were made."""

    values = forms.MultipleChoiceField(required=False)
    yes = Words(140)
    words = Words(500)
    own = Words(120)
    beside = Words(60)
    when = Words(140)
    then = Words(220)
    note = Words(4000)

    def __init__(self, story: Story, values: dict[str, Value], data: Any = None) -> None:
        answers = story.answers
        act = walk.catalogue().acts.get(answers.act)
        composed = sentence.compose(answers, act)
        initial = {
            **{name: getattr(answers, name) for name in ("yes", "words", "own", "beside")},
            "when": composed.when,
            "then": composed.then,
            "values": list(story.values),
            "note": story.note,
        }
        super().__init__(data, initial=initial)
        self.story, self.act = story, act
        self.fields["values"].choices = [(id_, id_) for id_ in values]  # type: ignore[attr-defined]

    def changed(self) -> Story:
        """Give the story with what a valid form says."""
        data = self.cleaned_data
        plan = {half: " ".join(data[half].split()).rstrip(",") for half in ("when", "then")}
        recognised = sentence.recognise(**plan, answers=self.story.answers, act=self.act)
        own = {name: data[name] for name in ("yes", "words", "own", "beside")}
        answers = self.story.answers.having({**own, **recognised})
        return self.story.having(answers=answers, values=tuple(data["values"]), note=data["note"])


def _one(view: Any) -> Any:
    """Find the reflection that an address names, for its owner; anything else is not found."""

    @private
    @wraps(view)
    def found(request: HttpRequest, keys: Keys, id_: uuid.UUID) -> HttpResponse:
        try:
            kept = reflections.one(keys=keys, id_=id_)
        except reflections.Gone:
            return errors.not_found(request)
        response: HttpResponse = view(request, keys, kept)
        return response

    return found


@_one
def reflection(request: HttpRequest, keys: Keys, kept: Kept) -> HttpResponse:
    """Show one reflection; one that cannot be read says so and can still be let go."""
    return render(request, "me/reflection.html", _told(kept))


@_one
def check_in(request: HttpRequest, keys: Keys, kept: Kept) -> HttpResponse:
    """Ask what happened, and keep the answer."""
    if kept.story is None:
        return redirect("me:reflection", id_=kept.row.pk)
    # A browser sends no answer at all where none was picked; the words beside it still come.
    is_sent = not request.POST.keys().isdisjoint({"outcome", "noticed"})
    form = CheckInForm(request.POST if is_sent else None)
    if not form.is_bound or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        context = _told(kept) | {"form": form, **form.drawn()}
        return render(request, "me/look_back.html", context, status=status)
    said = form.check_in(timezone.now())
    _write_again(keys, kept, said)
    nudges.cancel_of(kept.row)
    context = _told(reflections.one(keys=keys, id_=kept.row.pk)) | {
        "calm": walk.is_acute(form),
        "was_unsafe": said.outcome is Outcome.UNSAFE,
    }
    return render(request, "me/looked_back.html", context)


@_one
def edit(request: HttpRequest, keys: Keys, kept: Kept) -> HttpResponse:
    """Change one's words; when another tab was first, both versions are shown and none is lost."""
    if kept.story is None:
        return redirect("me:reflection", id_=kept.row.pk)
    values = walk.catalogue().values
    is_sent = request.method == "POST" and "revision" in request.POST
    form = EditForm(kept.story, values, request.POST if is_sent else None)
    status = 200
    if is_sent and form.is_valid():
        if request.POST["revision"] == str(kept.row.revision) and _written(keys, kept, form):
            messages.success(request, gettext("Bewaard."))
            return redirect("me:reflection", id_=kept.row.pk)
        kept, status = reflections.one(keys=keys, id_=kept.row.pk), CONFLICT
    elif is_sent:
        status = UNPROCESSABLE
    context = _told(kept) | {"form": form, "is_conflict": status == CONFLICT}
    picked = form["values"].value() or ()
    context |= pages.values_of(picked, form.story.answers.setting, walk.catalogue())
    return render(request, "me/edit.html", context, status=status)


@_one
def drop(request: HttpRequest, keys: Keys, kept: Kept) -> HttpResponse:
    """Ask once, then delete."""
    if request.method != "POST" or "sure" not in request.POST:
        return render(request, "me/drop.html", _told(kept))
    reflections.drop(keys=keys, id_=kept.row.pk)
    messages.success(request, gettext("Gewist."))
    return redirect("me:home")


def _written(keys: Keys, kept: Kept, form: EditForm) -> bool:
    try:
        reflections.write(keys=keys, kept=kept, story=form.changed())
    except rows.Changed:
        return False
    return True


def _write_again(keys: Keys, kept: Kept, said: CheckIn) -> None:
    """Add a check-in, to whatever the reflection has become by now: two tabs both count."""
    for _attempt in range(5):
        assert kept.story is not None
        try:
            reflections.write(keys=keys, kept=kept, story=kept.story.checked(said))
        except rows.Changed:
            kept = reflections.one(keys=keys, id_=kept.row.pk)
        else:
            return
    raise rows.Changed


def _told(kept: Kept) -> dict[str, Any]:
    """Give what templates show of a reflection."""
    catalogue, told = walk.catalogue(), kept.story
    if told is None:
        return {"kept": kept, "title": gettext("Dit kunnen we niet lezen")}
    act = catalogue.acts.get(told.answers.act)
    values = [catalogue.values[id_] for id_ in told.values if id_ in catalogue.values]
    return {
        "kept": kept,
        "story": told,
        "answers": told.answers,
        "title": titles.title_of(told, catalogue),
        "setting": titles.setting_of(told),
        "sentence": sentence.compose(told.answers, act),
        "act_words": wording.act_words(act) if act else None,
        "value_names": ", ".join(wording.value_words(value).name for value in values),
        "tension": str(wording.TENSIONS[told.answers.tension][0]) if told.answers.tension else "",
        "check_ins": [_said(one) for one in told.check_ins],
        "nudges": nudges.of(kept.row),
        "situation": pages.situation_of(told.answers),
        "chose_nothing": told.answers.act == NONE,
    }


def _said(one: CheckIn) -> dict[str, Any]:
    after = str(wording.TENSIONS[one.tension][0]) if one.tension else ""
    return {"at": one.at, "outcome": str(OUTCOMES[one.outcome]), "tension": after,
            "noticed": one.noticed}  # fmt: skip
