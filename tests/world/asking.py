"""Asks the program for pages as its server does: for what happens before Django hears of it.

answer = ask("/", HTTP_ACCEPT_ENCODING="br")
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from kleinverzet import serving

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ARTICLES, CONTACT, HOME = "/artikelen/", "/contact/", "/"


@dataclass(frozen=True)
class Answer:
    """What the server would send."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page, where it is not compressed."""
        return self.body.decode()

    @property
    def is_a_copy(self) -> bool:
        """Whether it came from the store, or was put there."""
        return "etag" in self.headers


def ask(path: str = HOME, method: str = "GET", **environ: Any) -> Answer:
    """Ask for a page; `environ` holds what else a request says."""
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> Any:
        said.append((status, headers))

    whole = {
        **RequestFactory(SERVER_NAME="localhost").generic(method, path).environ,
        "wsgi.input": io.BytesIO(),
        "HTTP_HOST": "localhost",
        **environ,
    }
    with _keeping_connections():
        answer = serving.application(whole, start)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    [(status, headers)] = said
    names = [name.lower() for name, _text in headers]
    assert len(names) == len(set(names)) or "set-cookie" in names, names
    return Answer(int(status[:3]), {name.lower(): text for name, text in headers}, body)


@contextmanager
def _keeping_connections() -> Iterator[None]:
    """Leave a test's connection open, with its transaction, as Django's client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
