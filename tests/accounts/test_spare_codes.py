"""Spare codes: for who comes without their phone or key."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from kleinverzet.accounts import factors
from tests.accounts.stepping import (
    STEP,
    begin,
    codes_on,
    is_in,
    prove,
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
