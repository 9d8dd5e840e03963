"""Asks for the passphrase where a page needs the vault and it is shut.

The form that was sent travels along, so that one press opens the vault and saves.
"""

from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from kleinverzet.accounts import keeping
from kleinverzet.accounts.access import P, View, for_its_owner
from kleinverzet.vault import session, slots
from kleinverzet.vault.keys import Keys

LOCKED = 423
KeyView = Any  # a view whose second argument is the open keys


def needs_vault(view: KeyView) -> View[P, HttpResponse]:
    """Call a view with the open keys of whoever is signed in; ask for the passphrase until then."""

    @sensitive_post_parameters("passphrase")
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        keys = session.of(request).keys
        if keys is not None:
            return view(request, keys, *args, **kwargs)
        if request.method != "POST" or "passphrase" not in request.POST:
            return ask(request)
        opened = prove(request, request.POST["passphrase"])
        if isinstance(opened, str):
            return ask(request, fault=opened)
        if request.POST.get("resume") == "get":
            return HttpResponseRedirect(request.get_full_path())
        return view(request, opened, *args, **kwargs)

    return for_its_owner(guarded)


def ask(request: HttpRequest, fault: str = "") -> HttpResponse:
    """Give the page that asks for the passphrase, with what was sent in its fields."""
    fields = list(keeping.fields_of(request))
    if request.method != "POST":
        fields = [("resume", "get")]
    context = {"fields": fields, "action": request.get_full_path(), "fault": fault}
    response = render(request, "accounts/unlock.html", context, status=LOCKED)
    add_never_cache_headers(response)
    return response


@sensitive_variables("passphrase")
def prove(request: HttpRequest, passphrase: str) -> Keys | str:
    """Open the vault of whoever is signed in; give the open keys, or what was wrong in words."""
    person: Any = request.user
    before = person.password
    if not ratelimit.consume(request, action="unlock", user=person):
        return _("Er is te vaak geprobeerd. Wacht vijf minuten en probeer het opnieuw.")
    keys = slots.open_with_passphrase(person, passphrase)
    if keys is None:
        return _("Dat is niet je wachtzin. Let op hoofdletters en spaties.")
    if person.password != before:  # the proof was renewed at a higher cost
        update_session_auth_hash(request, person)
    session.of(request).open(keys)
    return keys
