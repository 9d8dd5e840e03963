"""A view that takes a form without the CSRF check is held to showing a page and no more."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from kleinverzet.accounts.access import WroteAnyway, only_shows
from tests.rules.test_writes_nothing import WRITES

READS_THAT_WRITE = [
    "SELECT nextval('planted_trace')",
    "SELECT 1 INTO planted_trace",
    "select * from planted_trace for update",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", [*WRITES, *READS_THAT_WRITE])
def test_a_statement_that_writes_never_reaches_the_database(statement: str) -> None:
    with pytest.raises(WroteAnyway):
        _visit(lambda request: _execute(statement))
    assert "planted_trace" not in connection.introspection.table_names()


@pytest.mark.django_db
def test_a_plain_read_is_let_through_so_that_it_may_know_who_is_signed_in() -> None:
    assert _visit(lambda request: _execute("SELECT 1")).status_code == 200


def test_a_changed_session_of_a_view_that_only_shows_is_refused() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["planted"] = 1
        return HttpResponse()

    with pytest.raises(WroteAnyway):
        _visit(view)


def test_a_cookie_of_its_own_is_refused() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("planted", "1")
        return response

    with pytest.raises(WroteAnyway):
        _visit(view)


def test_the_proof_for_the_form_that_it_shows_is_allowed() -> None:
    assert _visit(lambda request: HttpResponse(get_token(request))).status_code == 200


def _visit(view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    request = RequestFactory().post("/")
    request.session = SessionStore()
    return only_shows(view)(request)


def _execute(statement: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return HttpResponse()
