"""The page for an address where nothing is: what happened, and where to look instead.

It never counts as a good answer and is not kept ready for others. It keeps nothing of who came
or from where. Where the database cannot be read, the plain page of `ui` says the same.
"""

import difflib
import re

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page

from kleinverzet.accounts.access import open_to_all
from kleinverzet.ui import errors
from kleinverzet.world import frame, targets

# How much two words must have in common, from 0 to 1, before one is taken for the other.
ALIKE = 0.75
LONGEST_SLUG = 80


@open_to_all
def page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives at this address."""
    # It can strike before or outside the locale middleware, so the path decides.
    with override(get_language_from_path(request.path_info) or "nl"):
        try:
            response = _helpful(request)
        except Error:
            response = errors.not_found(request, exception)
    add_never_cache_headers(response)
    return response


def _helpful(request: HttpRequest) -> HttpResponse:
    context = {**frame.plain(request.path), "head": None, "near": _near(request.path)}
    return render(request, "world/lost.html", context, status=404)


def _near(path: str) -> Page | None:
    """Give the page whose address looks like this one; none where no address does."""
    asked = re.sub(r"\.\w{1,5}$", "", path.rstrip("/")).rpartition("/")[2][:LONGEST_SLUG].lower()
    if not asked:
        return None
    readable = Page.objects.live().public().filter(locale=targets.locale(), depth__gt=2)
    slugs = list(readable.values_list("slug", flat=True))
    alike = difflib.get_close_matches(asked, slugs, n=1, cutoff=ALIKE)
    return readable.filter(slug=alike[0]).first() if alike else None
