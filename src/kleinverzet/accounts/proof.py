"""Asks for the passphrase once more before what could shut its owner out, or let somebody else in.

A phone that lies open on a table is enough to read with; it is not enough to change how somebody
signs in. The form that was sent travels along, so that one press proves and does it.
"""

from functools import wraps

from allauth.account.internal.flows import reauthentication
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters

from kleinverzet.accounts import keeping, unlocking
from kleinverzet.accounts.access import P, View, for_its_owner


def needs_proof(view: View[P, HttpResponse]) -> View[P, HttpResponse]:
    """Call a view only for who gave the passphrase in the last five minutes; ask until then."""

    @sensitive_post_parameters("passphrase")
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if reauthentication.did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        if request.method != "POST" or "passphrase" not in request.POST:
            return ask(request)
        opened = unlocking.prove(request, request.POST["passphrase"])
        if isinstance(opened, str):
            return ask(request, fault=opened)
        reauthentication.reauthenticate_by_password(request)
        if request.POST.get("resume") == "get":
            return HttpResponseRedirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return for_its_owner(guarded)


def ask(request: HttpRequest, fault: str = "") -> HttpResponse:
    """Give the page that asks for the passphrase, with what was sent in its fields."""
    fields = list(keeping.fields_of(request))
    if request.method != "POST":
        fields = [("resume", "get")]
    context = {"fields": fields, "action": request.get_full_path(), "fault": fault}
    response = render(request, "accounts/factor_proof.html", context, status=403)
    add_never_cache_headers(response)
    return response
