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
    prove,
    secret_on,
    set_up_app,
    vault_is_open,
    visitor,
)
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

CHANGES = (
    "/veiligheid/app/",
    "/veiligheid/reservecodes/",
    "/veiligheid/reservecodes/nieuw/",
    "/veiligheid/passkeys/nieuw/",
)


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


def test_spare_codes_are_shown_once(client: Client) -> None:
    set_up_app(client)
    assert len(codes_on(client.get("/veiligheid/reservecodes/"))) == 10
    again = client.get("/veiligheid/reservecodes/")
    assert codes_on(again) == []
    assert "Je hebt nog 10 codes." in again.content.decode()


def test_new_spare_codes_replace_the_ones_before(owner: Owner, client: Client) -> None:
    set_up_app(client)
    before = codes_on(client.get("/veiligheid/reservecodes/"))
    assert client.post("/veiligheid/reservecodes/nieuw/").status_code == 302
    after = codes_on(client.get("/veiligheid/reservecodes/"))
    assert len(after) == 10
    assert not set(before) & set(after)
    elsewhere = visitor()
    begin(elsewhere, owner)
    assert elsewhere.post(STEP, {"code": before[0]}).status_code == 422
    assert elsewhere.post(STEP, {"code": after[0]}).status_code == 302


def test_there_are_no_spare_codes_without_a_second_step(owner: Owner, client: Client) -> None:
    assert client.post("/veiligheid/reservecodes/nieuw/")["Location"] == "/veiligheid/"
    assert client.get("/veiligheid/reservecodes/").status_code == 404
    assert not Authenticator.objects.filter(user=owner.person).exists()


def test_turning_the_app_off_takes_the_spare_codes_along(owner: Owner, client: Client) -> None:
    set_up_app(client)
    assert client.post("/veiligheid/app/uit/").status_code == 302
    assert not Authenticator.objects.filter(user=owner.person).exists()
    elsewhere = visitor()
    begin(elsewhere, owner)
    assert is_in(elsewhere)


@pytest.mark.parametrize("path", CHANGES)
def test_changing_it_takes_the_passphrase_once_more(owner: Owner, path: str) -> None:
    client = signed_in(visitor(), owner)
    for answer in (client.get(path), client.post(path, {"code": "123456"})):
        assert answer.status_code == 403
        assert "Ben jij het?" in answer.content.decode()
    assert not Authenticator.objects.filter(user=owner.person).exists()


def test_proving_leads_back_to_the_page_and_opens_the_vault(owner: Owner) -> None:
    client = signed_in(visitor(), owner, vault_open=False)
    assert not vault_is_open(client)
    sent = {"passphrase": owner.passphrase, "resume": "get"}
    answer = client.post("/veiligheid/app/", sent)
    assert answer["Location"] == "/veiligheid/app/"
    assert client.get("/veiligheid/app/").status_code == 200
    assert vault_is_open(client)


def test_a_wrong_passphrase_proves_nothing(owner: Owner) -> None:
    client = signed_in(visitor(), owner)
    answer = client.post("/veiligheid/app/", {"passphrase": "niet de goede zin"})
    assert answer.status_code == 403
    assert "Dat is niet je wachtzin." in answer.content.decode()
    assert client.get("/veiligheid/app/").status_code == 403


def test_a_proof_lasts_five_minutes(
    owner: Owner, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/veiligheid/app/").status_code == 200
    _later(monkeypatch, 301)
    assert client.get("/veiligheid/app/").status_code == 403


def test_the_passphrase_cannot_be_guessed_on_the_page_that_asks_for_proof(owner: Owner) -> None:
    client = signed_in(visitor(), owner)
    for _ in range(10):
        client.post("/veiligheid/app/", {"passphrase": "niet de goede zin"})
    answer = client.post("/veiligheid/app/", {"passphrase": owner.passphrase})
    assert answer.status_code == 403
    assert "te vaak geprobeerd" in answer.content.decode()


def test_proving_never_leads_to_another_site(owner: Owner) -> None:
    client = signed_in(visitor(), owner)
    sent = {"passphrase": owner.passphrase}
    answer = client.post("/veiligheid/wachtzin/?next=https://elders.example/", sent)
    assert answer["Location"] == "/veiligheid/"


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


@pytest.mark.parametrize("later", [0, 31, 59])
def test_a_code_counts_once(
    owner: Owner, client: Client, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    secret = set_up_app(client)
    _later(monkeypatch, -(time.time() % 30))
    code = code_for(secret)
    first, second = visitor(), visitor()
    begin(first, owner)
    assert first.post(STEP, {"code": code}).status_code == 302
    _later(monkeypatch, later)
    begin(second, owner)
    assert second.post(STEP, {"code": code}).status_code == 422
    assert not is_in(second)


def test_the_clock_of_a_phone_may_be_half_a_minute_off(owner: Owner, client: Client) -> None:
    secret = set_up_app(client)
    for ago, status in ((-3, 422), (3, 422), (-1, 302)):
        elsewhere = visitor()
        begin(elsewhere, owner)
        assert elsewhere.post(STEP, {"code": code_for(secret, ago=ago)}).status_code == status


def test_a_spare_code_signs_in_once(owner: Owner, client: Client) -> None:
    set_up_app(client)
    spare = codes_on(client.get("/veiligheid/reservecodes/"))[3]
    first, second = visitor(), visitor()
    begin(first, owner)
    assert first.post(STEP, {"code": f"{spare[:4]} {spare[4:]}"}).status_code == 302
    assert vault_is_open(first)
    begin(second, owner)
    assert second.post(STEP, {"code": spare}).status_code == 422
    assert factors.of(owner.person).spare == 9


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
    assert elsewhere.get("/inloggen/opnieuw/").status_code == 405
    assert elsewhere.post("/inloggen/opnieuw/")["Location"] == "/inloggen/"
    assert not Session.objects.filter(person=owner.person, is_pending=True).exists()
    assert elsewhere.get("/inloggen/").status_code == 200
    assert elsewhere.post(STEP, {"code": code_for(secret)})["Location"] == "/inloggen/"
    assert not is_in(elsewhere)


def test_beginning_anew_signs_nobody_out(owner: Owner, client: Client) -> None:
    client.post("/inloggen/opnieuw/")
    assert vault_is_open(client)


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


def _later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let time pass for whoever asks what time it is."""
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + seconds)
