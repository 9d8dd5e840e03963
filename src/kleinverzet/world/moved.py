"""From an old address of a page to where it is now.

Wagtail notes the old address when a page is moved or gets another one, and editors note others
themselves. This stands in for Wagtail's own middleware, which would send people round in a circle
when a page came back to an address that it had before, lead to what is no longer published, drop
what somebody sent to a page that was just moved, and fail where the database does.
"""

from collections.abc import Callable

from django.db import Error
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from kleinverzet import environment

# A longer way than this leads nowhere.
MOST_STEPS = 5
Answer = Callable[[HttpRequest], HttpResponse]


def moved(get_response: Answer) -> Answer:
    """Lead on from an address where nothing is any more."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404:
            return response
        try:
            return _onward(request) or response
        except Error:
            return response

    return answer


def _onward(request: HttpRequest) -> HttpResponse | None:
    """Give the way to the new address; none where nothing is noted that leads somewhere."""
    noted = _noted(request, request.get_full_path())
    if noted is None or not _leads_somewhere(request, noted):
        return None
    link = str(noted.link)
    if request.method not in {"GET", "HEAD"}:
        # What was sent goes along, and never to another site.
        return HttpResponseRedirect(link, preserve_request=True) if _ours(link) else None
    way = HttpResponsePermanentRedirect if noted.is_permanent else HttpResponseRedirect
    # Browsers keep a permanent redirect for ever unless told, and a page may move back.
    return way(link, headers={"Cache-Control": "no-cache"})


def _leads_somewhere(request: HttpRequest, noted: Redirect | None) -> bool:
    """Follow what is noted until it leaves for a page, for another site or for a plain address."""
    seen = {Redirect.normalise_path(request.get_full_path()), Redirect.normalise_path(request.path)}
    for _step in range(MOST_STEPS):
        if noted is None:
            return True
        page = noted.redirect_page
        if not noted.link or (page is not None and not page.live):
            return False
        path = _ours(noted.link)
        if not path:
            return True
        if (here := Redirect.normalise_path(path)) in seen:
            return False
        seen.add(here)
        noted = None if page is not None else _noted(request, path)
    return False


def _noted(request: HttpRequest, path: str) -> Redirect | None:
    whole = Redirect.normalise_path(path, decode_unicode=False)
    found: Redirect | None = get_redirect(request, whole)
    return found or get_redirect(request, whole.partition("?")[0])


def _ours(link: str) -> str:
    """Give the path of an address of this site; empty for one of another site."""
    path = link.removeprefix(environment.read().origin)
    return path if path.startswith("/") and not path.startswith("//") else ""
