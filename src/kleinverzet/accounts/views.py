"""The pages of signing up, signing in and signing out.

`me` builds on the first two, to keep a circle on the way: with a template of its own that takes in
`accounts/sign_up_fields.html` or `accounts/sign_in_fields.html`.
"""

from typing import Any

from allauth.account import views as allauth_views
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormMixin

from kleinverzet.accounts import faults, guardians
from kleinverzet.accounts.access import open_to_all


class Faulty(FormMixin[Any]):
    """Says in its status that a form was not taken."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, as 422."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class ShowPage(TemplateView):
    """Shows a page that says the same to everyone."""


class LoginPage(Faulty, allauth_views.LoginView):
    """Asks for a name and a passphrase.

    `form.user` is who proved theirs; None where their account waits for a guardian, so that nothing
    is kept in it until then.
    """

    template_name = "accounts/sign_in.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign them in, or lead them on to the second step."""
        response: HttpResponse = super().form_valid(form)
        if guardians.is_waiting(form.user):
            form.user = None
        return response


class SignupPage(Faulty, allauth_views.SignupView):
    """Makes an account and its vault.

    `self.user` is whose; None where it waits for a guardian.
    """

    template_name = "accounts/sign_up.html"
    user: Any = None

    def form_valid(self, form: Any) -> HttpResponse:
        """Make it; of two who take the same name at the same moment, one hears that it is taken."""
        try:
            response: HttpResponse = super().form_valid(form)
        except IntegrityError:
            form.add_error("username", faults.FAULTS["username_taken"])
            return self.form_invalid(form)
        if guardians.is_waiting(self.user):
            self.user = None
        return response


class LogoutPage(allauth_views.LogoutView):
    """Asks whether to sign out, and does so by POST only."""

    template_name = "accounts/sign_out.html"


@open_to_all
def waiting(request: HttpRequest) -> HttpResponse:
    """Say that an account waits for a parent or guardian; the same page for everyone."""
    return render(request, "accounts/waiting.html")


@open_to_all
def too_many(request: HttpRequest) -> HttpResponse:
    """429: a door was knocked on too often."""
    return render(request, "accounts/too_many.html", status=429)
