"""Accounts exist only over https, or on the machine itself.

Anything else would carry a passphrase readably through the network. The circle carries no name, so
it works everywhere.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kleinverzet import environment
from kleinverzet.accounts.access import P, View

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_safe(request: HttpRequest) -> bool:
    """Tell whether a passphrase may be sent to where this request went."""
    if environment.read().https:
        return True
    return urlsplit(f"//{request.get_host()}").hostname in LOOPBACK


def only_safely(view: View[P, HttpResponse]) -> View[P, HttpResponse]:
    """Let a view be used only over https or on the machine itself; say kindly why elsewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_safe(request):
            return render(request, "accounts/needs_https.html", status=403)
        return view(request, *args, **kwargs)

    return guarded
