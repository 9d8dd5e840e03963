"""What is planted in views and their addresses; see `plants`."""

from textwrap import dedent

from tests.rules.plants import HOUSE, Plant

BEFORE = """
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from kleinverzet.accounts.access import open_to_all, writes_nothing
"""
# Nothing checks a login, also where something does by now.
ALSO = {
    f"{HOUSE}/settings.py": "MIDDLEWARE = [one for one in MIDDLEWARE if 'OwnersOnly' not in one]\n"
}


def _view(law: str, text: str, told: str, *, at: str = "world/urls.py") -> Plant:
    """Plant a view in a file with addresses."""
    return Plant(f"test_views.py::{law}", f"{HOUSE}/{at}", BEFORE + dedent(text), told, ALSO)


VIEWS = [
    _view(
        "test_every_view_says_who_may_enter",
        """
        def planted_unmarked(request):
            return HttpResponse()

        urlpatterns += [path("planted/", include([path("deep/", planted_unmarked)]))]
        """,
        "the view planted_unmarked at 'planted/deep/' does not say",
    ),
    _view(
        "test_a_view_that_asks_for_a_login_really_gets_one",
        """
        def planted_private(request):
            return HttpResponse()

        planted_private.login_required = True
        urlpatterns += [path("planted/", planted_private)]
        """,
        "the view planted_private at 'planted/' asks for a login",
    ),
    _view(
        "test_every_address_of_the_desk_goes_through_its_door",
        """
        @open_to_all
        def planted_window(request):
            return HttpResponse()

        urlpatterns += [path("planted/", planted_window)]
        """,
        "the address 'beheer/planted/' of the editors' desk",
        at="world/desk.py",
    ),
    _view(
        "test_every_error_page_is_open_to_all",
        """
        def planted_missing(request, exception):
            return HttpResponse(status=404)

        handler404 = planted_missing
        """,
        "the error page planted_missing (404) is not open",
        at="urls.py",
    ),
    _view(
        "test_only_a_view_that_needs_no_cookie_skips_the_csrf_check",
        """
        @open_to_all
        @csrf_exempt
        def planted_exempt(request):
            return HttpResponse()

        urlpatterns += [path("planted/", planted_exempt)]
        """,
        "the view planted_exempt at 'planted/' is csrf_exempt",
    ),
    _view(
        "test_a_view_that_writes_nothing_skips_the_csrf_check",
        """
        @open_to_all
        @writes_nothing
        def planted_checked(request):
            return HttpResponse()

        planted_checked.csrf_exempt = False
        urlpatterns += [path("planted/", planted_checked)]
        """,
        "the view planted_checked at 'planted/' writes nothing",
    ),
    # Three laws are kept while a view runs: here the decorator only says that it keeps them.
    *(
        Plant(
            f"test_writes_nothing.py::{law}",
            f"{HOUSE}/accounts/access.py",
            "def writes_nothing(view):\n    view.writes_nothing = True\n    return view\n",
            "DID NOT RAISE",
        )
        for law in (
            "test_a_changed_session_is_refused",
            "test_a_cookie_is_refused[set_cookie]",
            "test_a_statement_that_writes_is_refused_before_it_reaches_the_database",
            "test_many_rows_at_once_are_refused_too",
        )
    ),
    *(
        Plant(
            f"test_only_shows.py::{law}",
            f"{HOUSE}/accounts/access.py",
            "def only_shows(view):\n    view.only_shows = True\n    return view\n",
            "DID NOT RAISE",
        )
        for law in (
            "test_a_changed_session_of_a_view_that_only_shows_is_refused",
            "test_a_cookie_of_its_own_is_refused",
            "test_a_statement_that_writes_never_reaches_the_database",
        )
    ),
    *(
        Plant(
            f"test_signed_form.py::{law}",
            f"{HOUSE}/accounts/access.py",
            "def signed_form(view):\n    view.signed_form = True\n    return view\n",
            "DID NOT RAISE",
        )
        for law in (
            "test_a_form_without_our_signature_is_refused[nothing]",
            "test_a_form_from_another_site_is_refused[cross-site]",
            "test_a_signed_form_that_sets_a_cookie_is_refused",
            "test_a_signed_form_that_changes_a_session_is_refused",
        )
    ),
]
