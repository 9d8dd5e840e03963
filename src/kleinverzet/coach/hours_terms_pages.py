"""The pages of a coach's terms, and of how long drives take. Only the coach sees them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kleinverzet.coach import hours_holidays, hours_terms, hours_trips, plan_words
from kleinverzet.coach.desk_door import for_a_coach
from kleinverzet.coach.hours import Changed
from kleinverzet.coach.hours_terms_form import KindForm, OwnForm, TripForm
from kleinverzet.coach.models import Coach, Kind
from kleinverzet.world import offers as world

UNPROCESSABLE, CONFLICT = 422, 409


@for_a_coach
def terms(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Settle how a coach works, and on what terms for each kind."""
    data = request.POST if request.method == "POST" else None
    own = OwnForm(coach, data)
    kinds = [KindForm(kind, one, data) for kind, one in hours_terms.of(coach).items()]
    if data is None:
        return _show_terms(request, coach, own, kinds)
    if not all([own.is_valid(), *(form.is_valid() for form in kinds)]):
        return _show_terms(request, coach, own, kinds, UNPROCESSABLE)
    wanted = {form.kind: form.columns for form in kinds}
    try:
        hours_terms.write(coach, own.cleaned_data, wanted, seen=data.get("seen", ""))
    except Changed:
        return _show_terms(request, coach, own, kinds, CONFLICT)
    messages.success(request, gettext("Bewaard."))
    return redirect("coach:hours")


@for_a_coach
def trips(request: HttpRequest, coach: Coach) -> HttpResponse:
    """Show the drives that were filled in; fill one in, or let the estimate count again."""
    towns = hours_trips.places()
    form = TripForm(towns, request.POST if request.POST.get("move") == "write" else None)
    gone = request.POST.get("gone", "")
    if gone.isascii() and gone.isdecimal() and len(gone) < 10:
        hours_trips.forget(int(gone))
        messages.success(request, gettext("Weg. De schatting telt weer."))
        return redirect("coach:hours_trips")
    if form.is_bound and form.is_valid():
        hours_trips.write(**form.cleaned_data)
        messages.success(request, gettext("Bewaard."))
        return redirect("coach:hours_trips")
    context = {
        "form": form,
        "drives": hours_trips.of(),
        "from_practice": world.trips(),
        "town": world.practice_town(),
        "towns": towns,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "coach/desk_hours_trips.html", context, status=status)


def _show_terms(
    request: HttpRequest, coach: Coach, own: OwnForm, kinds: list[KindForm], status: int = 200
) -> HttpResponse:
    is_changed = status == CONFLICT
    seen = "" if is_changed else request.POST.get("seen", "")
    context = {
        "own": own,
        "kinds": [(plan_words.KINDS[Kind(form.kind)], form) for form in kinds],
        "seen": seen or hours_terms.mark(coach),
        "is_changed": is_changed,
        "stands": OwnForm(coach) if is_changed else None,
        "kinds_stand": [
            (plan_words.KINDS[Kind(kind)], KindForm(kind, one))
            for kind, one in hours_terms.of(coach).items()
        ],
        "holidays": hours_holidays.ahead(timezone.localdate()),
    }
    return render(request, "coach/desk_hours_terms.html", context, status=status)
