"""Planning in a frame on somebody else's page: only on the sites that the practice named.

Nobody's browser keeps anything of it: no session, no cookie. Whether a form comes from our own page
in that frame is told by the browser and by the form's signature (`accounts.access.signed_form`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from kleinverzet import environment

View = Callable[..., HttpResponse]


def may_be_framed(view: View) -> View:
    """Let a view's pages stand in a frame where it is asked for with `is_framed`.

    Raises:
        Http404: If it is asked for so, and the practice named no site.
    """

    @wraps(view)
    def open_or_framed(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if not kwargs.get("is_framed"):
            return view(request, *args, **kwargs)
        return _framed(view)(request, *args, **kwargs)

    return open_or_framed


def only_framed(view: View) -> View:
    """Do the same for a view that is never anywhere else."""

    @wraps(view)
    def framed(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        return _framed(view)(request, *args, **kwargs)

    return framed


def _framed(view: View) -> View:
    sites = environment.read().frames
    if not sites:
        raise Http404

    def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # A page that only takes what agrees to it takes this one.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    framed: View = xframe_options_exempt(csp_replace({"frame-ancestors": list(sites)})(answer))  # type: ignore[assignment]
    return framed
