"""The pages on which somebody sees what moved, and writes what they learned and how a month was.

Only their owner reads them. Of what stands in an address, a month is the most: which page of rows.
"""

import hashlib
import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext

from kleinverzet.me import (
    figures,
    growth,
    growth_words,
    months,
    notebook,
    reflections,
    rhythm,
    walk,
    wording,
)
from kleinverzet.me.doors import private
from kleinverzet.me.forms import Words
from kleinverzet.me.growth import Entry, Place
from kleinverzet.me.moment import ZONE
from kleinverzet.me.months import MonthForm
from kleinverzet.me.notebook import Opened, Pages
from kleinverzet.me.story import Story
from kleinverzet.vault import rows
from kleinverzet.vault.keys import Keys

CONFLICT = 409
UNPROCESSABLE = 422
LONGEST = 20_000
# What the growth page shows of a long text; its own page has all of it.
BEGINNING = 1_200
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class LearnedForm(forms.Form):
    """What somebody learned about themselves, in their own words."""

    learned = Words(LONGEST)


@private
def growth_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Show what moved."""
    opened = notebook.read(keys)
    # What was opened is gone again before anything else begins.
    with reflections.undisturbed():
        drawn = _figures(keys, _place(request))
    context = {
        "is_notebook_unreadable": opened.pages is None,
        "is_monthly": rhythm.of(request.user).monthly,
        **drawn,
        **_learned(opened.pages or Pages()),
        **_months(opened.pages or Pages()),
    }
    return render(request, "me/growth.html", context)


@private
def learned_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Let somebody write what they learned; of two tabs neither loses a word."""
    opened = notebook.read(keys)
    if request.method != "POST" or "learned" not in request.POST:
        form = LearnedForm(initial={"learned": opened.pages.learned if opened.pages else ""})
        return _show_learned(request, opened, form)
    form = LearnedForm(request.POST)
    if not form.is_valid():
        return _show_learned(request, opened, form, UNPROCESSABLE)
    if not _keep_learned(keys, opened, form.cleaned_data["learned"], request.POST.get("seen", "")):
        return _show_learned(request, notebook.read(keys), form, CONFLICT)
    messages.success(request, gettext("Bewaard."))
    if walk.is_acute(form):
        return _show_learned(request, notebook.read(keys), form, calm=True)
    return redirect(reverse("me:growth") + "#words")


@private
def month_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Let somebody look back at this month, or say whether they want to be asked."""
    if request.method == "POST" and request.POST.get("monthly") in {"yes", "no"}:
        rhythm.change(request.user, monthly=request.POST["monthly"] == "yes")
        return redirect(reverse("me:growth") + "#month")
    is_sent = request.method == "POST" and "month" in request.POST
    month = months.meant(request.POST.get("month", ""), timezone.now())
    pages = notebook.read(keys).pages
    form = MonthForm(months.one_of(pages or Pages(), month), request.POST if is_sent else None)
    status = 200
    if is_sent and form.is_valid():
        if _keep_month(keys, month, form):
            messages.success(request, gettext("Bewaard."))
            return redirect(reverse("me:growth") + "#month")
        status = CONFLICT
    elif is_sent:
        status = UNPROCESSABLE
    context = {
        "month": month,
        "day": months.day_of(month),
        "statements": form.drawn(),
        "is_unreadable": pages is None,
        "is_conflict": status == CONFLICT,
    }
    return render(request, "me/month.html", context, status=status)


def _figures(keys: Keys, place: Place) -> dict[str, Any]:
    """Open everything, and give what the page shows of it."""
    kept = reflections.every(keys)
    entries = [Entry(one.row.pk, one.story) for one in kept if one.story is not None]
    quotes = growth.quotes_of(entries)
    return {
        "is_empty": not kept,
        "unreadable": len(kept) - len(entries),
        "quotes": [(quote, growth_words.short(quote)) for quote in quotes],
        **_tension(entries, place),
        **_values_and_acts([entry.story for entry in entries]),
    }


def _tension(entries: list[Entry], place: Place) -> dict[str, Any]:
    shifts = growth.shifts_of(entries, ZONE, place)
    return {
        "rows": growth_words.rows_of(shifts, walk.catalogue()),
        "earlier": shifts.earlier and _address(shifts.earlier),
        "later": shifts.later and _address(shifts.later),
        "years": growth_words.years_of(shifts.months) if shifts.earlier or shifts.later else [],
        "this_year": timezone.localdate(timezone=ZONE).year,
        "scale": [name for name, _line in wording.TENSIONS.values()],
        "grid": [figures.at_level(level) for level in wording.TENSIONS],
        "is_looked_back": any(entry.story.check_ins for entry in entries),
    }


def _values_and_acts(stories: list[Story]) -> dict[str, Any]:
    catalogue = walk.catalogue()
    lived = growth.lived_in(stories)
    done = growth.range_of(stories, catalogue.acts)
    return {
        "values": growth_words.values_of(lived, catalogue.values) if lived else None,
        "reach": None if done.is_empty else growth_words.reach_of(done),
    }


def _learned(pages: Pages) -> dict[str, Any]:
    return {
        "learned": Truncator(pages.learned).chars(BEGINNING, truncate=" …"),
        "is_cut": len(pages.learned) > BEGINNING,
    }


def _months(pages: Pages) -> dict[str, Any]:
    now = timezone.now()
    month = months.at_hand(now)
    return {
        "looks": months.looks_of(pages, now) if pages.months else (),
        "ticks": months.ticks_of(now),
        "heights": [figures.height(mark) for mark in range(len(months.MARKS))],
        "lowest": months.MARKS[0],
        "highest": months.MARKS[-1],
        "month_day": months.day_of(month),
        "is_month_said": bool(months.one_of(pages, month).marks),
    }


def _address(place: Place) -> str:
    return f"{reverse('me:growth')}{growth_words.query_of(place)}#tension"


def _place(request: HttpRequest) -> Place:
    """Give the page of rows that an address asks for; the latest where it asks for none."""
    month, skipped = request.GET.get("tot", ""), request.GET.get("over", "0")
    if not _MONTH.fullmatch(month):
        return Place()
    return Place(month, int(skipped) if re.fullmatch("[0-9]{1,6}", skipped) else 0)


def _keep_learned(keys: Keys, opened: Opened, learned: str, seen: str) -> bool:
    """Keep a text in the place of the one that its writer saw; tell whether that was still so."""
    if opened.pages is None or seen != mark_of(opened.pages.learned):
        return opened.pages is not None and learned == opened.pages.learned
    pages = Pages(learned=learned, months=opened.pages.months)
    try:
        notebook.write(keys=keys, opened=opened, pages=pages)
    except rows.Changed:
        return False
    return True


def mark_of(text: str) -> str:
    """Give a short mark by which a form knows the text that it was made from."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _show_learned(
    request: HttpRequest,
    opened: Opened,
    form: LearnedForm,
    status: int = 200,
    *,
    calm: bool = False,
) -> HttpResponse:
    kept = opened.pages.learned if opened.pages else ""
    context = {
        "form": form,
        "kept": kept,
        "seen": mark_of(kept),
        "is_unreadable": opened.pages is None,
        "is_conflict": status == CONFLICT,
        "longest": LONGEST,
        "calm": calm,
    }
    return render(request, "me/learned.html", context, status=status)


def _keep_month(keys: Keys, month: str, form: MonthForm) -> bool:
    try:
        months.keep(keys, month, form.marks())
    except rows.Changed:
        return False
    return True
