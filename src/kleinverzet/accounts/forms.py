"""The forms of signing up, signing in, and coming back without one's passphrase.

They stand on allauth's where allauth has one. No field with a secret in it is ever filled in again.
"""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.fields import SetPasswordField
from allauth.core import context, ratelimit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_variables

from kleinverzet import environment
from kleinverzet.accounts import addresses, age, faults, guardians, naming, passphrase, reset
from kleinverzet.accounts.models import Person
from kleinverzet.vault import slots

EMPTY = gettext_lazy("Vul hier iets in.")
NO_MAIL = gettext_lazy("Dit lijkt geen e-mailadres. Kijk of er een @ en een punt in staan.")
NO_YEAR = gettext_lazy("Vul een jaar in, met vier cijfers.")
NOT_THE_CODE = gettext_lazy("Deze code hoort niet bij je kluis. Kijk nog eens naar elke groep.")


class LoginForm(allauth_forms.LoginForm):
    """A name and a passphrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_what_is_empty(self, "login", "password")

    def clean_login(self) -> str:
        """Give the name as it was spelled when it was chosen."""
        return naming.spelled(self.cleaned_data["login"])


class SignupForm(allauth_forms.SignupForm):
    """A name of one's own choosing, a passphrase, and e-mail only if one wants it.

    A birth year is asked where the operator's setting needs it; it decides, and is not kept.

    Attributes:
        is_refused: Whether somebody may be too young for an account here.
    """

    is_refused = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_what_is_empty(self, "username", "password1")
        self.fields["email"].error_messages["invalid"] = NO_MAIL
        young = environment.read().young
        if young != "service":
            this_year = timezone.localdate().year
            self.fields["birth_year"] = forms.IntegerField(
                min_value=age.EARLIEST,
                max_value=this_year,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), NO_YEAR
                ),
            )
        if young == "guardian":
            self.fields["guardian_email"] = forms.EmailField(
                required=False, error_messages={"invalid": NO_MAIL}
            )

    def clean(self) -> dict[str, Any]:
        """Decide by the birth year, and let go of it."""
        data: dict[str, Any] = super().clean()
        year = data.pop("birth_year", None)
        is_young = year is not None and age.may_be_younger(year, timezone.localdate())
        if not is_young:
            data.pop("guardian_email", None)
        elif "guardian_email" not in self.fields:
            self.is_refused = True
            self.add_error("birth_year", gettext("Een account kan hier vanaf 16 jaar."))
        elif "guardian_email" in data:
            self._check_guardian(data)
        return data

    def save(self, request: HttpRequest) -> Any:
        """Make the account; in one go with its wait for a guardian, where it has to."""
        with transaction.atomic():
            person = super().save(request)
            if guardian := self.cleaned_data.get("guardian_email"):
                guardians.ask(person, guardian)
        return person

    def _check_guardian(self, data: dict[str, Any]) -> None:
        fault = ""
        if not data["guardian_email"]:
            fault = gettext("Vul het e-mailadres van je ouder of voogd in.")
        elif data["guardian_email"].lower() == data.get("email"):
            fault = gettext("Dit is je eigen adres. We zoeken dat van je ouder of voogd.")
        elif not self.errors and not ratelimit.consume(
            context.request, action="guardian", key=data["guardian_email"].lower()
        ):
            fault = str(faults.FAULTS["rate_limited"])
        if fault:
            self.add_error("guardian_email", fault)


class AskResetForm(allauth_forms.ResetPasswordForm):
    """An address to send a link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_what_is_empty(self, "email")
        self.fields["email"].error_messages["invalid"] = NO_MAIL

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Let the link be sent where the address was confirmed; a mistyped one opens nothing."""
        reset.ask_by_mail(addresses.people_at(self.cleaned_data["email"]))
        return str(self.cleaned_data["email"])


class ResetForm(allauth_forms.ResetPasswordKeyForm):
    """A new passphrase after a reset by mail: with the recovery code, or with an empty vault."""

    code = forms.CharField(required=False, max_length=80)
    anew = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        if self.user is not None and not slots.has_code(self.user):
            del self.fields["code"]
        _say_what_is_empty(self, "password1")

    def clean(self) -> dict[str, Any]:
        """See that somebody who brings no code knows what that means."""
        data: dict[str, Any] = super().clean()
        if data.get("code") or data.get("anew"):
            return data
        fault = gettext("Zet hier een vinkje als je zo verder wilt.")
        if "code" in self.fields:
            fault = gettext("Vul je herstelcode in, of zet hier een vinkje als je die niet hebt.")
        self.add_error("anew", fault)
        return data

    @sensitive_variables()
    def save(self) -> bool:
        """Set the passphrase; say whether the code was theirs, where they brought one."""
        data = self.cleaned_data
        if not data.get("code"):
            slots.begin_anew(self.user, data["password1"])
            return True
        is_theirs = slots.change_by_code(self.user, data["code"], data["password1"])
        if not is_theirs:
            self.add_error("code", NOT_THE_CODE)
        return is_theirs


class CodeForm(forms.Form):
    """A name, its recovery code and a new passphrase, for who comes back without a mail."""

    name = forms.CharField(max_length=40)
    code = forms.CharField(max_length=80)
    password1 = forms.CharField(max_length=passphrase.LONGEST, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_what_is_empty(self, "name", "code", "password1")

    def clean_name(self) -> str:
        """Give the name as it was spelled when it was chosen."""
        return naming.spelled(self.cleaned_data["name"])

    def clean_password1(self) -> str:
        """See that it is strong; beside the typed name, whether anybody has it or not."""
        chosen = str(self.cleaned_data["password1"])
        validate_password(chosen, Person(name=self.cleaned_data.get("name", "")))
        return chosen


class ChangeForm(forms.Form):
    """The passphrase in use, and the one to come."""

    oldpassword = forms.CharField(max_length=passphrase.LONGEST, strip=False)
    password1 = SetPasswordField()

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = person  # type: ignore[attr-defined]
        _say_what_is_empty(self, "oldpassword", "password1")


def _say_what_is_empty(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].error_messages["required"] = EMPTY
