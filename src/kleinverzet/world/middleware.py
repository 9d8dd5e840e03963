"""Two habits around views: public pages leave in a form that can be kept, the desk writes whole.

They keep nothing but the numbers of `counting`.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from kleinverzet.world import copies, counting, robots

Handler = Callable[[HttpRequest], HttpResponse]


def public_pages(get_response: Handler) -> Handler:
    """Leave a page that is about to be kept uncompressed, and count one that is not."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not copies.is_public(response):
            return response
        if copies.ASKED in request.META:
            request.META.pop("HTTP_ACCEPT_ENCODING", None)
        elif request.method == "GET" and robots.is_reader(request.META) and not _is_staff(request):
            copies.count(response, counting.calendar.days().today)
        return response

    return middleware


def _is_staff(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.has_perm("wagtailadmin.access_admin"))


class DeskInOnePiece:
    """Lets a form of the editors' desk do all that it does, the edition with it, or nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Run what changes something in one transaction."""
        if request.method != "POST" or not request.path_info.startswith(settings.DESK):
            return None
        with transaction.atomic():
            response: HttpResponseBase = view(request, *args, **kwargs)
        return response
