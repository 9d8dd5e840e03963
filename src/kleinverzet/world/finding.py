"""Looking for a page by its words.

The words travel in the body of a form and never in an address, so they stand in no history and no
log, and nothing of them is kept. Read is what everybody may read: pages that are published, in the
language in use.

The index is the database's own (FTS5 in SQLite, a text vector in PostgreSQL). Wagtail renews a
page's line in it a few seconds after the page was saved, by a task in the background; what is no
longer published is left out at once, for that is asked of the page itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from kleinverzet.accounts.access import only_shows, open_to_all
from kleinverzet.ui import errors
from kleinverzet.world import frame, targets

LONGEST = 100
MOST_WORDS = 8
SHORTEST_WORD = 2
MOST_PAGES = 20
# How many characters of a page are shown on either side of a word.
AROUND = 90
# Letters and digits. Whatever a database could take for an operator stays outside.
_WORD = re.compile(r"[^\W_]+")
_ENDS = (".", "?", "!", ":", "…", "’", ")")


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of text, and whether it is what was looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, with a bit of its text where that has one of the words."""

    title: str
    address: str
    lead: str
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        hits: The pages, the best first.
        is_partly: Whether no page has all of the words, and these have some.
    """

    hits: tuple[Hit, ...] = ()
    is_partly: bool = False


@open_to_all
@only_shows
def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was found where words were sent with it."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return errors.not_allowed(request, "GET, HEAD, POST")
    asked = request.POST.get("words", "")
    fault = _fault(asked) if request.method == "POST" else ""
    is_asked = request.method == "POST" and not fault
    context = {
        **frame.plain(request.path),
        "head": None,
        "asked": asked.replace("\0", "")[: 2 * LONGEST],
        "longest": LONGEST,
        "fault": fault,
        "found": find(asked) if is_asked else None,
    }
    return render(request, "world/search.html", context, status=422 if fault else 200)


def find(asked: str) -> Found:
    """Find pages in the language in use that have all of the words, else some of them.

    The last word may be the beginning of one.

    Args:
        asked: What somebody typed; quotes, operators and other signs in it mean nothing.
    """
    words = _words(asked)
    if not words:
        return Found()
    pages = _pages(words, "and")
    is_partly = not pages and len(words) > 1
    if is_partly:
        pages = _pages(words, "or")
    return Found(tuple(_hit(page, words) for page in pages), is_partly and bool(pages))


def _fault(asked: str) -> str:
    if len(asked) > LONGEST:
        return gettext("Dat is te lang om op te zoeken. Een paar woorden is genoeg.")
    if not any(len(word) >= SHORTEST_WORD for word in _words(asked)):
        return gettext("Typ een woord van minstens twee letters.")
    return ""


def _words(asked: str) -> list[str]:
    composed = unicodedata.normalize("NFC", asked[:LONGEST])
    return _WORD.findall(composed)[:MOST_WORDS]


def _pages(words: Sequence[str], operator: str) -> list[Page]:
    """Ask the index; its own compiler, told that the last word may go on."""
    backend: Any = get_search_backend()
    compiler = type("Beginning", (backend.query_compiler_class,), {"LAST_TERM_IS_PREFIX": True})
    readable = Page.objects.live().public().filter(locale=targets.locale(), depth__gt=1)
    query = PlainText(" ".join(words), operator=operator)
    results = backend.results_class(backend, compiler(readable, query))[:MOST_PAGES]
    return [page.specific for page in results]


def _hit(page: Page, words: Sequence[str]) -> Hit:
    return Hit(
        title=page.title,
        address=page.url or "",
        lead=getattr(page, "lead", ""),
        snippet=_snippet(_text(page), words),
    )


def _text(page: Page) -> str:
    body = getattr(page, "body", None)
    if not body:
        return ""
    parts = [" ".join(part.split()) for part in body.stream_block.get_searchable_content(body)]
    return _joined(part for part in parts if part)


def _joined(parts: Iterable[str]) -> str:
    """Put texts after one another; a heading that ran on would read as part of what follows."""
    whole = ""
    for part in parts:
        runs_on = not whole or whole.endswith(_ENDS) or part[0].islower()
        whole += ("" if not whole else " " if runs_on else " · ") + part
    return whole


def _snippet(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Give the text around the first word that it has; nothing where it has none."""
    places = list(_places(text, words))
    if not places:
        return ()
    first = places[0].start()
    start = text.rfind(" ", 0, max(0, first - AROUND)) + 1 if first > AROUND else 0
    end = text.find(" ", first + AROUND)
    end = len(text) if end < 0 else end
    shown = [place for place in places if place.start() >= start and place.end() <= end]
    return tuple(_pieces(text, start, end, shown))


def _places(text: str, words: Sequence[str]) -> Iterator[re.Match[str]]:
    wanted = [re.escape(_plain(word)) + r"\b" for word in words[:-1]]
    wanted.append(re.escape(_plain(words[-1])) + r"\w*")
    return re.finditer(r"\b(?:" + "|".join(wanted) + ")", _plain(text))


def _plain(text: str) -> str:
    """Give a text in small letters without accents, every sign still in its place."""
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[0] for sign in text)


def _pieces(text: str, start: int, end: int, places: list[re.Match[str]]) -> Iterator[Piece]:
    at = start
    end = len(text[:end].rstrip(" ·"))
    if start:
        yield Piece("… ", is_found=False)
    for place in places:
        yield Piece(text[at : place.start()], is_found=False)
        yield Piece(text[place.start() : place.end()], is_found=True)
        at = place.end()
    yield Piece(text[at:end] + (" …" if end < len(text) else ""), is_found=False)
