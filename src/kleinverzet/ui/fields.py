"""Fields for what people type to others: a line, a text, and one e-mail address and no more."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address

# One plain address: nothing that could end a line of a mail's head, or begin a second address.
_ADDRESS = re.compile(r"[^\s\"<>()\[\],;:\\@]+@[^\s\"<>()\[\],;:\\@]+")
_NEW_LINE = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


class Line(forms.CharField):
    """One line: whatever would break it becomes a space, and signs that nobody sees go."""

    def to_python(self, value: Any) -> str:
        """Give the line."""
        return _visible(" ".join(str(value or "").split()), kept="").strip()


class Letter(forms.CharField):
    """Lines of text, each ending alike."""

    def to_python(self, value: Any) -> str:
        """Give the text."""
        return _visible(_NEW_LINE.sub("\n", str(value or "")), kept="\n\t").strip()


class Address(forms.EmailField):
    """One e-mail address that a mail can name."""

    def clean(self, value: Any) -> str:
        """Give the address.

        Raises:
            ValidationError: If it is none, or one that no mail can be sent to.
        """
        address = str(super().clean(value))
        if address and not (_ADDRESS.fullmatch(address) and _can_be_named(address)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


def _visible(text: str, kept: str) -> str:
    """Leave out signs that control a machine and that nobody sees, and halves of signs."""
    return "".join(
        sign for sign in text if sign in kept or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def _can_be_named(address: str) -> bool:
    try:
        sanitize_address(("", address), "utf-8")
    except ValueError:
        return False
    return True
