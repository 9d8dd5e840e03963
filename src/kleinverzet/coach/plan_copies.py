"""Pages of planning that were made once, kept ready until anything turns or the minute ends.

Everyone may read what is kept here: a page on which nothing was typed yet, without a form. It is
kept in the memory of one process. Open times begin on whole minutes and notice counts in whole
minutes, so within a minute the clock alone changes nothing on such a page.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from kleinverzet.coach import turns
from kleinverzet.coach.turns import Turned

MOST = 300


class Moment(NamedTuple):
    """What all pages rest on that are kept at one time."""

    minute: datetime
    turned: Turned


class Address(NamedTuple):
    """What tells one page from another; its language stands in the path."""

    scheme: str
    host: str
    path: str


class Store:
    """The pages of one moment; those of another are dropped."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._moment: Moment | None = None
        self._pages: dict[Address, bytes] = {}

    def look(self, moment: Moment, address: Address) -> bytes | None:
        """Give the page that was made at this very moment."""
        with self._lock:
            return self._pages.get(address) if moment == self._moment else None

    def keep(self, moment: Moment, address: Address, page: bytes) -> None:
        """Keep a page, beside those of the same moment."""
        with self._lock:
            if moment != self._moment:
                self._moment, self._pages = moment, {}
            if len(self._pages) < MOST:
                self._pages[address] = page

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._moment, self._pages = None, {}


store = Store()


def ready(request: HttpRequest, now: datetime, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Give a page as it was made, or make it and keep it.

    The numbers are read before it is made: a change meanwhile is found out at the next look.
    """
    if request.GET or not turns.are_settled():
        return make()
    moment = Moment(now.replace(second=0, microsecond=0), turns.now())
    address = Address(request.scheme or "", request.get_host(), request.path)
    page = store.look(moment, address)
    if page is not None:
        return HttpResponse(page)
    response = make()
    if response.status_code == 200:
        store.keep(moment, address, response.content)
    return response
