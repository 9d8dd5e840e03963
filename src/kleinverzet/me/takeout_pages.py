"""The pages of taking everything along, bringing it in again, and letting go of it."""

from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet import environment
from kleinverzet.accounts.access import open_to_all
from kleinverzet.me import bringing_in, leaving, reflections, takeout
from kleinverzet.me.bringing_in import Refused, Why
from kleinverzet.me.doors import private
from kleinverzet.vault import rows, session
from kleinverzet.vault.keys import Keys

CONFLICT = 409
UNPROCESSABLE = 422
TOO_MANY = 429
# Each one keeps a core busy for seconds, for whoever has kept a lot.
_RATES = {"takeout": "6/600s/user", "bring_in": "20/600s/user"}

FAULTS = {
    Why.NOTHING: _("Kies eerst een bestand."),
    Why.NOT_OURS: _("Dit is geen bestand dat je hier hebt meegenomen. Er is niets veranderd."),
    Why.NEWER: _(
        "Dit bestand komt uit een nieuwere versie van dit programma dan die hier draait. "
        "Er is niets veranderd."
    ),
    Why.TOO_MUCH: _("Er zit meer in dit bestand dan we aankunnen. Er is niets veranderd."),
    Why.CHANGED: _(
        "Er klopt iets niet in dit bestand, misschien is het aangepast. Er is niets veranderd."
    ),
}


class NameForm(forms.Form):
    """One's own name, typed as a sign that it is meant."""

    name = forms.CharField(required=False, max_length=80, strip=True)

    def __init__(self, person: Any, data: Any = None) -> None:
        super().__init__(data)
        self._person = person

    def clean_name(self) -> str:
        """Ask for the very name of whoever is signed in."""
        typed: str = self.cleaned_data["name"]
        if not leaving.is_name_of(self._person, typed):
            raise forms.ValidationError(
                _("Hier past je naam, zoals hij hierboven staat. Er is nog niets gewist."),
                code="other",
            )
        return typed


@private
def takeout_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Say what can be taken along; a POST hands it over."""
    if request.method != "POST":
        return render(request, "me/takeout.html")
    if not _may(request, "takeout"):
        return render(request, "me/takeout.html", {"is_too_often": True}, status=TOO_MANY)
    taken = takeout.take(request.user, keys, timezone.now())
    response = HttpResponse(taken.data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return response


@private
def bring_in_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Ask for a file, and say what it brought."""
    if request.method != "POST":
        return render(request, "me/bring_in.html")
    if not _may(request, "bring_in"):
        return _not_brought(request, _too_often(), TOO_MANY)
    upload = request.FILES.get("file")
    try:
        taken = bringing_in.read(upload.read() if upload else b"")
        brought = bringing_in.bring_in(keys, taken, timezone.now())
    except Refused as refused:
        return _not_brought(request, _fault(refused), UNPROCESSABLE)
    except rows.Changed:
        fault = gettext("Je schreef net ergens anders iets. Probeer het nog eens.")
        return _not_brought(request, fault, CONFLICT)
    return render(request, "me/bring_in.html", {"brought": brought})


@private
def erase_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Show the two ways of letting go."""
    return render(request, "me/erase.html")


@private
def wipe_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Ask for one's name, then delete everything that one wrote; the account stays."""
    form = NameForm(request.user, request.POST if "name" in request.POST else None)
    if form.is_bound and form.is_valid():
        leaving.wipe(request.user)
        messages.success(request, gettext("Gewist."))
        return redirect("me:home")
    days, count = environment.read().backup_days, len(reflections.every(keys))
    context = {"form": form, "count": count, "days": days}
    return render(request, "me/erase_words.html", context, status=_status(form))


@private
def leave_page(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Ask for one's name, then erase everything and the account with it."""
    form = NameForm(request.user, request.POST if "name" in request.POST else None)
    if form.is_bound and form.is_valid():
        leaving.leave(request.user)
        session.of(request).lock()
        logout(request)
        response = redirect("me:gone")
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
    context = {"form": form, "days": environment.read().backup_days}
    return render(request, "me/erase_all.html", context, status=_status(form))


@open_to_all
def gone_page(request: HttpRequest) -> HttpResponse:
    """Say what is gone, and for how long a backup may still hold it."""
    return render(request, "me/erased.html", {"days": environment.read().backup_days})


def _may(request: HttpRequest, action: str) -> bool:
    usage = ratelimit.consume(
        request, app="kleinverzet.me", action=action, config=_RATES, user=request.user
    )
    return bool(usage)


def _not_brought(request: HttpRequest, fault: str, status: int) -> HttpResponse:
    return render(request, "me/bring_in.html", {"fault": fault}, status=status)


def _too_often() -> str:
    return gettext("Dat was vaak achter elkaar. Wacht tien minuten en probeer het opnieuw.")


def _fault(refused: Refused) -> str:
    """Say what was wrong with a file, and where."""
    if refused.why is Why.CHANGED and refused.number:
        return gettext(
            "In verhaal %(number)d van dit bestand klopt iets niet. Er is niets veranderd."
        ) % {"number": refused.number}
    return str(FAULTS[refused.why])


def _status(form: NameForm) -> int:
    return UNPROCESSABLE if form.is_bound else 200
