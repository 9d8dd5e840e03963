"""The door of the editors' desk: who is let in, and under which policy their browser works there.

Nobody but an editor sees anything of it. What stands behind it is shown in the editor's language.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.utils.translation import override

from kleinverzet.accounts.access import for_its_owner
from kleinverzet.accounts.models import Person
from kleinverzet.world import editors

View = Callable[..., HttpResponse]

# Each of these may be acted upon many at a time; people and groups may not.
MANY = {"wagtailcore", "wagtailimages", "world"}


def behind(view: View, *, is_framed: bool = False) -> View:
    """Let only editors come to a view of Wagtail.

    Args:
        view: The view.
        is_framed: Whether the desk itself shows what it answers in a frame.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        editor = _editor(request)
        if kwargs.get("app_label", "world") not in MANY:
            raise Http404
        with override(editor.language):
            response = _answer(view, request, *args, **kwargs)
        return _under_policy(response, is_framed=is_framed)

    return _marked(guarded)


def leading_to(name: str) -> View:
    """Give a view that leads editors on to a page of the house."""

    def lead(request: HttpRequest, /, *_: Any, **__: Any) -> HttpResponse:
        with override(_editor(request).language):
            return redirect(name)

    return _marked(lead)


def _shut(request: HttpRequest, /, *_: Any, **__: Any) -> HttpResponse:
    _editor(request)
    raise Http404


def _marked(view: View) -> View:
    # Wagtail's interfaces for programs skip the check for forged forms; nothing does here.
    view.csrf_exempt = False  # type: ignore[attr-defined]
    guarded = for_its_owner(view)
    guarded.is_behind_the_door = True  # type: ignore[attr-defined]
    return guarded


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    response = view(request, *args, **kwargs)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return response


def _editor(request: HttpRequest) -> Person:
    person = request.user
    if not (isinstance(person, Person) and editors.is_editor(person)):
        raise PermissionDenied
    return person


def _under_policy(response: HttpResponse, *, is_framed: bool) -> HttpResponse:
    policy = dict(settings.DESK_POLICY)
    if is_framed:
        policy["frame-ancestors"] = ["'self'"]
    # A preview was answered as a page of the site, under the policy of the site.
    del response["Content-Security-Policy"]
    response._csp_replace = policy  # type: ignore[attr-defined]
    return response


shut = _marked(_shut)
