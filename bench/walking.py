"""Walks the circle once over HTTP, so that every step can be asked for again."""

import http.client
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlencode

from bench.running import HOST

HOME = {"nl": "/", "en": "/en/"}
CIRCLE = {"nl": "/cirkel/", "en": "/en/circle/"}
LANGUAGES = tuple(CIRCLE)
STEPS = ("tension", "who", "situation", "act", "plan", "card")
# Brotli is what a browser asks of static files; for pages the program has gzip.
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "nl,en;q=0.8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Fields = Mapping[str, list[str]]
_WORDS = {
    "nl": ("een groep waarin je jezelf mag zijn", "Ze sturen een foto rond.", "mijn zus"),
    "en": ("a group where you can be yourself", "They pass a photo around.", "my sister"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the program answers with a page, named by that page."""

    name: str
    method: str
    path: str
    body: str = ""
    has: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers that a browser sends with it; `has` names what it kept from before."""
        kept = {"If-None-Match": self.has} if self.has else {}
        return HEADERS | (FORM if self.body else {}) | kept


@dataclass(slots=True)
class _Page(HTMLParser):
    """The form on a page: what it carries, what can be picked, and the text in its fields."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    body_class: str = ""
    _open: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field with its value."""
        found = {name: value or "" for name, value in attrs}
        if tag == "body":
            self.body_class = found.get("class", "")
        if tag == "textarea":
            self._open = found.get("name", "")
        if tag == "input" and "name" in found:
            self.fields.setdefault(found["name"], []).append(found.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Note the text of a textarea."""
        if self._open:
            self.fields.setdefault(self._open, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close a textarea."""
        if tag == "textarea":
            self._open = ""


def walk(port: int, language: str) -> list[Request]:
    """Give the request for every page, in order: home, the six steps, and the calendar file."""
    circle = CIRCLE[language]
    requests = [Request("home", "GET", HOME[language]), Request(STEPS[0], "GET", circle)]
    read(port, requests[0])
    fields = _fields(port, requests[1])
    for step, following in pairwise(STEPS):
        body = _body(fields, move="next", **_answers(step, fields, language))
        requests.append(Request(following, "POST", circle, body))
        fields = _fields(port, requests[-1])
    path = circle + {"nl": "agenda/", "en": "calendar/"}[language]
    body = _body(fields, moment="morning", sentence="on", title="")
    requests.append(Request("calendar", "POST", path, body))
    read(port, requests[-1])
    return requests


def read(port: int, request: Request, *, encoding: str = "identity") -> bytes:
    """Ask once; give the answer's body, and stop where the program refuses."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    headers = request.headers | {"Accept-Encoding": encoding}
    connection.request(request.method, request.path, request.body or None, headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        sys.exit(f"{request.method} {request.path} ({request.name}) was answered {answer.status}.")
    return body


def _fields(port: int, request: Request) -> Fields:
    """Ask for a step; give its form's fields, and stop where another page came."""
    page = _Page()
    page.feed(read(port, request).decode())
    if f"p-{request.name}" not in page.body_class.split():
        sys.exit(f"Asked for the step {request.name!r}, but {page.body_class!r} came.")
    return page.fields


def _answers(step: str, fields: Fields, language: str) -> dict[str, str | list[str]]:
    """Answer a step as somebody would, with what its page offers."""
    yes, words, beside = _WORDS[language]
    match step:
        case "tension":
            return {"tension": "3", "setting": "online", "presser": "group", "pressure": "everyone"}
        case "who":
            return {"values": fields["values"][:2], "yes": yes}
        case "situation":
            return {"safe": "unsure", "helps": "yes", "words": words}
        case "act":
            return {"act": fields["act"][1], "own": "", "beside": beside}
        case _:
            return {"when": fields["when"][0], "then": fields["then"][0]}


def _body(fields: Fields, **answers: str | list[str]) -> str:
    return urlencode({"carried": fields["carried"][0], **answers}, doseq=True)
