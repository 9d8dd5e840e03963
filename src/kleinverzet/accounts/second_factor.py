"""The pages of the second step: an app, passkeys, spare codes, and the step itself at signing in.

They are allauth's views with our templates. Changing anything takes the passphrase once more (see
`proof`); the step itself stands between the passphrase and being signed in, so it is open to all
and finds out from the session whose login is waiting.
"""

import json
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ListWebAuthnView,
    RemoveWebAuthnView,
)
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from kleinverzet.accounts import factors, qr
from kleinverzet.accounts.views import Faulty
from kleinverzet.vault import session

OVERVIEW = "accounts_safety"


class StepView(AuthenticateView):
    """The second step at signing in: a code or a passkey."""

    template_name = "accounts/factor_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Begin anew where the step was taken off elsewhere; allauth would lead in circles."""
        if _has_nothing_to_wait_for(request):
            _leave(request)
            return redirect("account_login")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the step again, as 422."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what this person set up, and what a passkey is asked to sign."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["factors"] = factors.of(self.stage.login.user)
        context["options"] = json.dumps(context["js_data"]["request_options"])
        return context


def begin_anew(request: HttpRequest) -> HttpResponse:
    """Leave the second step for the first page of signing in, by a press only."""
    if request.method == "POST" and not request.user.is_authenticated:
        _leave(request)
    return redirect("account_login")


def _leave(request: HttpRequest) -> None:
    """Forget the login that waits, and shut the vault that waits with it."""
    session.of(request).lock()
    clear_login(request)


def _has_nothing_to_wait_for(request: HttpRequest) -> bool:
    """Tell whether a login waits for a step or a person that somebody took away meanwhile."""
    stage = None
    if not request.user.is_authenticated:
        stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return False
    person = stage.login.user
    return person is None or not factors.of(person).is_on


class AppView(Faulty, ActivateTOTPView):
    """Sets up an app: a picture to scan, the same in letters, and its first code."""

    template_name = "accounts/factor_app.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to the overview where an app was set up already, as after a second press."""
        if factors.of(request.user).has_app:
            return redirect(OVERVIEW)
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except IntegrityError:
            return redirect(OVERVIEW)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the secret in the three ways that an app can take it."""
        context = super(ActivateTOTPView, self).get_context_data(**kwargs)
        secret = context["form"].secret
        person: Any = self.request.user
        address = get_adapter().build_totp_url(person, secret)
        groups = [secret[n : n + 4] for n in range(0, len(secret), 4)]
        return {**context, "address": address, "qr": qr.draw(address), "groups": groups}


class AppOffView(Faulty, DeactivateTOTPView):
    """Takes an app off."""

    template_name = "accounts/factor_app_off.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether a passkey remains."""
        return {**super().get_context_data(**kwargs), "factors": factors.of(self.request.user)}


class CodesView(ViewRecoveryCodesView):
    """Shows the spare codes once, and afterwards only how many are left."""

    template_name = "accounts/factor_codes.html"


class NewCodesView(Faulty, GenerateRecoveryCodesView):
    """Makes new spare codes in place of the ones before."""

    template_name = "accounts/factor_codes_new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to the overview where there is no second step to make codes for."""
        if not factors.of(request.user).is_on:
            return redirect(OVERVIEW)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class PasskeysView(ListWebAuthnView):
    """Lists the passkeys."""

    template_name = "accounts/factor_passkeys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give them as their owner knows them."""
        return {**super().get_context_data(**kwargs), "factors": factors.of(self.request.user)}


class NewPasskeyView(Faulty, AddWebAuthnView):
    """Adds a passkey."""

    template_name = "accounts/factor_passkey_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what the browser needs to make one, and the form with what was wrong in it."""
        context = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or self.get_form()
        context["options"] = json.dumps(context["js_data"]["creation_options"])
        return context

    def get_success_url(self) -> str:
        """Lead to the spare codes where they were just made, else to the list."""
        name = "view_recovery_codes" if self.did_generate_recovery_codes else "list_webauthn"
        return reverse(f"mfa_{name}")


class PasskeyNameView(Faulty, EditWebAuthnView):
    """Gives a passkey another name."""

    template_name = "accounts/factor_passkey_name.html"


class PasskeyOffView(RemoveWebAuthnView):
    """Takes a passkey off."""

    template_name = "accounts/factor_passkey_off.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one, and what remains."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "passkey": self.object, "factors": factors.of(self.request.user)}


def overview(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the overview, where allauth would show one of its own."""
    return redirect(OVERVIEW)
