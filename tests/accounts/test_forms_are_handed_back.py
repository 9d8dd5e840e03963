"""A form that cannot be taken comes back whole: signed out meanwhile, or from a stale page."""

from typing import Any

import pytest
from django.test import Client

from kleinverzet.accounts.keeping import NOT_OURS
from tests.accounts import door
from tests.accounts.door import CHANGE, OLD_VAULT, PASSPHRASE, SIGN_IN, browser
from tests.owners import make_owner, signed_in

pytestmark = pytest.mark.django_db

WORDS = "Ze sturen een foto rond, en iedereen lacht mee."
OURS = "http://localhost"


def strict(owner: Any = None) -> Client:
    """Give a browser for which the proof of where a form came from counts."""
    client = browser(enforce_csrf_checks=True)
    return signed_in(client, owner) if owner else client


def send(client: Client, origin: str | None, **fields: str) -> Any:
    headers = {"origin": origin} if origin else {}
    return client.post(OLD_VAULT, {"words": WORDS, **fields}, headers=headers)


def test_who_was_signed_out_meanwhile_gets_their_words_back() -> None:
    answer = browser().post(OLD_VAULT, {"words": WORDS, "tension": "3"})
    assert answer.status_code == 403
    assert "Je was intussen uitgelogd." in door.text(answer)
    assert door.hidden(answer, "words") == WORDS
    assert door.hidden(answer, "tension") == "3"
    assert f">{WORDS}</textarea>" in door.text(answer)


def test_the_way_to_sign_in_opens_beside_it() -> None:
    page = door.text(browser().post(OLD_VAULT, {"words": WORDS}))
    assert f'href="{SIGN_IN}" target="_blank" rel="noopener"' in page
    assert f'action="{OLD_VAULT}"' in page


def test_no_secret_comes_back() -> None:
    secrets = dict.fromkeys(NOT_OURS, PASSPHRASE)
    page = door.text(browser().post(CHANGE, secrets))
    assert PASSPHRASE not in page


def test_after_signing_in_elsewhere_pressing_again_sends_it_on() -> None:
    make_owner()
    client = browser()
    page = client.post(OLD_VAULT, {"words": WORDS})
    door.sign_in(client)
    sent = {"words": door.hidden(page, "words")}
    assert client.post(OLD_VAULT, sent).status_code == 200


def test_a_form_of_ours_whose_proof_is_old_is_handed_back() -> None:
    answer = send(strict(make_owner()), OURS, csrfmiddlewaretoken="x" * 64)
    assert answer.status_code == 403
    assert "Daarom is er nog niets mee gedaan." in door.text(answer)
    assert door.hidden(answer, "words") == WORDS
    assert "no-store" in answer["Cache-Control"]


def test_pressing_again_then_sends_it_on() -> None:
    client = strict(make_owner())
    page = send(client, OURS)
    again = {"words": door.hidden(page, "words"), "csrfmiddlewaretoken": _token(page)}
    assert client.post(OLD_VAULT, again, headers={"origin": OURS}).status_code == 200


def test_it_speaks_the_language_of_the_page_that_it_came_from() -> None:
    client = strict(make_owner())
    answer = client.post("/en/old-vault/", {"words": WORDS}, headers={"origin": OURS})
    assert answer.status_code == 403
    assert '<html lang="en">' in door.text(answer)


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://localhost.evil.example", ""]
)
def test_a_form_from_anywhere_else_is_turned_away_as_before(origin: str | None) -> None:
    answer = send(strict(make_owner()), origin)
    assert answer.status_code == 403
    assert "Dit formulier kwam ergens anders vandaan" in door.text(answer)
    assert WORDS not in door.text(answer)


def test_a_passphrase_does_not_come_back_either() -> None:
    client = strict()
    typed = {"login": "Pippa Pluis", "password": PASSPHRASE}
    answer = client.post(SIGN_IN, typed, headers={"origin": OURS})
    assert answer.status_code == 403
    assert PASSPHRASE not in door.text(answer)


def test_a_browser_tells_our_own_forms_where_they_came_from() -> None:
    # Under "no-referrer" it would say "null", and every form would be taken for somebody else's.
    answer = browser().get(SIGN_IN)
    assert answer["Referrer-Policy"] == "same-origin"
    assert '<meta name="referrer" content="same-origin">' in door.text(answer)


def _token(page: Any) -> str:
    return door.hidden(page, "csrfmiddlewaretoken")
