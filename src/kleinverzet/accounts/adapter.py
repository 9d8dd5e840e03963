"""How allauth's flows are told about vaults: made at sign-up, opened at login, shut at logout."""

from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows import reauthentication
from allauth.account.internal.stagekit import clear_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from kleinverzet.accounts import codes, faults, guardians, mail, naming, presence
from kleinverzet.vault import session, slots


class Adapter(DefaultAccountAdapter):
    """allauth's hooks for accounts."""

    error_messages = {**DefaultAccountAdapter.error_messages, **faults.FAULTS}

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Give a name in one spelling of its accents, with single blanks."""
        return str(super().clean_username(naming.spelled(username), shallow=shallow))

    @sensitive_variables("form")
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Make the account and its vault together, and hold the vault until the login is done."""
        data = form.cleaned_data
        user.name, user.email = data["username"], data.get("email") or ""
        user.language = get_language() or "nl"
        user.set_unusable_password()
        with transaction.atomic():
            user.save()
            keys = slots.set_up(user, data["password1"])
        session.of(request).bring(keys)
        return user

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Turn back who waits for a guardian, and shut what their passphrase brought."""
        if guardians.is_waiting(user):
            session.of(request).lock()
            clear_login(request)
            if not more["signup"]:
                guardians.write_again(request, user)
            return redirect("accounts_waiting")
        response: HttpResponse | None = super().pre_login(request, user, **more)
        return response

    def post_login(
        self, request: HttpRequest, user: Any, *, redirect_url: str | None, **more: Any
    ) -> HttpResponse:
        """Lead who has no recovery code to the page that makes one, and from there onward."""
        if not codes.is_kept(user):
            # They typed their passphrase a moment ago: making the code asks for no other.
            reauthentication.reauthenticate_by_password(request)
            onward = f"?{urlencode({'next': redirect_url})}" if redirect_url else ""
            redirect_url = reverse("accounts_code") + onward
        response: HttpResponse = super().post_login(
            request, user, redirect_url=redirect_url, **more
        )
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign somebody in, and open what their passphrase brought."""
        super().login(request, user)
        presence.note(request, user)
        session.of(request).settle(user)

    def logout(self, request: HttpRequest) -> None:
        """Shut the vault here, then sign out."""
        session.of(request).lock()
        presence.forget(request)
        super().logout(request)

    def add_message(self, *_: Any, **__: Any) -> None:
        """Say nothing between two pages: ours say what happened where it happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our mails in the place of allauth's, in its reader's language.

        Raises:
            KeyError: If allauth would send a mail that is none of ours.
        """
        kind, person = mail.OF_ALLAUTH[template_prefix], context["user"]
        mail.send(kind, to=email, language=person.language, link=context["activate_url"])

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Send the mail that confirms an address; an account is made also without mail server.

        Raises:
            OSError: If it is no sign-up, and the mail server will not take it.
        """
        borne = (OSError,) if signup else ()
        with suppress(*borne):
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Give the link that confirms an address, in the language of whose address it is."""
        person = emailconfirmation.email_address.user
        return mail.address(
            "account_confirm_email", language=person.language, key=emailconfirmation.key
        )

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Give nothing: no mail of ours says what device somebody uses."""
        return ""
