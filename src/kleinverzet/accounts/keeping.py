"""Hands a form back whole when it cannot be taken: signed out, a stale page, or a fault of ours.

Nothing of it is kept here. It travels back to the page that it came from, in fields, so that it can
be sent once more.
"""

from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

NOT_OURS = {"csrfmiddlewaretoken", "passphrase", "password", "password1", "oldpassword", "code"}


class Why(StrEnum):
    """Why a form could not be taken."""

    SIGNED_OUT = "signed_out"
    STALE = "stale"
    BROKEN = "broken"


def hand_back(request: HttpRequest, why: Why) -> HttpResponse:
    """Give the page that holds the form's fields and a way to send them again."""
    context = {"why": why.value, "fields": list(fields_of(request)), "action": request.path}
    status = 500 if why is Why.BROKEN else 403
    response = render(request, "accounts/again.html", context, status=status)
    add_never_cache_headers(response)
    return response


def fields_of(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Give every field that was sent, but no secret: a passphrase is typed anew."""
    for name, values in request.POST.lists():
        if name not in NOT_OURS:
            yield from ((name, str(value)) for value in values)


def is_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser itself says that a form came from a page of ours."""
    origin = request.META.get("HTTP_ORIGIN", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
