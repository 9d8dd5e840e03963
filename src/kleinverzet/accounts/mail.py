"""The mails of accounts: plain text, a neutral subject, and not a word about what somebody keeps.

Whoever looks over a shoulder at a list of mails learns nothing from them.
"""

from enum import StrEnum
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from kleinverzet import environment


class Kind(StrEnum):
    """Which mail; its texts lie in `templates/accounts/mail/`."""

    RESET = "password_reset"
    GUARDIAN = "guardian"
    ADDRESS = "email_confirmation"


# Every mail that allauth can send with our settings. A reset goes out by `reset`, and the rest is
# switched off; a test asks allauth for each of its mails and sees that no other one leaves.
OF_ALLAUTH = {
    "account/email/email_confirmation": Kind.ADDRESS,
    "account/email/email_confirmation_signup": Kind.ADDRESS,
}


def send(kind: Kind, *, to: str, language: str, **words: Any) -> None:
    """Hand a mail to the mail server.

    Args:
        kind: Which mail.
        to: One address.
        language: The reader's, "nl" or "en".
        words: What its texts name.

    Raises:
        OSError: If the mail server cannot be reached or will not take it.
    """
    with override(language):
        subject, body = (
            render_to_string(f"accounts/mail/{kind}_{part}.txt", words)
            for part in ("subject", "message")
        )
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to]).send()


def address(name: str, *, language: str, **parts: str) -> str:
    """Give the whole address of one of our pages, as a mail names it."""
    with override(language):
        return environment.read().origin + reverse(name, kwargs=parts)
