"""The overview of everything that keeps an account its owner's, with its state in plain words."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from kleinverzet.accounts import addresses, codes, factors, presence
from kleinverzet.accounts.access import for_its_owner
from kleinverzet.accounts.proof import needs_proof
from kleinverzet.vault import session


@for_its_owner
def page(request: HttpRequest) -> HttpResponse:
    """Show the overview."""
    person: Any = request.user
    context = {
        "has_code": codes.is_kept(person),
        "factors": factors.of(person),
        "devices": presence.devices(request, person),
        "mailbox": addresses.of(person),
        "is_open": session.of(request).is_open,
    }
    return render(request, "accounts/safety.html", context)


@needs_proof
def prove(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase, and lead on: where allauth sends whoever must prove it once more."""
    onward = get_next_redirect_url(request)
    return HttpResponseRedirect(onward) if onward else redirect("accounts_safety")
