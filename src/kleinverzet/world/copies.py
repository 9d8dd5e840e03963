"""Copies of public pages, kept ready for the next reader in the memory of each process.

Everyone may read what is kept here: it is what Django answered to somebody without a session. A
copy belongs to the edition that was out before it was made, and is served only while that very
edition is out; so nobody gets a page that was changed, nor one from before it was withdrawn. Asking
for the number each time is what makes this exact, also beside other processes.
"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cache
from http import HTTPStatus
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from kleinverzet.world import counting, current, encodings, robots
from kleinverzet.world.encodings import Encoding

R = TypeVar("R", bound=HttpResponse)
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Django = Callable[[Environ, Start], Any]

# Stands in the surroundings of a request whose answer may become a copy.
ASKED = "kleinverzet.copy"
MOST = 1000
MOST_BYTES = 32 * 1024 * 1024
# What a copy says for itself, in each form.
_OWN = {"content-length", "content-encoding", "etag", "cache-control", "vary"}
# A browser asks each time whether its page is still the one, which costs a few hundred bytes.
_ALWAYS = [("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding, Cookie")]
_NOT_FOR_ALL = ("private", "no-store")


class Key(NamedTuple):
    """What an answer to somebody without a session depends on, but for the edition."""

    host: str
    scheme: tuple[str, str]
    path: str
    days: counting.Days


@dataclass(frozen=True, slots=True)
class Form:
    """A copy in one encoding, with its headers; `unchanged` are those of a 304."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: list[bytes]


@dataclass(frozen=True, slots=True)
class Copy:
    """An answer in every form, and the page that it shows."""

    forms: dict[Encoding, Form]
    page: int | None

    @property
    def size(self) -> int:
        """How many bytes its bodies take."""
        return sum(len(form.body[0]) for form in self.forms.values())


class Store:
    """The copies of one edition; those of an older one are dropped at the first word of a newer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._empty(0)

    def look(self, number: int, key: Key) -> Copy | None:
        """Give the copy that was made under this very edition."""
        with self._lock:
            if number > self._number:
                self._empty(number)
            return self._copies.get(key) if number == self._number else None

    def keep(self, number: int, key: Key, copy: Copy) -> None:
        """Keep a copy, unless a newer edition has come out."""
        with self._lock:
            if number != self._number or copy.size > MOST_BYTES:
                return
            self._size += copy.size - self._drop(key)
            self._copies[key] = copy
            while len(self._copies) > MOST or self._size > MOST_BYTES:
                self._size -= self._drop(next(iter(self._copies)))

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing at all."""
        return not self._copies

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._empty(0)

    def _empty(self, number: int) -> None:
        self._number, self._size = number, 0
        self._copies: dict[Key, Copy] = {}

    def _drop(self, key: Key) -> int:
        copy = self._copies.pop(key, None)
        return copy.size if copy else 0


class _Answer:
    """Hears what Django would say to the server."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


store = Store()


def mark(response: R) -> R:
    """Say that an answer is the same for everyone; what an editor tries out is not."""
    if not getattr(getattr(response, "_request", None), "is_preview", False):
        response.is_public = True  # type: ignore[attr-defined]
    return response


def is_public(response: HttpResponseBase) -> bool:
    """Tell whether an answer is a page that is the same for everyone."""
    return response.status_code == HTTPStatus.OK and getattr(response, "is_public", False)


def count(response: HttpResponseBase, day: date) -> None:
    """Count that somebody reads the page in an answer."""
    if page := _page(response):
        counting.tally.add(page, day)


def may_serve(environ: Environ) -> bool:
    """Tell whether a request is one that a copy could answer."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("QUERY_STRING")
        and environ.get("CONTENT_LENGTH", "0") in ("", "0")
        and _limits().are_met(environ)
        and not settings.DEBUG
    )


@dataclass(frozen=True, slots=True)
class _Limits:
    """Where copies end: at addresses of files, and at cookies that the program itself reads."""

    is_on: bool
    files: tuple[str, ...]
    cookies: tuple[str, ...]

    def are_met(self, environ: Environ) -> bool:
        if not self.is_on or environ["PATH_INFO"].startswith(self.files):
            return False
        cookies = environ.get("HTTP_COOKIE")
        # Part of another name will do too: then Django answers, which is never wrong.
        return not cookies or not any(name in cookies for name in self.cookies)


