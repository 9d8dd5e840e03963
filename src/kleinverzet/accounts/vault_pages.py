"""The pages about one's own vault: another passphrase, shutting it, and keeping it open."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from kleinverzet.accounts import faults, presence
from kleinverzet.accounts.access import for_its_owner
from kleinverzet.accounts.forms import ChangeForm
from kleinverzet.vault import session, slots

UNPROCESSABLE = 422
LOCKED = 423


@for_its_owner
@sensitive_post_parameters("oldpassword", "password1")
def change_page(request: HttpRequest) -> HttpResponse:
    """Take another passphrase from who knows the one in use."""
    person: Any = request.user
    form = ChangeForm(person, request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/change.html", {"form": form})
    if form.is_valid() and _change(request, form):
        return render(request, "accounts/change.html", {"is_done": True})
    return render(request, "accounts/change.html", {"form": form}, status=UNPROCESSABLE)


@for_its_owner
def shut(request: HttpRequest) -> HttpResponse:
    """Shut the vault here and now, and say so."""
    vault = session.of(request)
    if request.method == "POST":
        vault.lock()
        return redirect("accounts_shut")
    return render(request, "accounts/shut.html", {"is_open": vault.is_open})


@for_its_owner
def stay_open(request: HttpRequest) -> HttpResponse:
    """Note that somebody is still there; 204 while their vault is open, 423 once it is shut."""
    is_open = request.method == "POST" and session.of(request).is_open
    return HttpResponse(status=204 if is_open else LOCKED)


@sensitive_variables()
def _change(request: HttpRequest, form: ChangeForm) -> bool:
    """Wrap the same keys by another passphrase, and sign out everywhere but here."""
    person: Any = request.user
    if not ratelimit.consume(request, action="unlock", user=person):
        form.add_error(None, faults.FAULTS["too_many_login_attempts"])
        return False
    keys = slots.open_with_passphrase(person, form.cleaned_data["oldpassword"])
    if keys is None:
        form.add_error("oldpassword", faults.FAULTS["enter_current_password"])
        return False
    slots.change(person, keys.master, form.cleaned_data["password1"])
    session.of(request).open(keys)
    presence.sign_out_elsewhere(request, person)
    # The session gets another key here, under which this device is noted anew.
    presence.forget(request)
    update_session_auth_hash(request, person)
    presence.note(request, person)
    return True
