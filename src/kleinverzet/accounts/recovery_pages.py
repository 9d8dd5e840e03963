"""The pages for who lost their passphrase, and for the code that lets them come back.

No page tells whether a name or an address belongs to anybody.
"""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.flows import logout
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from kleinverzet.accounts import codes, faults, presence, reset
from kleinverzet.accounts.access import for_its_owner, open_to_all
from kleinverzet.accounts.forms import AskResetForm, CodeForm
from kleinverzet.accounts.models import Person
from kleinverzet.accounts.proof import needs_proof
from kleinverzet.accounts.transport import only_safely
from kleinverzet.accounts.unlocking import needs_vault
from kleinverzet.accounts.views import Faulty
from kleinverzet.vault import slots
from kleinverzet.vault.keys import Keys

UNPROCESSABLE = 422
DONE = "account_reset_password_from_key_done"


class LostPage(Faulty, allauth_views.PasswordResetView):
    """Shows the two ways back, and takes the address for the one by mail."""

    template_name = "accounts/lost.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the form of the other way too."""
        return {**super().get_context_data(**kwargs), "code_form": CodeForm()}


class LinkPage(Faulty, allauth_views.PasswordResetFromKeyView):
    """Takes a new passphrase from who followed the link in their mail."""

    template_name = "accounts/lost_link.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, with the code or with an empty vault, and sign out everywhere."""
        person = self.reset_user
        if form.cleaned_data.get("code") and not ratelimit.consume(
            self.request, action="code", key=person.name.lower()
        ):
            form.add_error("code", faults.FAULTS["too_many_login_attempts"])
            return self.form_invalid(form)
        if not form.save():
            return self.form_invalid(form)
        _sign_out_everywhere(self.request, person)
        return redirect(DONE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose account it is, to who holds their mail."""
        return {**super().get_context_data(**kwargs), "person": self.reset_user}


@open_to_all
@only_safely
@sensitive_post_parameters("code", "password1")
def by_code(request: HttpRequest) -> HttpResponse:
    """Take a name, its code and a new passphrase."""
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return redirect("account_reset_password")
    if form.is_valid() and _set_by_code(request, form):
        return redirect(DONE)
    context = {"form": AskResetForm(), "code_form": form}
    return render(request, "accounts/lost.html", context, status=UNPROCESSABLE)


@for_its_owner
def code_page(request: HttpRequest) -> HttpResponse:
    """Say what the recovery code is, and take a group that was typed over."""
    context = {"has_code": codes.is_kept(request.user), **_onward(request)}
    if request.method != "POST":
        return render(request, "accounts/code.html", context)
    proof, fault = request.POST.get("proof", ""), ""
    try:
        codes.confirm(request.user, proof, request.POST.get("code", ""))
        return render(request, "accounts/code_kept.html", context)
    except codes.Superseded:
        fault = _("Je hebt intussen een nieuwere code gemaakt. Deze werkt niet meer.")
        return render(request, "accounts/code.html", {**context, "fault": fault}, status=422)
    except codes.NotThis:
        return _ask_again(request, proof, context)


@needs_proof
@needs_vault
@sensitive_variables("shown")
def new_code(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Make a code and show it, this once."""
    if request.method != "POST":
        return redirect("accounts_code")
    shown = codes.make(request.user, keys)
    context = {"groups": shown.groups, "asked": shown.asked, "proof": shown.proof}
    return render(request, "accounts/code_shown.html", {**context, **_onward(request)})


@needs_vault
@sensitive_post_parameters("oldpassword")
def old_vault(request: HttpRequest, keys: Keys) -> HttpResponse:
    """Bring back what an older vault holds, with the passphrase or code that it had."""
    until = slots.waiting_until(request.user)
    if request.method != "POST" or until is None:
        return render(request, "accounts/old_vault.html", {"until": until})
    if not ratelimit.consume(request, action="code", key=str(request.user.pk)):
        fault = str(faults.FAULTS["too_many_login_attempts"])
    elif slots.reclaim(request.user, keys, request.POST.get("oldpassword", "")):
        return render(request, "accounts/old_vault.html", {"is_back": True})
    else:
        fault = _(
            "Dit is niet de wachtzin of de code die je toen had. Probeer het gerust nog eens."
        )
    context = {"until": until, "fault": fault}
    return render(request, "accounts/old_vault.html", context, status=UNPROCESSABLE)


@sensitive_variables()
def _set_by_code(request: HttpRequest, form: CodeForm) -> bool:
    data = form.cleaned_data
    if not ratelimit.consume(request, action="code", key=data["name"].lower()):
        form.add_error(None, faults.FAULTS["too_many_login_attempts"])
        return False
    person = reset.by_code_of(data["name"], data["code"], data["password1"])
    if person is None:
        form.add_error(None, _("Deze naam en code horen niet bij elkaar. Kijk nog eens goed."))
        return False
    _sign_out_everywhere(request, person)
    return True


def _sign_out_everywhere(request: HttpRequest, person: Person) -> None:
    """Leave nobody signed in who may know the passphrase of before, here included."""
    logout.logout(request)
    presence.sign_out_elsewhere(request, person)


def _ask_again(request: HttpRequest, proof: str, context: dict[str, Any]) -> HttpResponse:
    """Ask for the same group once more; the code itself is not shown again, it is not known."""
    try:
        context |= {"asked": codes.asked_in(proof), "proof": proof}
        fault = _("Dat is een andere groep dan we vroegen. Kijk nog eens op je papier.")
    except codes.NotThis:
        fault = _("Deze bladzijde is te oud. Maak een nieuwe code.")
    context["fault"] = fault
    return render(request, "accounts/code_again.html", context, status=UNPROCESSABLE)


def _onward(request: HttpRequest) -> dict[str, str]:
    """Say where to go from the code: on with what somebody was doing, else to their own page."""
    onward = get_next_redirect_url(request) or ""
    return {"next": onward, "onward": onward or resolve_url(settings.LOGIN_REDIRECT_URL)}