@cache
def _limits() -> _Limits:
    if not apps.is_installed("kleinverzet.world"):
        # A bench serves a Django without any of this.
        return _Limits(is_on=False, files=(), cookies=())
    from kleinverzet.vault import session

    return _Limits(
        is_on=True,
        files=(settings.STATIC_URL, settings.MEDIA_URL),
        cookies=(f"{settings.SESSION_COOKIE_NAME}=", f"{session.cookie_name()}=", "messages="),
    )


def answer(
    environ: Environ, start: Start, django: Django, turn: AbstractContextManager[object]
) -> Iterable[bytes]:
    """Answer with a copy; where there is none, let Django answer and keep a copy of that.

    Args:
        environ: The request, one that `may_serve`.
        start: The server's own `start_response`.
        django: Answers a request.
        turn: What a thread enters before it computes.
    """
    days = counting.calendar.days()
    key = _key(environ, days)
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    copy = _find(key)
    if copy is None:
        with turn:
            # Whoever had the turn before may have made it.
            made = _find(key) or _ask(environ, key, start, django)
        if not isinstance(made, Copy):
            return made
        copy = made
    return _give(copy.forms[encodings.chosen(accepted)], copy.page, environ, start, days.today)


def _find(key: Key) -> Copy | None:
    """Give the copy that belongs to the edition that is out now, at this very moment."""
    try:
        return store.look(current.edition(), key) if current.is_settled() else None
    except Exception:
        # Django will say what is wrong with the database, or answer without it.
        return None


def _ask(environ: Environ, key: Key, start: Start, django: Django) -> Copy | Iterable[bytes]:
    """Let Django answer; give a copy of that, or the answer itself where it is not for all."""
    number = _number() if environ["REQUEST_METHOD"] == "GET" else None
    if number is None:
        return django(environ, start)
    environ[ASKED] = True
    heard = _Answer()
    response = django(environ, heard)
    if not _is_for_all(response, heard.headers):
        start(heard.status, heard.headers)
        return response
    copy = _made(response, heard.headers)
    response.close()
    store.keep(number, key, copy)
    return copy


def _number() -> int | None:
    """Give the number under which a page may be kept that is made from now on."""
    try:
        return current.edition() if current.is_settled() else None
    except Exception:
        return None


def _is_for_all(response: Any, headers: Headers) -> bool:
    if not is_public(response) or response.streaming:
        return False
    said = {name.lower(): text.lower() for name, text in headers}
    return "set-cookie" not in said and not any(
        word in said.get("cache-control", "") for word in _NOT_FOR_ALL
    )


def _made(response: HttpResponse, headers: Headers) -> Copy:
    """Make a copy in every form of what Django answered."""
    kept = [(name, text) for name, text in headers if name.lower() not in _OWN]
    # The headers too: whoever has a page from under other rules is to get it anew. The rules of
    # the content policy come in an order that differs from one process to the next.
    rules = sorted((name, sorted(text.split("; "))) for name, text in kept)
    digest = hashlib.sha256(repr(rules).encode() + response.content).hexdigest()[:20]
    forms = {encoding: _form(response.content, encoding, digest, kept) for encoding in Encoding}
    return Copy(forms, _page(response))


def _form(plain: bytes, encoding: Encoding, digest: str, kept: Headers) -> Form:
    body = encodings.squeeze(plain, encoding)
    is_plain = encoding is Encoding.PLAIN
    etag = f'"{digest}"' if is_plain else f'"{digest}-{encoding}"'
    unchanged = [("ETag", etag), *_ALWAYS]
    own = [] if is_plain else [("Content-Encoding", str(encoding))]
    length = [("Content-Length", str(len(body)))]
    return Form(etag, [*kept, *unchanged, *own, *length], unchanged, [body])


def _give(
    form: Form, page: int | None, environ: Environ, start: Start, today: date
) -> Iterable[bytes]:
    if _has(environ.get("HTTP_IF_NONE_MATCH"), form.etag):
        start("304 Not Modified", form.unchanged)
        return []
    start("200 OK", form.headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        return []
    if page and robots.is_reader(environ):
        counting.tally.add(page, today)
    return form.body


def _has(asked: str | None, etag: str) -> bool:
    """Tell whether a client has this very form already, by what it says in If-None-Match."""
    if not asked:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    return etag in tags or tags == ["*"]


def _page(response: Any) -> int | None:
    """Give the number of the page that an answer shows, where it shows one."""
    page = (getattr(response, "context_data", None) or {}).get("page")
    return getattr(page, "pk", None)


def _key(environ: Environ, days: counting.Days) -> Key:
    scheme = (environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", ""))
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return Key(host, scheme, environ["PATH_INFO"], days)
