"""The recovery code: shown once, typed over in part, kept by nobody here."""

import logging
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.accounts import codes
from kleinverzet.accounts.models import UncheckedCode
from kleinverzet.vault import slots
from tests.accounts import door
from tests.accounts.door import CODE, NEW_CODE, PASSPHRASE, WRONG, browser
from tests.owners import make_owner, signed_in

pytestmark = pytest.mark.django_db


def new_client() -> Client:
    """Give somebody who made an account a moment ago."""
    client = browser()
    door.sign_up(client)
    return client


def type_over(client: Client, shown: Any, group: str | None = None) -> Any:
    right = door.groups_on(shown)[door.asked_on(shown) - 1]
    return client.post(
        CODE, {"proof": door.hidden(shown, "proof"), "code": right if group is None else group}
    )


def test_the_page_says_what_is_lost_without_it() -> None:
    page = door.text(new_client().get(CODE))
    assert "heb je deze code niet, dan is verloren wat je bewaarde" in page
    assert "Zonder adres kan ook dat niet." in page


def test_only_looking_makes_no_code() -> None:
    client = new_client()
    client.get(CODE)
    client.get(NEW_CODE)
    assert not slots.has_code(client.get(CODE).wsgi_request.user)


def test_right_after_signing_up_no_passphrase_is_asked_for() -> None:
    assert len(door.groups_on(new_client().post(NEW_CODE))) == 8


def test_what_is_shown_opens_the_vault() -> None:
    owner = make_owner()
    client = browser()
    door.sign_in(client)
    code = " ".join(door.groups_on(client.post(NEW_CODE)))
    assert slots.open_with_code(owner.person, code) == owner.keys


def test_it_counts_once_a_group_was_typed_over() -> None:
    client = new_client()
    shown = client.post(NEW_CODE)
    person = shown.wsgi_request.user
    assert not codes.is_kept(person)
    assert "Je code klopt" in door.text(type_over(client, shown))
    assert codes.is_kept(person)
    assert not UncheckedCode.objects.exists()


def test_who_did_not_type_it_over_is_led_back_to_it_at_the_next_sign_in() -> None:
    new_client().post(NEW_CODE)
    assert door.sign_in(browser())["Location"] == CODE


@pytest.mark.parametrize("spelled", [str.lower, lambda group: f" {group} "])
def test_the_group_may_be_typed_as_it_comes(spelled: Any) -> None:
    client = new_client()
    shown = client.post(NEW_CODE)
    group = door.groups_on(shown)[door.asked_on(shown) - 1]
    assert "Je code klopt" in door.text(type_over(client, shown, spelled(group)))


def test_another_group_is_asked_for_again_and_the_code_not_shown_again() -> None:
    client = new_client()
    shown = client.post(NEW_CODE)
    groups, asked = door.groups_on(shown), door.asked_on(shown)
    again = type_over(client, shown, groups[asked % 8])
    assert again.status_code == 422
    assert "Dat is een andere groep dan we vroegen." in door.text(again)
    assert not [group for group in groups if group in door.text(again)]
    assert door.asked_on(again) == asked
    right = {"proof": door.hidden(again, "proof"), "code": groups[asked - 1]}
    assert "Je code klopt" in door.text(client.post(CODE, right))


@given(typed=st.text(max_size=12))
def test_nothing_but_the_group_will_do(typed: str) -> None:
    owner = make_owner(uuid4().hex)
    shown = codes.make(owner.person, owner.keys)
    if typed.strip().upper() != shown.groups[shown.asked - 1]:
        with pytest.raises(codes.NotThis):
            codes.confirm(owner.person, shown.proof, typed)


@pytest.mark.parametrize(
    "proof",
    ["", "x", signing.dumps({"slot": "1"}, salt="another")],
    ids=["empty", "no form", "another form"],  # a signature holds the time: no name for a test
)
def test_a_form_that_is_not_ours_confirms_nothing(proof: str) -> None:
    client = new_client()
    client.post(NEW_CODE)
    answer = client.post(CODE, {"proof": proof, "code": "AAAA"})
    assert answer.status_code == 422
    assert "Deze bladzijde is te oud." in door.text(answer)


