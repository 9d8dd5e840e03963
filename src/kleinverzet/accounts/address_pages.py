"""The pages of the optional e-mail address: giving it, changing it, confirming it, taking it back.

A link in a mail only shows a page; a press on that page confirms.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from kleinverzet.accounts import addresses
from kleinverzet.accounts.access import for_its_owner, open_to_all
from kleinverzet.accounts.proof import needs_proof

MAIN_PAGE = "account_email"


class AddressForm(forms.Form):
    """One address."""

    email = forms.EmailField(
        max_length=254,
        error_messages={"invalid": _("Dit lijkt geen e-mailadres. Kijk het nog eens na.")},
    )


@for_its_owner
def page(request: HttpRequest) -> HttpResponse:
    """Show what somebody gave; a form changes it."""
    return _change(request) if request.method == "POST" else _show(request, AddressForm())


@open_to_all
@never_cache
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Show which address a mailed link is about; a press confirms it."""
    email = addresses.waiting_for(key)
    if request.method == "POST" and addresses.confirm(key):
        return render(request, "accounts/email_confirmed.html", {"email": email})
    status = 200 if email else 410
    return render(request, "accounts/email_confirm.html", {"email": email}, status=status)


@needs_proof
def _change(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    match request.POST.get("move"):
        case "remove":
            addresses.remove(person)
            return redirect(MAIN_PAGE)
        case "again":
            return _mailed(request, AddressForm(), addresses.mail_again)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    email = form.cleaned_data["email"]
    return _mailed(request, form, partial(addresses.give, email=email))


def _mailed(request: HttpRequest, form: AddressForm, mail: Callable[..., None]) -> HttpResponse:
    """Mail, and say what came of it."""
    try:
        mail(request, request.user)
    except addresses.TooMany:
        fault = gettext("Er is net al een paar keer gemaild. Wacht een uur en probeer het opnieuw.")
        return _show(request, form, fault=fault, status=429)
    except addresses.NotSent:
        fault = gettext("De mail kon nu niet weg. Je adres staat er nog. Probeer het zo nog eens.")
        return _show(request, form, fault=fault, status=503)
    return redirect(MAIN_PAGE)


def _show(
    request: HttpRequest, form: AddressForm, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {"mailbox": addresses.of(request.user), "form": form, "fault": fault}
    return render(request, "accounts/email.html", context, status=status)
