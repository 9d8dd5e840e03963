"""The pages of nudges, for their owner: one reflection's nudge, and how all of them come."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.accounts import addresses
from kleinverzet.me import feed, moment, nudges, reflections, rhythm, titles, walk, wording
from kleinverzet.me.doors import private
from kleinverzet.me.models import Nudge
from kleinverzet.me.moment import Moment
from kleinverzet.me.nudges import Snooze
from kleinverzet.me.nudges_form import NudgeForm, RhythmForm
from kleinverzet.me.nudges_told import Told
from kleinverzet.me.reflections import Kept
from kleinverzet.ui import errors
from kleinverzet.vault.keys import Keys

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Line:
    """A nudge as it stands in the list.

    Attributes:
        told: When it comes, or what became of it.
        title: What it is for; empty where that cannot be read.
    """

    told: Told
    title: str


@private
def nudge_page(request: HttpRequest, keys: Keys, id_: uuid.UUID) -> HttpResponse:
    """Choose when to be nudged about one reflection, or take the moment along as a file."""
    try:
        kept = reflections.one(keys=keys, id_=id_)
    except reflections.Gone:
        return errors.not_found(request)
    move = request.POST.get("move", "")
    if move == "cancel":
        nudges.cancel_of(kept.row)
        messages.success(request, gettext("Afgezegd."))
        return redirect("me:nudge", id_=id_)
    form = _nudge_form(request, request.POST if move else None)
    if not form.is_bound:
        return _show_nudge(request, kept, form)
    if not form.is_valid():
        return _show_nudge(request, kept, form, UNPROCESSABLE)
    if move == "file":
        return _file(form)
    return _plan(request, kept, form)


@private
def rhythm_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Show every nudge, and settle how they come."""
    move, _colon, which = request.POST.get("move", "").partition(":")
    match move:
        case "save":
            return _save(request, keys)
        case "feed":
            token = rhythm.renew_feed(request.user)
            return _show_rhythm(request, keys, address=feed.address_of(token))
        case "feed_off":
            rhythm.drop_feed(request.user)
            messages.success(request, gettext("Het agenda-adres werkt niet meer."))
        case "cancel" | Snooze.HOUR | Snooze.MORNING | Snooze.WEEK:
            _change_one(request, move, which)
        case _:
            return _show_rhythm(request, keys)
    return redirect("me:rhythm")


def _nudge_form(request: HttpRequest, data: Any) -> NudgeForm:
    own = rhythm.of(request.user)
    may_mail = bool(addresses.verified(request.user))
    usual = Nudge.Channel.MAIL if may_mail and own.by_mail else Nudge.Channel.FEED
    return NudgeForm(data, zone=rhythm.zone_of(own.zone), usual=usual, may_mail=may_mail)


def _show_nudge(
    request: HttpRequest, kept: Kept, form: NudgeForm, status: int = 200
) -> HttpResponse:
    context = {
        "kept": kept,
        "title": _title_of(kept),
        "form": form,
        "nudges": nudges.of(kept.row),
        "may_mail": len(form.fields["channel"].choices) > 1,  # type: ignore[attr-defined]
        **form.drawn(),
    }
    return render(request, "me/nudge.html", context, status=status)


def _plan(request: HttpRequest, kept: Kept, form: NudgeForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        planned = nudges.plan(
            reflection=kept.row,
            due_at=data["at"],
            channel=data["channel"],
            zone=form.zone.key,
            language=wording.language(),
        )
    except (nudges.OutOfRange, reflections.Gone):
        return redirect("me:nudge", id_=kept.row.pk)
    moved = planned.due_at != data["at"]
    messages.success(request, _planned_words(moved=moved))
    return redirect("me:reflection", id_=kept.row.pk)


def _planned_words(*, moved: bool) -> str:
    if moved:
        return gettext("Je seintje staat klaar. Het komt na je stille uren.")
    return gettext("Je seintje staat klaar.")


def _file(form: NudgeForm) -> HttpResponse:
    """Hand over a calendar file for the moment, with a title that says nothing."""
    ics = moment.as_ics(Moment(form.cleaned_data["at"], moment.default_title()))
    response = HttpResponse(ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moment.ics"'
    return response


def _save(request: HttpRequest, keys: Keys) -> HttpResponse:
    form = RhythmForm(rhythm.of(request.user), request.POST)
    if not form.is_valid():
        return _show_rhythm(request, keys, form=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    data["by_mail"] = data["by_mail"] and bool(addresses.verified(request.user))
    rhythm.change(request.user, **data)
    messages.success(request, gettext("Bewaard."))
    return redirect("me:rhythm")


def _change_one(request: HttpRequest, move: str, which: str) -> None:
    """Put off or call off one of somebody's own nudges; what is gone stays gone."""
    nudge = nudges.one(request.user, int(which)) if which.isdecimal() else None
    if nudge is None:
        messages.info(request, gettext("Dit seintje is er niet meer."))
    elif move == "cancel":
        done = nudges.cancel(nudge)
        messages.success(
            request, gettext("Afgezegd.") if done else gettext("Dit seintje was al onderweg.")
        )
    else:
        nudges.snooze(nudge, Snooze(move))
        messages.success(request, gettext("Het seintje is verzet."))


def _show_rhythm(
    request: HttpRequest,
    keys: Keys,
    *,
    form: RhythmForm | None = None,
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    own = rhythm.of(request.user)
    context = {
        "form": form or RhythmForm(own),
        "mailbox": addresses.of(request.user),
        "has_feed": own.feed_hash is not None,
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "coming": list(_lines(nudges.coming(request.user), keys)),
        "settled": list(_lines(nudges.settled(request.user), keys)),
        "today": timezone.localdate(),
    }
    return render(request, "me/rhythm.html", context, status=status)


def _lines(found: Iterable[Told], keys: Keys) -> Iterable[Line]:
    for told in found:
        try:
            kept = reflections.one(keys=keys, id_=told.nudge.reflection_id)
        except reflections.Gone:
            continue
        yield Line(told, _title_of(kept))


def _title_of(kept: Kept) -> str:
    return titles.title_of(kept.story, walk.catalogue()) if kept.story else ""
