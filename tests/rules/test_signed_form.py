"""A form that comes without a cookie is taken only with our signature, and gives none back."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import timezone

from kleinverzet.accounts import traps
from kleinverzet.accounts.access import WroteAnyway, signed_form

STAMP = traps.fresh(timezone.now()).signed
BROKEN = {"nothing": "", "a guess": "bm9wZQ:1234", "another letter": STAMP[:-1] + "_"}
ELSEWHERE = {
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
    "typed": {"Sec-Fetch-Site": "none"},
    "another origin": {"Origin": "https://elsewhere.example"},
    "nowhere": {"Origin": "null"},
    "another port": {"Origin": "http://testserver:81"},
}


@pytest.mark.parametrize("stamp", BROKEN.values(), ids=BROKEN)
def test_a_form_without_our_signature_is_refused(stamp: str) -> None:
    with pytest.raises(PermissionDenied):
        _send(_answer, stamp=stamp)


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_form_from_another_site_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(PermissionDenied):
        _send(_answer, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}],
    ids=["nothing said", "our origin", "our page"],
)
def test_a_signed_form_from_our_own_page_is_taken(headers: dict[str, str]) -> None:
    assert _send(_answer, headers=headers).status_code == 200


def test_a_look_needs_no_signature() -> None:
    request = RequestFactory().get("/", headers={"Sec-Fetch-Site": "cross-site"})
    request.session = SessionStore()
    assert signed_form(_answer)(request).status_code == 200


def test_a_signed_form_that_sets_a_cookie_is_refused() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("planted", "1")
        return response

    with pytest.raises(WroteAnyway):
        _send(view)


def test_a_token_that_would_become_a_cookie_of_a_signed_form_is_refused() -> None:
    with pytest.raises(WroteAnyway):
        _send(lambda request: HttpResponse(get_token(request)))


def test_a_signed_form_that_changes_a_session_is_refused() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["planted"] = 1
        return HttpResponse()

    with pytest.raises(WroteAnyway):
        _send(view)


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _send(
    view: Callable[[HttpRequest], HttpResponse],
    *,
    stamp: str = STAMP,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    request = RequestFactory().post("/", {"stamp": stamp}, headers=headers or {})
    request.session = SessionStore()
    return signed_form(view)(request)
