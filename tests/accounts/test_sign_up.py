"""Making an account: a name of one's own choosing and a passphrase; nothing else is needed."""

import logging
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from kleinverzet.accounts.adapter import Adapter
from kleinverzet.accounts.models import Person
from kleinverzet.vault import slots
from tests.accounts import door
from tests.accounts.door import NAME, PASSPHRASE, SIGN_UP, browser, sign_up
from tests.owners import make_owner

pytestmark = pytest.mark.django_db


def test_a_name_and_a_passphrase_make_an_account_with_an_open_vault() -> None:
    client = browser()
    answer = sign_up(client)
    assert answer.status_code == 302
    person = Person.objects.get()
    assert (person.name, person.email) == (NAME, "")
    assert slots.open_with_passphrase(person, PASSPHRASE)
    assert door.is_signed_in(client)
    assert door.is_open(client)


def test_the_first_thing_after_it_is_the_recovery_code() -> None:
    assert sign_up(browser())["Location"] == door.CODE


def test_what_somebody_was_doing_waits_behind_the_recovery_code() -> None:
    assert sign_up(browser(), next="/cirkel/")["Location"] == "/herstelcode/?next=%2Fcirkel%2F"


def test_nobody_is_led_to_another_site() -> None:
    assert sign_up(browser(), next="https://evil.example/")["Location"] == door.CODE


@pytest.mark.parametrize("name", ["Pippa Pluis", "pippa pluis", "  Pippa   Pluis "])
def test_a_name_that_is_taken_is_said(name: str) -> None:
    make_owner()
    answer = sign_up(browser(), username=name)
    assert answer.status_code == 422
    assert "Deze naam is al bezet." in door.text(answer)
    assert Person.objects.count() == 1


def test_of_two_who_take_a_name_at_the_same_moment_one_hears_that_it_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_owner()
    # As the form finds it when the other is not there yet.
    monkeypatch.setattr(Adapter, "clean_username", lambda self, name, shallow=False: name)
    client = browser()
    answer = sign_up(client)
    assert answer.status_code == 422
    assert "Deze naam is al bezet." in door.text(answer)
    assert not door.is_signed_in(client)


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("x7 Kq", "Neem er een van minstens 10 tekens."),
        ("password123", "Deze wordt vaak gebruikt"),
        ("aaaaaaaaaaaa", "Deze wordt vaak gebruikt"),
        ("pippapluis1", "Dit is bijna je naam."),
        ("a b" * 67, "Houd het bij 200 tekens."),
    ],
)
def test_a_weak_passphrase_makes_no_account(passphrase: str, said: str) -> None:
    answer = sign_up(browser(), password1=passphrase)
    assert answer.status_code == 422
    assert said in door.text(answer)
    assert passphrase not in door.text(answer)
    assert not Person.objects.exists()


def test_an_empty_form_says_what_is_missing_and_keeps_the_rest() -> None:
    answer = sign_up(browser(), password1="")
    assert answer.status_code == 422
    assert "Vul hier iets in." in door.text(answer)
    assert f'value="{NAME}"' in door.text(answer)


def test_an_address_is_kept_and_asked_to_be_confirmed() -> None:
    sign_up(browser(), email="Pippa@Example.org")
    assert EmailAddress.objects.get().email == "pippa@example.org"
    assert not EmailAddress.objects.get().verified
    (sent,) = mail.outbox
    assert sent.to == ["pippa@example.org"]
    assert NAME not in sent.subject + sent.body


def test_a_mail_server_that_is_down_stands_in_nobodys_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    client = browser()
    assert sign_up(client, email="pippa@example.org").status_code == 302
    assert door.is_open(client)


def test_something_that_is_no_address_is_said() -> None:
    answer = sign_up(browser(), email="pippa at example")
    assert "Dit lijkt geen e-mailadres." in door.text(answer)
    assert not Person.objects.exists()


def test_two_people_may_share_an_address_and_neither_hears_of_the_other() -> None:
    sign_up(browser(), email="thuis@example.org")
    first = mail.outbox[0].body
    answer = sign_up(browser(), username="Otto Oever", email="thuis@example.org")
    assert answer["Location"] == door.CODE
    assert Person.objects.count() == 2
    assert "Pippa" not in first


def test_the_passphrase_is_in_no_page_row_mail_or_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = browser()
    answers = [sign_up(client, email="pippa@example.org"), client.get(door.CODE)]
    pages = "".join(map(door.text, answers))
    mails = "".join(sent.subject + sent.body for sent in mail.outbox)
    said = pages + mails + "".join(door.every_text()) + "".join(capfd.readouterr()) + caplog.text
    assert PASSPHRASE not in said
    assert NAME in said


def test_the_birth_year_is_kept_nowhere() -> None:
    before = set(door.every_text())  # the site's pages name years too
    sign_up(browser(), birth_year="1973")
    assert Person.objects.exists()
    told = [words for words in door.every_text() if words not in before]
    assert told
    assert not [words for words in told if re.search(r"\b1973\b", words)]


def test_knocking_too_often_gets_a_page_that_says_so() -> None:
    make_owner()
    client = browser()
    answers = [sign_up(client) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert "Even wachten" in door.text(answers[-1])
    assert reverse("me:circle") in door.text(answers[-1])


def test_the_pages_name_nobody_to_other_sites() -> None:
    page = door.text(browser().get(SIGN_UP))
    assert 'autocomplete="new-password"' in page
    assert "https://" not in page.split("<main")[1].split("</main>")[0]
