"""The forms of the second step, on top of allauth's: bounded, in our words, and hard to break.

What a browser sends of a passkey is a structure of its own making. Whatever is wrong with it, the
answer is a word beside the field and never a broken page.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kleinverzet.accounts import factors

LONGEST_NAME = 40
LONGEST_CODE = 40
# What taking apart a structure that is not a passkey's can raise.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


class CredentialField(forms.JSONField):
    """What a browser says of a passkey."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Give it as a dictionary."""
        with _understood():
            said = super().to_python(value)
        if not isinstance(said, dict):
            raise _incorrect()
        return said


class CodeForm(AuthenticateForm):
    """A code of the app, or a spare code."""

    code = forms.CharField(max_length=LONGEST_CODE)

    def clean_code(self) -> str:
        """Take a code once, for as long as it counts.

        allauth remembers a code for one period, and takes it for as many as the tolerance allows.
        """
        with _in_our_words():
            code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and _was_used(self.user.pk, code):
            raise _incorrect()
        return code

    def save(self) -> None:
        """Note that this step was taken, and not when."""
        super().save()
        factors.forget_visit(self.authenticator)


class AppForm(ActivateTOTPForm):
    """The first code of an app: the proof that it was set up."""

    code = forms.CharField(max_length=LONGEST_CODE)

    def clean_code(self) -> str:
        """Compare the code with the secret that the page showed."""
        with _in_our_words():
            return super().clean_code()


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey that answers."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """Give the passkey that signed."""
        with _in_our_words(), _understood():
            return super().clean_credential()

    def save(self) -> None:
        """Note that this step was taken, and not when."""
        super().save()
        factors.forget_visit(self.cleaned_data["credential"])


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey that was just made, and a name for it."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME)
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        """Check that the passkey was made for this page."""
        with _understood():
            return super().clean()


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(max_length=LONGEST_NAME)


@contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except ValidationError:
        raise
    except _BROKEN as error:
        raise _incorrect() from error


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        if getattr(error, "code", "") not in {"too_many_login_attempts", "rate_limited"}:
            raise
        words = _("Er is te vaak geprobeerd. Wacht vijf minuten en probeer het opnieuw.")
        raise ValidationError(words, code="too_often") from error


def _incorrect() -> ValidationError:
    return get_adapter().validation_error("incorrect_code")


def _was_used(person: Any, code: str) -> bool:
    digits = "".join(filter(str.isdigit, code))
    lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return not cache.add(f"accounts.factor.{person}.{digits}", True, timeout=lasts)