def test_a_form_of_the_day_before_yesterday_confirms_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = new_client()
    shown = client.post(NEW_CODE)
    later = (timezone.now() + timedelta(days=2)).timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert "Deze bladzijde is te oud." in door.text(type_over(client, shown))


def test_the_form_of_an_older_code_says_that_there_is_a_newer_one() -> None:
    client = new_client()
    older = client.post(NEW_CODE)
    client.post(NEW_CODE)
    assert "Je hebt intussen een nieuwere code gemaakt." in door.text(type_over(client, older))
    assert not codes.is_kept(older.wsgi_request.user)


def test_the_form_of_one_person_confirms_nothing_for_another() -> None:
    pippa, otto = make_owner(), make_owner("Otto Oever")
    shown = codes.make(pippa.person, pippa.keys)
    codes.make(otto.person, otto.keys)
    with pytest.raises(codes.Superseded):
        codes.confirm(otto.person, shown.proof, shown.groups[shown.asked - 1])
    assert not codes.is_kept(otto.person)


def test_every_group_is_asked_for_sooner_or_later() -> None:
    owner = make_owner()
    asked = {codes.make(owner.person, owner.keys).asked for _ in range(120)}
    assert asked == set(range(1, 9))


def test_a_new_code_takes_the_place_of_the_one_before() -> None:
    owner = make_owner()
    first, second = door.give_code(owner), door.give_code(owner)
    assert slots.open_with_code(owner.person, first) is None
    assert slots.open_with_code(owner.person, second) == owner.keys


def test_later_on_a_new_one_takes_the_passphrase() -> None:
    owner = make_owner()
    code = door.give_code(owner)
    client = signed_in(browser(), owner)
    asked = client.post(NEW_CODE)
    assert not door.groups_on(asked)
    assert 'name="passphrase"' in door.text(asked)
    assert not door.groups_on(client.post(NEW_CODE, {"passphrase": WRONG}))
    assert slots.open_with_code(owner.person, code) == owner.keys
    assert len(door.groups_on(client.post(NEW_CODE, {"passphrase": PASSPHRASE}))) == 8


def test_with_the_vault_shut_the_passphrase_opens_it_and_makes_the_code() -> None:
    client = signed_in(browser(), make_owner(), vault_open=False)
    assert len(door.groups_on(client.post(NEW_CODE, {"passphrase": PASSPHRASE}))) == 8


def test_the_way_on_waits_until_the_code_is_there() -> None:
    client = new_client()
    page = client.get(f"{CODE}?next=/cirkel/")
    assert 'href="/cirkel/"' in door.text(page)
    shown = client.post(NEW_CODE, {"next": "/cirkel/"})
    assert door.hidden(shown, "next") == "/cirkel/"
    group = door.groups_on(shown)[door.asked_on(shown) - 1]
    typed = {"proof": door.hidden(shown, "proof"), "code": group, "next": "/cirkel/"}
    assert 'href="/cirkel/"' in door.text(client.post(CODE, typed))


def test_the_way_on_never_leads_to_another_site() -> None:
    page = door.text(new_client().get(f"{CODE}?next=https://evil.example/"))
    assert "evil.example" not in page


def test_no_browser_and_no_proxy_may_keep_the_page() -> None:
    answer = new_client().post(NEW_CODE)
    assert "no-store" in answer["Cache-Control"]


def test_the_code_is_in_no_row_and_no_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = new_client()
    shown = client.post(NEW_CODE)
    groups = door.groups_on(shown)
    kept = type_over(client, shown)
    said = "".join(capfd.readouterr()) + caplog.text + "".join(door.every_text())
    said += door.text(kept) + door.hidden(shown, "proof")
    assert "".join(groups) not in said.replace(" ", "")
    # A group of four can turn up by chance in a line of hexadecimal; two in a row cannot.
    assert not [pair for pair in pairwise(groups) if "".join(pair) in said]


def test_what_the_form_carries_tells_nothing_without_the_pepper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = make_owner()
    shown = codes.make(owner.person, owner.keys)
    monkeypatch.setattr("kleinverzet.vault.pepper.key_for", lambda use: b"another pepper".ljust(32))
    with pytest.raises(codes.NotThis):
        codes.confirm(owner.person, shown.proof, shown.groups[shown.asked - 1])
