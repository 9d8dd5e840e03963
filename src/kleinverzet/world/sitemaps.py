"""What search engines may look at: every public page in both languages, and what to leave alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from kleinverzet.accounts.access import open_to_all
from kleinverzet.world import acts, copies, heads
from kleinverzet.world.heads import DEFAULT, LANGUAGES, Alternate


@dataclass(frozen=True, slots=True)
class Line:
    """A page of the map; `changed_at` where that is known."""

    address: str
    alternates: tuple[Alternate, ...]
    changed_at: datetime | None = None


@open_to_all
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Give the map of every public page."""
    lines = [*_written(), *_made()]
    context = {"lines": lines}
    return copies.mark(render(request, "world/sitemap.xml", context, "application/xml"))


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say where the map is, and that nobody but editors has anything to look for at their desk."""
    map_address = heads.whole(reverse("sitemap"))
    text = f"User-agent: *\nDisallow: /beheer/\n\nSitemap: {map_address}\n"
    return copies.mark(HttpResponse(text, "text/plain; charset=utf-8"))


def _written() -> Iterator[Line]:
    """Give what editors published, each beside its translations."""
    found = Page.objects.live().public().filter(depth__gt=1).select_related("locale")
    families: dict[object, list[Page]] = {}
    for page in found.order_by("path"):
        if page.url:
            families.setdefault(page.translation_key, []).append(page)
    for family in families.values():
        addresses = {page.locale.language_code: heads.whole(page.url) for page in family}
        for page in family:
            yield Line(heads.whole(page.url), _alternates(addresses), page.last_published_at)


def _made() -> Iterator[Line]:
    """Give what the program itself shows to everybody."""
    by_language: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with override(language):
            ours = [reverse("me:circle"), reverse("world:pond"), *acts.addresses()]
            by_language[language] = [heads.whole(address) for address in ours]
    for together in zip(*by_language.values(), strict=True):
        addresses = dict(zip(LANGUAGES, together, strict=True))
        for address in together:
            yield Line(address, _alternates(addresses))


def _alternates(addresses: dict[str, str]) -> tuple[Alternate, ...]:
    known = [Alternate(one, addresses[one]) for one in LANGUAGES if one in addresses]
    if len(known) < 2:
        return ()
    return (*known, Alternate(DEFAULT, known[0].address))
