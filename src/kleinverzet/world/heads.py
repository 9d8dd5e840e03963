"""The head of a public page: what search engines and whoever shares an address read of it.

Its own address, the same page in the other language, a title, a picture, and the facts as
schema.org names them. Everything in it stands on the page itself or in the practice's profile.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from kleinverzet import environment
from kleinverzet.world import facts

LANGUAGES = ("nl", "en")
DEFAULT = "x-default"
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
# Where a page has no drawing of its own.
HOUSE_DRAWING = "house"
# What a browser would take for the end of a data block, or for the beginning of another.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language, or for everybody else; its address is whole."""

    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the head of a page.

    Attributes:
        title: The title, without the name of the site.
        description: One or two sentences; empty where there are none.
        canonical: Its own address, whole.
        alternates: The same page in every language that it has.
        image: The address of a picture of 1200 by 630; empty where there is none.
        kind: "article" or "website", as OpenGraph has it.
        facts: What schema.org has a name for.
    """

    title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...] = ()
    image: str = ""
    kind: str = "website"
    facts: tuple[dict[str, Any], ...] = field(default=())

    @property
    def locale(self) -> str:
        """The language in use, as OpenGraph writes it."""
        return LOCALES["en" if get_language() == "en" else "nl"]

    @property
    def other_locales(self) -> list[str]:
        """The other languages that the page has."""
        named = [LOCALES[one.language] for one in self.alternates if one.language in LOCALES]
        return [locale for locale in named if locale != self.locale]

    @property
    def data(self) -> SafeString:
        """The facts as JSON that can stand in a page: no title in it can end the block."""
        graph = {"@context": "https://schema.org", "@graph": self.facts}
        return SafeString(json.dumps(graph, ensure_ascii=False).translate(_ESCAPED))


def of(page: Page, path: str) -> Head:
    """Give the head of a page that editors made.

    Args:
        page: The page, in its own class.
        path: The address at which it is read; a list of articles has several.
    """
    canonical = whole(path)
    image = _image(page)
    is_article = facts.is_article(page)
    return Head(
        title=page.seo_title or page.title,
        description=page.search_description or getattr(page, "lead", ""),
        canonical=canonical,
        alternates=_translations(page) if path == page.url else (),
        image=image,
        kind="article" if is_article else "website",
        facts=tuple(facts.of(page, canonical, image)),
    )


def plain(path: str, title: str, description: str, *, drawing: str = HOUSE_DRAWING) -> Head:
    """Give the head of a page that the program makes itself, with the same one in each language."""
    languages = [
        Alternate(language, whole(translate_url(path, language))) for language in LANGUAGES
    ]
    return Head(title, description, whole(path), _with_default(languages), preview(drawing))


def whole(address: str) -> str:
    """Give an address with the site's own name before it."""
    return f"{environment.read().origin}{address}" if address.startswith("/") else address


def preview(drawing: str) -> str:
    """Give the whole address of a drawing's picture for sharing; empty where there is none."""
    for name in (drawing, HOUSE_DRAWING):
        try:
            return whole(staticfiles_storage.url(f"world/previews/{name}.png"))
        except ValueError:  # not among the files that were collected
            continue
    return ""


def _image(page: Page) -> str:
    image = getattr(page, "image", None)
    if image is None:
        return preview(getattr(page, "drawing", "") or HOUSE_DRAWING)
    return whole(image.get_rendition("fill-1200x630|format-jpeg").url)


def _translations(page: Page) -> tuple[Alternate, ...]:
    found = page.get_translations(inclusive=True).live().public().select_related("locale")
    by_language = {one.locale.language_code: one.url for one in found}
    known = [language for language in LANGUAGES if by_language.get(language)]
    return _with_default([Alternate(one, whole(by_language[one])) for one in known])


def _with_default(alternates: list[Alternate]) -> tuple[Alternate, ...]:
    """Add the first as the one for everybody who reads neither language."""
    if len(alternates) < 2:
        return ()
    return (*alternates, Alternate(DEFAULT, alternates[0].address))
