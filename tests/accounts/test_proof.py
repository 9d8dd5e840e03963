"""Giving the passphrase once more before how one signs in is changed."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.stepping import (
    later,
    prove,
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
    later(monkeypatch, 301)
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
