"""The mails of accounts: ours only, plain text, in their reader's language, quiet subjects."""

from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account import app_settings
from django.core import mail as outbox

from kleinverzet.accounts import mail
from kleinverzet.accounts.adapter import Adapter
from kleinverzet.accounts.mail import Kind
from tests.owners import make_owner

pytestmark = pytest.mark.django_db

FOLDER = Path(allauth.__file__).parent / "templates"
OF_ALLAUTH = sorted(
    str(path.relative_to(FOLDER)).removesuffix("_subject.txt")
    for path in FOLDER.rglob("email/*_subject.txt")
)
WORDS = {"link": "http://localhost:8000/hier/", "until": None}


def test_there_are_mails_of_allauth_to_hold_back() -> None:
    assert "account/email/password_changed" in OF_ALLAUTH
    assert set(mail.OF_ALLAUTH) <= set(OF_ALLAUTH)


@pytest.mark.parametrize("prefix", sorted(set(OF_ALLAUTH) - set(mail.OF_ALLAUTH)))
def test_no_other_mail_of_allauth_leaves_the_house(prefix: str) -> None:
    context = {"user": make_owner().person, "activate_url": "http://localhost:8000/hier/"}
    with pytest.raises(KeyError):
        Adapter().send_mail(prefix, "pippa@example.org", context)
    assert not outbox.outbox


@pytest.mark.parametrize("prefix", sorted(mail.OF_ALLAUTH))
def test_those_that_can_leave_are_ours(prefix: str) -> None:
    context = {"user": make_owner().person, "activate_url": "http://localhost:8000/hier/"}
    Adapter().send_mail(prefix, "pippa@example.org", context)
    (sent,) = outbox.outbox
    assert "Klein Verzet" in sent.body
    assert "http://localhost:8000/hier/" in sent.body


def test_what_would_send_the_others_is_switched_off() -> None:
    assert not app_settings.EMAIL_NOTIFICATIONS
    assert not app_settings.EMAIL_UNKNOWN_ACCOUNTS
    assert not app_settings.LOGIN_BY_CODE_ENABLED
    assert not app_settings.PASSWORD_RESET_BY_CODE_ENABLED
    assert not app_settings.UNIQUE_EMAIL


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_mail_is_plain_text_with_its_link_and_one_line_of_subject(
    kind: Kind, language: str
) -> None:
    mail.send(kind, to="pippa@example.org", language=language, **WORDS)
    (sent,) = outbox.outbox
    whole: Any = sent.message()
    assert whole.get_content_type() == "text/plain"
    assert "http://localhost:8000/hier/" in sent.body
    assert sent.subject == " ".join(sent.subject.split())
    assert "&#" not in sent.body
    assert not [word for word in ("kluis", "vault", "wachtzin") if word in sent.subject.lower()]


def test_an_address_leads_to_the_house_however_the_request_named_it() -> None:
    link = mail.address("accounts_guardian", language="nl", token="abc")
    assert link == "http://localhost:8000/ouder/abc/"
