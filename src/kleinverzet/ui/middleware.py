"""Headers that harden every answer, and a limit on what may be sent."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from kleinverzet.ui import bodies, errors

Handler = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Origin-Agent-Cluster": "?1",
}


def hardening(get_response: Handler) -> Handler:
    """Add the headers that Django and the CSP middleware do not set themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return middleware


def body_limit(get_response: Handler) -> Handler:
    """Answer a body that is too large, or whose length is no number, before anything reads it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return errors.bad_request(request)
        if not bodies.fits(int(length), request.path_info):
            return errors.too_large(request)
        return get_response(request)

    return middleware


class FieldLimit:
    """Answers a form with more fields than any of ours, before a view sees it.

    Django's own limit is wide enough for a page that an editor made of a hundred blocks.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Refuse it, or go on."""
        if request.method != "POST" or bodies.is_of_the_desk(request.path_info):
            return None
        return None if bodies.is_a_form(request.POST) else errors.bad_request(request)
