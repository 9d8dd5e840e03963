"""The circle without an account. Its pages read what a form carries, and leave no trace of it."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url

from kleinverzet.accounts.access import open_to_all, writes_nothing
from kleinverzet.me import circle, moment, pages, walk, wording
from kleinverzet.me.walk import UNPROCESSABLE, Way
from kleinverzet.ui import errors


@open_to_all
@writes_nothing
def circle_page(request: HttpRequest) -> HttpResponse:
    """Show the step that somebody is at; a POST brings the form of the step before."""
    match request.method:
        case "GET" | "HEAD":
            return walk.begin(request, _way(wording.language()))
        case "POST":
            return walk.step(request, _way(wording.language()))
        case _:
            return errors.not_allowed(request, "GET, HEAD, POST")


@open_to_all
@writes_nothing
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Hand over a calendar file for a moment that somebody chose on their card."""
    if request.method != "POST":
        return errors.not_allowed(request, "POST")
    try:
        visit = circle.reopen(request.POST.get("carried", ""))
    except circle.Tampered:
        return walk.restart(request)
    form = moment.MomentForm(request.POST)
    if not form.is_valid():
        way = _way(wording.language())
        return walk.show(request, way, visit, moment_form=form, status=UNPROCESSABLE)
    ics = moment.as_ics(form.chosen(pages.sentence_of(visit, walk.catalogue()).text))
    response = HttpResponse(ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moment.ics"'
    return response


@cache
def _way(language: str) -> Way:
    """Give the way of everybody: the same addresses for all who read one language."""
    circle_url = reverse("me:circle")
    return Way(
        circle=circle_url,
        elsewhere=translate_url(circle_url, "nl" if language == "en" else "en"),
        calendar=reverse("me:calendar_file"),
        keep=reverse("me:keep"),
    )
