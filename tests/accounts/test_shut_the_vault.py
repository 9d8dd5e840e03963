"""Shutting the vault, keeping it open, and opening it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kleinverzet.vault import session
from kleinverzet.vault.models import Session
from tests.accounts import door
from tests.accounts.door import OLD_VAULT, PASSPHRASE, SHUT, STAY, WRONG, browser
from tests.owners import make_owner, signed_in

pytestmark = pytest.mark.django_db

# Any page that needs the vault.
NEEDS = OLD_VAULT
WORDS = "Ze sturen een foto rond, en iedereen lacht mee."


def locked() -> Client:
    return signed_in(browser(), make_owner(), vault_open=False)


def age(client: Client, minutes: int) -> None:
    """Let nothing have been asked of a vault for some minutes."""
    row = Session.objects.get()
    Session.objects.update(seen_at=row.seen_at - timedelta(minutes=minutes))


def test_shutting_leaves_nothing_that_opens_it() -> None:
    client = signed_in(browser(), make_owner())
    answer = client.post(SHUT, follow=True)
    assert "Je kluis is dicht" in door.text(answer)
    assert not Session.objects.exists()
    assert door.is_signed_in(client)
    assert client.get(NEEDS).status_code == 423


def test_asking_to_shut_it_does_not_shut_it() -> None:
    client = signed_in(browser(), make_owner())
    assert "Sluit je kluis" in door.text(client.get(SHUT))
    assert door.is_open(client)


def test_shutting_it_here_leaves_it_open_elsewhere() -> None:
    owner = make_owner()
    here, elsewhere = signed_in(browser(), owner), signed_in(browser(), owner)
    here.post(SHUT)
    assert door.is_open(elsewhere)


def test_saying_that_one_is_still_there_keeps_it_open() -> None:
    client = signed_in(browser(), make_owner())
    for _ in range(3):
        age(client, minutes=25)
        assert client.post(STAY).status_code == 204
    assert door.is_open(client)


def test_a_vault_that_has_shut_is_not_opened_by_it() -> None:
    client = signed_in(browser(), make_owner())
    age(client, minutes=31)
    assert client.post(STAY).status_code == 423
    assert client.get(NEEDS).status_code == 423


def test_only_asking_notes_no_presence() -> None:
    client = signed_in(browser(), make_owner())
    age(client, minutes=25)
    before = Session.objects.get().seen_at
    assert client.get(STAY).status_code == 423
    assert Session.objects.get().seen_at == before


def test_a_page_of_an_open_vault_warns_before_it_shuts() -> None:
    client = signed_in(browser(), make_owner())
    page = door.text(client.get(reverse("me:home")))
    assert f'data-watch="{(session.IDLE - session.NOTED).seconds}"' in page
    assert f'action="{STAY}"' in page


def test_no_other_page_does() -> None:
    assert "data-watch" not in door.text(browser().get(door.SIGN_IN))
    assert "data-watch" not in door.text(locked().get(NEEDS))


def test_the_passphrase_opens_it_and_leads_where_one_was_going() -> None:
    client = locked()
    page = client.get(NEEDS)
    assert page.status_code == 423
    answer = client.post(NEEDS, {"resume": door.hidden(page, "resume"), "passphrase": PASSPHRASE})
    assert answer["Location"] == NEEDS
    assert client.get(NEEDS).status_code == 200


def test_a_wrong_passphrase_opens_nothing_and_is_shown_nowhere() -> None:
    client = locked()
    answer = client.post(NEEDS, {"resume": "get", "passphrase": WRONG})
    assert answer.status_code == 423
    assert "Dat is niet je wachtzin." in door.text(answer)
    assert WRONG not in door.text(answer)
    assert not door.is_open(client)


def test_what_was_sent_waits_on_the_page_where_it_can_be_read() -> None:
    page = locked().post(NEEDS, {"words": WORDS, "tension": "3"})
    assert door.hidden(page, "words") == WORDS
    assert door.hidden(page, "tension") == "3"
    assert f'spellcheck="false">{WORDS}</textarea>' in door.text(page)
    assert "Wat je schreef, staat er nog." in door.text(page)


def test_it_survives_a_wrong_passphrase() -> None:
    page = locked().post(NEEDS, {"words": WORDS, "passphrase": WRONG})
    assert door.hidden(page, "words") == WORDS


@pytest.mark.parametrize(
    "nasty", ['"><script>alert(1)</script> en nog wat woorden', "'\" & <b> " * 9]
)
def test_what_waits_there_cannot_break_out_of_its_field(nasty: str) -> None:
    page = locked().post(NEEDS, {"words": nasty})
    assert door.hidden(page, "words") == nasty
    assert "<script>alert" not in door.text(page)
    assert "<b>" not in door.text(page).split("<main")[1].split("</main>")[0]


def test_what_carries_codes_and_no_words_is_not_shown() -> None:
    carried = "eyJhIjoxfQ:" + "x" * 80
    page = locked().post(NEEDS, {"carried": carried})
    assert door.hidden(page, "carried") == carried
    assert f"{carried}</textarea>" not in door.text(page)


def test_guessing_at_it_ends_after_ten() -> None:
    client = locked()
    answers: list[Any] = [client.post(NEEDS, {"passphrase": WRONG}) for _ in range(11)]
    assert "Er is te vaak geprobeerd." not in door.text(answers[9])
    assert "Er is te vaak geprobeerd." in door.text(answers[10])
    assert client.post(NEEDS, {"passphrase": PASSPHRASE}).status_code == 423
