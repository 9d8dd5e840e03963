"""The mails of accounts, and how any mail is handed over: plain text, and a neutral subject.

Whoever looks over a shoulder at a list of mails learns nothing from them. What a mail server says
is told in one of four words, so that whoever sends knows whether to try again.
"""

import logging
import smtplib
from contextlib import suppress
from email.utils import parseaddr
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from kleinverzet import environment

TEMPORARY = range(400, 500)

_log = logging.getLogger(__name__)


class Verdict(Enum):
    """What the mail server said. Only `NOT_NOW` is sure to have handed over nothing and to hope."""

    TAKEN = "taken"
    REFUSED = "refused"
    NOT_NOW = "not now"
    SILENT = "silent"


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


def headers(number: UUID) -> dict[str, str]:
    """Give the headers of a mail with a number; Django would name this machine in it."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return {"Message-ID": f"<{number}@{host}>", "Auto-Submitted": "auto-generated"}


def hand_over(mail: EmailMessage) -> Verdict:
    """Give a mail to the mail server; whatever goes wrong, say how sure we are of it."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        _log.warning("The mail server cannot be reached.", exc_info=True)
        return Verdict.NOT_NOW
    try:
        connection.send_messages([mail])
    except Exception as fault:
        _log.warning("The mail server did not take a mail.", exc_info=True)
        return _judged(fault)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return Verdict.TAKEN


def _judged(fault: Exception) -> Verdict:
    match fault:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _text in fault.recipients.values()]
        case smtplib.SMTPResponseException():
            codes = [fault.smtp_code]
        case _:
            return Verdict.SILENT  # it broke off halfway: it may have been taken
    return Verdict.NOT_NOW if all(code in TEMPORARY for code in codes) else Verdict.REFUSED
