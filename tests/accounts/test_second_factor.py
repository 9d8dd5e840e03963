"""A second step at signing in: an app, spare codes, and what happens to the vault meanwhile."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from kleinverzet.accounts import factors
from kleinverzet.vault.models import Session
from tests.accounts.stepping import (
    STEP,
    begin,
    code_for,
    codes_on,
    is_in,
    later,
    prove,
    secret_on,
    set_up_app,
    vault_is_open,
    visitor,
)
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Owner:
    return make_owner()


@pytest.fixture
def client(owner: Owner) -> Client:
    """A browser that is signed in and has just proved the passphrase."""
    client = signed_in(visitor(), owner)
    prove(client, owner)
    return client


def test_it_is_off_until_somebody_turns_it_on(owner: Owner) -> None:
    assert not factors.of(owner.person).is_on
    client = visitor()
    assert begin(client, owner).status_code == 302
    assert is_in(client)


def test_the_first_code_of_an_app_turns_it_on_and_brings_spare_codes(
    owner: Owner, client: Client
) -> None:
    set_up_app(client)
    assert factors.of(owner.person) == factors.Factors(has_app=True, passkeys=(), spare=10)
    page = client.get("/veiligheid/").content.decode()
    assert "Na je wachtzin vragen we een code uit je app." in page
    assert "Je hebt nog 10 reservecodes." in page


def test_a_wrong_first_code_turns_nothing_on_and_keeps_the_secret(
    owner: Owner, client: Client
) -> None:
    secret = secret_on(client.get("/veiligheid/app/"))
    answer = client.post("/veiligheid/app/", {"code": "000000"})
    assert answer.status_code == 422
    assert secret_on(answer) == secret
    assert not factors.of(owner.person).is_on


def test_a_second_press_sets_up_nothing_twice(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    answer = client.post("/veiligheid/app/", {"code": code_for(secret)})
    assert answer["Location"] == "/veiligheid/"
    assert Authenticator.objects.filter(user=owner.person, type="totp").count() == 1


def test_an_app_learns_the_name_and_never_the_address(owner: Owner, client: Client) -> None:
    owner.person.email = "pippa@example.org"
    owner.person.save()
    page = client.get("/veiligheid/app/").content.decode()
    assert "otpauth://totp/Pippa%20Pluis?" in page
    assert "pippa%40example" not in page


def test_no_secret_lies_readable_in_the_database(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    spare = codes_on(client.get("/veiligheid/reservecodes/"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
    assert secret not in stored
    assert not [code for code in spare if code in stored]
    assert "mfa.totp.secret" not in client.session


@pytest.mark.parametrize("path", ["/veiligheid/", "/apparaten/", "/e-mail/", "/veiligheid/app/"])
def test_after_the_passphrase_alone_no_page_of_ones_own_opens(
    owner: Owner, client: Client, path: str
) -> None:
    set_up_app(client)
    elsewhere = visitor()
    assert begin(elsewhere, owner)["Location"] == STEP
    answer = elsewhere.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")
    assert Session.objects.filter(person=owner.person, is_pending=True).exists()


def test_the_right_code_signs_in_and_opens_the_vault(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    assert elsewhere.post(STEP, {"code": code_for(secret)}).status_code == 302
    assert vault_is_open(elsewhere)


def test_a_wrong_code_lets_nobody_in(owner: Owner, client: Client) -> None:
    set_up_app(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    answer = elsewhere.post(STEP, {"code": "000000"})
    assert answer.status_code == 422
    assert "Deze code klopt niet." in answer.content.decode()
    assert not is_in(elsewhere)


def test_after_five_minutes_the_step_still_counts_and_the_vault_stays_shut(
    owner: Owner, client: Client
) -> None:
    secret = set_up_app(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    pending = Session.objects.get(person=owner.person, is_pending=True)
    pending.opened_at -= timedelta(minutes=5, seconds=1)
    pending.save()
    assert elsewhere.post(STEP, {"code": code_for(secret)}).status_code == 302
    assert is_in(elsewhere)
    assert not vault_is_open(elsewhere)
    assert elsewhere.get("/oude-kluis/").status_code == 423
    elsewhere.post("/oude-kluis/", {"passphrase": owner.passphrase, "resume": "get"})
    assert vault_is_open(elsewhere)


def test_nobody_gets_to_the_step_without_a_passphrase(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    elsewhere = visitor()
    answer = elsewhere.post(STEP, {"code": code_for(secret)})
    assert answer["Location"] == "/inloggen/"
    assert not is_in(elsewhere)


@pytest.mark.parametrize("seconds", [0, 31, 59])
def test_a_code_counts_once(
    owner: Owner, client: Client, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    secret = set_up_app(client)
    later(monkeypatch, -(time.time() % 30))
    code = code_for(secret)
    first, second = visitor(), visitor()
    begin(first, owner)
    assert first.post(STEP, {"code": code}).status_code == 302
    later(monkeypatch, seconds)
    begin(second, owner)
    assert second.post(STEP, {"code": code}).status_code == 422
    assert not is_in(second)


def test_the_clock_of_a_phone_may_be_half_a_minute_off(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    for ago, status in ((-3, 422), (3, 422), (-1, 302)):
        elsewhere = visitor()
        begin(elsewhere, owner)
        assert elsewhere.post(STEP, {"code": code_for(secret, ago=ago)}).status_code == status


def test_codes_cannot_be_guessed(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    for n in range(5):
        elsewhere = visitor()
        begin(elsewhere, owner)
        elsewhere.post(STEP, {"code": f"{n:06}"})
    begin(elsewhere, owner)
    answer = elsewhere.post(STEP, {"code": code_for(secret)})
    assert answer.status_code == 422
    assert "te vaak geprobeerd" in answer.content.decode()
    assert not is_in(elsewhere)


def test_beginning_anew_leaves_no_login_and_no_vault_behind(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    elsewhere.get("/inloggen/opnieuw/")
    assert Session.objects.filter(person=owner.person, is_pending=True).exists()
    assert elsewhere.post("/inloggen/opnieuw/")["Location"] == "/inloggen/"
    assert not Session.objects.filter(person=owner.person, is_pending=True).exists()
    assert elsewhere.get("/inloggen/").status_code == 200
    assert elsewhere.post(STEP, {"code": code_for(secret)})["Location"] == "/inloggen/"
    assert not is_in(elsewhere)


def test_beginning_anew_signs_nobody_out(owner: Owner, client: Client) -> None:
    client.post("/inloggen/opnieuw/")
    assert vault_is_open(client)


@pytest.mark.parametrize("path", [STEP, "/inloggen/"])
def test_a_step_that_was_taken_off_elsewhere_leads_back_to_the_door(
    owner: Owner, client: Client, path: str
) -> None:
    set_up_app(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    client.post("/veiligheid/app/uit/")
    answer = elsewhere.get(path, follow=True)
    assert answer.redirect_chain[-1] == ("/inloggen/", 302)
    assert answer.status_code == 200
    begin(elsewhere, owner)
    assert is_in(elsewhere)


def test_an_account_that_ended_meanwhile_leads_back_to_the_door(
    owner: Owner, client: Client
) -> None:
    secret = set_up_app(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    owner.person.delete()
    assert elsewhere.get(STEP)["Location"] == "/inloggen/"
    begin(elsewhere, owner)
    assert elsewhere.post(STEP, {"code": code_for(secret)})["Location"] == "/inloggen/"
    assert not is_in(elsewhere)


def test_nothing_tells_when_a_second_step_was_used(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    spare = codes_on(client.get("/veiligheid/reservecodes/"))[0]
    for code in (code_for(secret), spare):
        elsewhere = visitor()
        begin(elsewhere, owner)
        assert elsewhere.post(STEP, {"code": code}).status_code == 302
    assert not Authenticator.objects.exclude(last_used_at=None).exists()


def test_an_export_names_the_steps_and_no_secret(owner: Owner, client: Client) -> None:
    set_up_app(client)
    told = list(factors.export(owner.person))
    assert [step["kind"] for step in told] == ["totp", "recovery_codes"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", step["since"]) for step in told)
    assert {name for step in told for name in step} == {"kind", "name", "since"}


def test_the_steps_end_with_the_account(owner: Owner, client: Client) -> None:
    set_up_app(client)
    owner.person.delete()
    assert not Authenticator.objects.exists()


def test_no_view_of_allauth_is_reachable_that_has_no_page_of_ours() -> None:
    resolver = get_resolver()
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    theirs = {name for name in names if name.startswith(("account_", "mfa_"))}
    unused = {
        "account_inactive",
        "account_set_password",
        "account_signup_by_passkey",
        "mfa_download_recovery_codes",
        "mfa_login_webauthn",
        "mfa_signup_webauthn",
        "mfa_trust",
    }
    assert "mfa_authenticate" in theirs
    assert not theirs & unused
