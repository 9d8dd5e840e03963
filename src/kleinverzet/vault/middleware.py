"""Lets an answer carry the cookie of a vault that was opened or shut while it was made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kleinverzet.vault import session

Handler = Callable[[HttpRequest], HttpResponse]


def vault_cookie(get_response: Handler) -> Handler:
    """Set or drop the cookie; a request that never asks for its vault costs nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if hasattr(request, "vault"):
            session.of(request).leave(response)
        return response

    return middleware
