"""Signing in and out: the same word for a wrong passphrase and for a name that nobody has."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages

from kleinverzet.accounts.models import Presence
from kleinverzet.vault.models import Session
from tests.accounts import door
from tests.accounts.door import NAME, PASSPHRASE, SIGN_IN, SIGN_OUT, WRONG, browser, sign_in
from tests.owners import make_owner, signed_in

pytestmark = pytest.mark.django_db


def test_the_passphrase_signs_in_and_opens_the_vault() -> None:
    door.give_code(make_owner())
    client = browser()
    assert sign_in(client)["Location"] == "/mijn/"
    assert door.is_open(client)


def test_somebody_without_a_recovery_code_is_led_to_it_first() -> None:
    make_owner()
    assert sign_in(browser())["Location"] == door.CODE


def test_somebody_goes_on_with_what_they_were_doing() -> None:
    door.give_code(make_owner())
    answer = browser().post(
        SIGN_IN, {"login": NAME, "password": PASSPHRASE, "next": "/veiligheid/"}
    )
    assert answer["Location"] == "/veiligheid/"


@pytest.mark.parametrize("typed", ["zoë", "ZOË", "  Zoë ", "Zoe\N{COMBINING DIAERESIS}"])
def test_a_name_is_known_however_it_is_typed(typed: str) -> None:
    make_owner("Zoë" if typed != "ZOË" else "ZOË")
    assert sign_in(browser(), typed).status_code == 302


def test_a_wrong_passphrase_and_a_name_that_nobody_has_get_the_same_answer() -> None:
    make_owner()
    known, unknown = sign_in(browser(), NAME, WRONG), sign_in(browser(), "Otto Oever", WRONG)
    assert known.status_code == unknown.status_code == 422
    assert door.same_but_for(known, NAME) == door.same_but_for(unknown, "Otto Oever")
    assert "Deze naam en wachtzin horen niet bij elkaar." in door.text(known)
    assert known.headers.keys() == unknown.headers.keys()
    assert known.cookies.keys() == unknown.cookies.keys()


@pytest.mark.parametrize("name", [NAME, "Otto Oever"])
def test_after_five_tries_a_name_rests_whether_somebody_has_it_or_not(name: str) -> None:
    make_owner()
    answers = [sign_in(browser(), name, WRONG) for _ in range(6)]
    assert "Er is te vaak geprobeerd." not in door.text(answers[4])
    assert "Er is te vaak geprobeerd." in door.text(answers[5])


def test_a_name_that_rests_lets_in_nobody() -> None:
    make_owner()
    for _ in range(5):
        sign_in(browser(), NAME, WRONG)
    client = browser()
    assert sign_in(client).status_code == 422
    assert not door.is_signed_in(client)


def test_no_passphrase_comes_back_in_the_page() -> None:
    answer = sign_in(browser(), NAME, WRONG)
    assert WRONG not in door.text(answer)
    assert WRONG not in "".join(door.every_text())


def test_nothing_is_said_between_two_pages() -> None:
    make_owner()
    answer = sign_in(browser())
    assert not list(get_messages(answer.wsgi_request))
    assert "messages" not in answer.cookies


def test_asking_to_sign_out_does_not_sign_out() -> None:
    client = signed_in(browser(), make_owner())
    assert client.get(SIGN_OUT).status_code == 200
    assert door.is_signed_in(client)


def test_signing_out_shuts_the_vault_and_leaves_nothing_of_this_device() -> None:
    client = signed_in(browser(), make_owner())
    assert client.post(SIGN_OUT)["Location"] == "/"
    assert not door.is_signed_in(client)
    assert not Session.objects.exists()
    assert not Presence.objects.exists()


def test_signing_out_twice_does_no_harm() -> None:
    client = signed_in(browser(), make_owner())
    client.post(SIGN_OUT)
    assert client.post(SIGN_OUT)["Location"] == "/"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "localhost:8000"])
def test_accounts_work_on_the_machine_itself(host: str) -> None:
    assert browser().get(SIGN_IN, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", [SIGN_IN, door.SIGN_UP, door.LOST, door.BY_CODE, door.SET, "/wachtzin-kwijt/a/b/"]
)
def test_elsewhere_a_passphrase_is_not_even_asked_for_without_https(path: str) -> None:
    make_owner()
    for answer in (browser("testserver").get(path), sign_in(browser("testserver"))):
        assert answer.status_code == 403
        assert "Deze verbinding is niet versleuteld." in door.text(answer)
        assert 'type="password"' not in door.text(answer)


def test_the_circle_works_there_all_the_same() -> None:
    assert browser("testserver").get("/cirkel/").status_code == 200


def test_over_https_accounts_work_everywhere(operated: Callable[..., None]) -> None:
    operated(origin="https://testserver")
    assert browser("testserver").get(SIGN_IN).status_code == 200
