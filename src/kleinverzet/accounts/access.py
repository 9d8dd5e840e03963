"""What a view must say about itself: who may enter, and whether it can leave a trace.

Every view in the house carries one of these marks; a law in `tests/rules` fails for one that does
not. `open_to_all` is Django's own `login_not_required` under a name that says what it means here.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from kleinverzet.accounts import traps

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponse)
View = Callable[Concatenate[HttpRequest, P], R]


_WRITING_SELECT = re.compile(r"\b(into|for\s+update|nextval|setval)\b", re.IGNORECASE)


class WroteAnyway(Exception):
    """A view that promised to write nothing tried to leave a trace."""


def open_to_all(view: View[P, R]) -> View[P, R]:
    """Let everyone in, without a name. Says it aloud, so that nobody opens a door by forgetting."""
    return login_not_required(view)


def for_its_owner(view: View[P, R]) -> View[P, R]:
    """Let in only who is signed in; what they see is never stored by a browser or a proxy."""

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return view(request, *args, **kwargs)

    marked.login_required = True  # type: ignore[attr-defined]
    return never_cache(marked)


def only_shows(view: View[P, R]) -> View[P, R]:
    """Let a view take a form without the CSRF check, and hold it to only showing a page.

    The circle sets no cookie, so its card brings no proof of where it came from; the page that it
    leads to gives one. Any statement to a database but a plain SELECT, any cookie but that proof,
    and any change of a session raises `WroteAnyway`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(_refuse_writing))
            response = view(request, *args, **kwargs)
        if response.cookies or "Set-Cookie" in response or request.session.modified:
            raise WroteAnyway(f"{view.__module__}.{view.__qualname__} changed a session")
        return response

    guarded.only_shows = True  # type: ignore[attr-defined]
    return never_cache(csrf_exempt(guarded))


def signed_form(view: View[P, R]) -> View[P, R]:
    """Take a form from somebody who carries no cookie, and give them none.

    Without a cookie there is nothing to ride on: what such a form may do rests on what is written
    in it, or on the link that it stands under. It still has to come from a page of ours, as the
    browser says, and bear our signature (`traps`); else `PermissionDenied`. An answer that sets a
    cookie, or a view that touches a session, raises `WroteAnyway`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if request.method == "POST" and not (_is_from_here(request) and _is_signed(request)):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        trace = _trace(request, response)
        if trace:
            raise WroteAnyway(f"{view.__module__}.{view.__qualname__} {trace}")
        return response

    guarded.signed_form = True  # type: ignore[attr-defined]
    return csrf_exempt(guarded)


def _is_from_here(request: HttpRequest) -> bool:
    """Believe what the browser says of where a form stood; one that says nothing may pass."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def _is_signed(request: HttpRequest) -> bool:
    return traps.read(request.POST.get("stamp", ""), timezone.now()) is not None


def writes_nothing(view: View[P, R]) -> View[P, R]:
    """Make a view unable to leave a trace, and therefore free of the CSRF check.

    A forged request can harm nobody where nothing can change. The promise is kept while the view
    runs, not by reading its code: any word to a database, any cookie, any session, and any answer
    that would be made only after the guard has gone raises `WroteAnyway`. What it answers is never
    stored by a browser or a proxy.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(_refuse))
            response = view(request, *args, **kwargs)
        trace = _trace(request, response)
        if trace:
            raise WroteAnyway(f"{view.__module__}.{view.__qualname__} {trace}")
        return response

    guarded.writes_nothing = True  # type: ignore[attr-defined]
    return never_cache(csrf_exempt(guarded))


def _trace(request: HttpRequest, response: HttpResponse) -> str:
    """Name the trace that an answer would leave; empty where there is none."""
    if response.cookies or "Set-Cookie" in response or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return "set a cookie"
    if getattr(getattr(request, "session", None), "modified", False):
        return "changed a session"
    if response.streaming or not getattr(response, "is_rendered", True):
        return "answers after its guard has gone"
    return ""


def _refuse(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    # Reads too: a SELECT can write (nextval, SELECT INTO), and these views need none.
    verb = sql.split(maxsplit=1)[0]
    raise WroteAnyway(f"a view that writes nothing spoke to a database: {verb}")


def _refuse_writing(
    execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    verb = sql.split(maxsplit=1)[0].upper()
    if verb != "SELECT" or _WRITING_SELECT.search(sql):
        raise WroteAnyway(f"a view that only shows spoke to a database: {verb}")
    return execute(sql, params, many, context)
