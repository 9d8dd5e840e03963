"""Another passphrase: what was kept stays, here one stays signed in, and nowhere else."""

from typing import Any

import pytest
from django.test import Client

from kleinverzet.accounts.models import Person, Presence
from kleinverzet.vault import slots
from tests.accounts import door
from tests.accounts.door import ANOTHER, CHANGE, PASSPHRASE, WRONG, browser
from tests.owners import make_owner, signed_in

pytestmark = pytest.mark.django_db


def change(client: Client, old: str = PASSPHRASE, new: str = ANOTHER) -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new})


def opened(passphrase: str) -> Any:
    return slots.open_with_passphrase(Person.objects.get(), passphrase)


def test_the_new_passphrase_opens_the_same_vault() -> None:
    owner = make_owner()
    answer = change(signed_in(browser(), owner))
    assert "Je nieuwe wachtzin is ingesteld" in door.text(answer)
    assert opened(ANOTHER) == owner.keys
    assert opened(PASSPHRASE) is None


def test_the_recovery_code_stays_the_same() -> None:
    owner = make_owner()
    code = door.give_code(owner)
    change(signed_in(browser(), owner))
    assert slots.open_with_code(Person.objects.get(), code) == owner.keys


def test_here_one_stays_signed_in_with_the_vault_open() -> None:
    client = signed_in(browser(), make_owner())
    change(client)
    assert door.is_signed_in(client)
    assert door.is_open(client)


def test_everywhere_else_one_is_signed_out_and_the_vault_shut() -> None:
    owner = make_owner()
    here, elsewhere = signed_in(browser(), owner), signed_in(browser(), owner)
    change(here)
    assert not door.is_signed_in(elsewhere)
    assert door.open_vaults() == 1
    assert Presence.objects.get().session_key == here.session.session_key


def test_a_vault_that_is_shut_is_open_afterwards() -> None:
    client = signed_in(browser(), make_owner(), vault_open=False)
    change(client)
    assert door.is_open(client)


def test_a_wrong_passphrase_changes_nothing() -> None:
    owner = make_owner()
    answer = change(signed_in(browser(), owner), old=WRONG)
    assert answer.status_code == 422
    assert "Dat is niet je wachtzin." in door.text(answer)
    assert opened(PASSPHRASE) == owner.keys


def test_a_weak_one_is_not_taken() -> None:
    owner = make_owner()
    answer = change(signed_in(browser(), owner), new="pippapluis12")
    assert "Dit is bijna je naam." in door.text(answer)
    assert opened(PASSPHRASE) == owner.keys


def test_the_passphrase_in_use_cannot_be_guessed_at() -> None:
    client = signed_in(browser(), make_owner())
    answers = [change(client, old=WRONG) for _ in range(11)]
    assert "Er is te vaak geprobeerd." not in door.text(answers[9])
    assert "Er is te vaak geprobeerd." in door.text(answers[10])
    assert "Er is te vaak geprobeerd." in door.text(change(client))


def test_neither_passphrase_is_in_any_page_or_row() -> None:
    client = signed_in(browser(), make_owner())
    answers = [change(client, old=WRONG), change(client, new="kort"), change(client)]
    said = "".join(map(door.text, answers)) + "".join(door.every_text())
    assert not [words for words in (WRONG, PASSPHRASE, ANOTHER) if words in said]


def test_nobody_else_gets_to_the_page() -> None:
    answer = browser().get(CHANGE)
    assert answer["Location"] == f"{door.SIGN_IN}?next={CHANGE}"
