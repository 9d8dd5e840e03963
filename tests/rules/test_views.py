"""Every view says who may enter, and only one that needs no cookie skips the CSRF check."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.utils.module_loading import import_string

from tests.rules import house

View = Callable[..., Any]

HANDLERS = (400, 403, 404, 500)


def test_every_view_says_who_may_enter() -> None:
    house.hold(
        house.fault(
            house.place_of(view),
            f"the view {_name(view)} at {address!r} does not say who may enter",
            "mark it with open_to_all from accounts.access, or set login_required = True",
        )
        for address, view in _views()
        if getattr(view, "login_required", None) not in {True, False}
    )


def test_a_view_that_asks_for_a_login_really_gets_one() -> None:
    guards = [base.__name__ for name in settings.MIDDLEWARE for base in _bases(name)]
    house.hold(
        house.fault(
            house.place_of(view),
            f"the view {_name(view)} at {address!r} asks for a login and nothing checks it",
            "add Django's LoginRequiredMiddleware to MIDDLEWARE in settings.py",
        )
        for address, view in _views()
        if getattr(view, "login_required", None) is True
        if "LoginRequiredMiddleware" not in guards
    )


def test_every_address_of_the_desk_goes_through_its_door() -> None:
    # Wagtail's views ask for a right of their own; the house's door stands before all of them.
    house.hold(
        house.fault(
            house.place_of(view),
            f"the address {address!r} of the editors' desk is not behind its door",
            "put it under the addresses that world/desk.py puts behind desk_door",
        )
        for address, view in _views()
        if address.startswith(settings.DESK.lstrip("/"))
        if not getattr(view, "is_behind_the_door", False)
    )


def test_every_error_page_is_open_to_all() -> None:
    house.hold(
        house.fault(
            house.place_of(view),
            f"the error page {_name(view)} ({which}) is not open to all",
            "mark it with open_to_all from accounts.access",
        )
        for which, view in _error_pages()
        if getattr(view, "login_required", None) is not False
    )


def test_only_a_view_that_needs_no_cookie_skips_the_csrf_check() -> None:
    house.hold(
        house.fault(
            house.place_of(view),
            f"the view {_name(view)} at {address!r} is csrf_exempt and may write",
            "mark it with writes_nothing, only_shows or signed_form from accounts.access, or drop "
            "csrf_exempt",
        )
        for address, view in (*_views(), *_error_pages())
        if getattr(view, "csrf_exempt", False) and not _needs_no_cookie(view)
    )


def test_a_view_that_writes_nothing_skips_the_csrf_check() -> None:
    house.hold(
        house.fault(
            house.place_of(view),
            f"the view {_name(view)} at {address!r} writes nothing and still checks for CSRF",
            "use the decorator writes_nothing itself, outside of any other that drops its marks",
        )
        for address, view in (*_views(), *_error_pages())
        if getattr(view, "writes_nothing", False) and not getattr(view, "csrf_exempt", False)
    )


def _needs_no_cookie(view: View) -> bool:
    marks = ("writes_nothing", "only_shows", "signed_form")
    return any(getattr(view, mark, False) for mark in marks)


def _views(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, View]]:
    """Give every address with its view, those of included patterns too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, address)
        else:
            yield address, pattern.callback


def _error_pages() -> Iterator[tuple[str, View]]:
    for status in HANDLERS:
        yield str(status), get_resolver().resolve_error_handler(status)
    yield "CSRF", import_string(settings.CSRF_FAILURE_VIEW)


def _bases(middleware: str) -> tuple[type, ...]:
    found = import_string(middleware)
    return found.__mro__ if isinstance(found, type) else ()


def _name(view: View) -> str:
    return getattr(view, "__qualname__", repr(view))
