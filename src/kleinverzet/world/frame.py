"""What stands around every public page: the menu, the practice, and the other language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from kleinverzet import environment
from kleinverzet.world import targets
from kleinverzet.world.practice import Practice

if TYPE_CHECKING:
    from kleinverzet.world.reading import Reading

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu."""

    title: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language; its address is whole."""

    language: str
    address: str


def around(page: "Reading", request: HttpRequest) -> dict[str, Any]:
    """Give the context of a Wagtail page."""
    others = {
        other.locale.language_code: other.url
        for other in page.get_translations(inclusive=True).live().select_related("locale")
    }
    other = "nl" if get_language() == "en" else "en"
    return {
        **plain(request.path),
        **({"other_url": others[other]} if others.get(other) else {"other_url": _front(other)}),
        "alternates": [
            Alternate(language, whole(others[language]))
            for language in LANGUAGES
            if others.get(language)
        ],
        "canonical": whole(request.path),
    }


def plain(path: str) -> dict[str, Any]:
    """Give the context of a page that the program makes itself."""
    return {
        "practice": Practice.load(),
        "menu": menu(path),
        "appointment": targets.address("appointment"),
        "articles_address": targets.address("articles"),
        "canonical": whole(path),
        "origin": environment.read().origin,
    }


def menu(path: str) -> list[Item]:
    """Give the pages that an editor put in the menu, in the language in use."""
    found = Page.objects.live().filter(show_in_menus=True, locale=targets.locale(), depth=3)
    return [
        Item(page.title, page.url, path.startswith(page.url))
        for page in found.order_by("path")
        if page.url
    ]


def whole(address: str) -> str:
    """Give an address with the site's own name before it."""
    return f"{environment.read().origin}{address}"


def _front(language: str) -> str:
    return "/en/" if language == "en" else "/"
