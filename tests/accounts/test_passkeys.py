"""Passkeys as a second step: made, named, used, taken off, and nothing else taken for one."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kleinverzet.accounts import factors
from tests.accounts.softkey import SoftKey
from tests.accounts.stepping import (
    STEP,
    begin,
    codes_on,
    is_in,
    options_on,
    prove,
    send_passkey,
    set_up_app,
    set_up_passkey,
    vault_is_open,
    visitor,
)
from tests.owners import Owner, make_owner, signed_in

pytestmark = pytest.mark.django_db

NEW = "/veiligheid/passkeys/nieuw/"
ALL = "/veiligheid/passkeys/"


@pytest.fixture
def owner() -> Owner:
    return make_owner()


@pytest.fixture
def client(owner: Owner) -> Client:
    """A browser that is signed in and has just proved the passphrase."""
    client = signed_in(visitor(), owner)
    prove(client, owner)
    return client


def test_a_passkey_is_added_with_a_name_and_brings_spare_codes(
    owner: Owner, client: Client
) -> None:
    set_up_passkey(client, name="sleutelbos")
    assert [passkey.name for passkey in factors.of(owner.person).passkeys] == ["sleutelbos"]
    assert len(codes_on(client.get("/veiligheid/reservecodes/"))) == 10
    assert "sleutelbos" in client.get(ALL).content.decode()


def test_a_passkey_without_a_name_gets_one(owner: Owner, client: Client) -> None:
    for _ in range(2):
        set_up_passkey(client, name="")
    names = [passkey.name for passkey in factors.of(owner.person).passkeys]
    assert names == ["Passkey", "Passkey 2"]


def test_a_name_that_is_too_long_is_not_taken(owner: Owner, client: Client) -> None:
    made = SoftKey().make(options_on(client.get(NEW)))
    assert send_passkey(client, NEW, made, name="x" * 41).status_code == 422
    assert not factors.of(owner.person).is_on


def test_after_the_passphrase_a_passkey_signs_in_and_opens_the_vault(
    owner: Owner, client: Client
) -> None:
    key = set_up_passkey(client)
    elsewhere = visitor()
    assert begin(elsewhere, owner)["Location"] == STEP
    assert not is_in(elsewhere)
    answer = send_passkey(elsewhere, STEP, key.sign(options_on(elsewhere.get(STEP))))
    assert answer.status_code == 302
    assert vault_is_open(elsewhere)
    assert not Authenticator.objects.exclude(last_used_at=None).exists()


def test_a_passkey_without_the_passphrase_opens_nothing(owner: Owner, client: Client) -> None:
    key = set_up_passkey(client)
    elsewhere, other = visitor(), visitor()
    begin(elsewhere, owner)
    said = key.sign(options_on(elsewhere.get(STEP)))
    assert send_passkey(other, STEP, said)["Location"] == "/inloggen/"
    assert not is_in(other)


def test_what_a_passkey_signed_before_counts_no_more(owner: Owner, client: Client) -> None:
    key = set_up_passkey(client)
    first, second = visitor(), visitor()
    begin(first, owner)
    said = key.sign(options_on(first.get(STEP)))
    assert send_passkey(first, STEP, said).status_code == 302
    begin(second, owner)
    second.get(STEP)
    assert send_passkey(second, STEP, said).status_code == 422
    assert not is_in(second)


@pytest.mark.parametrize("origin", ["https://localhost.example", "http://elders.example"])
def test_a_passkey_that_another_site_asked_for_counts_nowhere(
    owner: Owner, client: Client, origin: str
) -> None:
    key = set_up_passkey(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    said = key.sign(options_on(elsewhere.get(STEP)), origin)
    assert send_passkey(elsewhere, STEP, said).status_code == 422
    made = SoftKey().make(options_on(client.get(NEW)), origin)
    assert send_passkey(client, NEW, made).status_code == 422


def test_somebody_elses_passkey_does_not_count(owner: Owner, client: Client) -> None:
    set_up_passkey(client)
    other = make_owner("Otto Oever")
    theirs = signed_in(visitor(), other)
    prove(theirs, other)
    key = set_up_passkey(theirs)
    elsewhere = visitor()
    begin(elsewhere, owner)
    said = key.sign(options_on(elsewhere.get(STEP)))
    assert send_passkey(elsewhere, STEP, said).status_code == 422
    assert not is_in(elsewhere)


def test_passkeys_cannot_be_tried_without_end(owner: Owner, client: Client) -> None:
    key = set_up_passkey(client)
    elsewhere = visitor()
    begin(elsewhere, owner)
    for _ in range(5):
        send_passkey(elsewhere, STEP, SoftKey().sign(options_on(elsewhere.get(STEP))))
    answer = send_passkey(elsewhere, STEP, key.sign(options_on(elsewhere.get(STEP))))
    assert answer.status_code == 422
    assert "te vaak geprobeerd" in answer.content.decode()


def test_a_passkey_gets_another_name(owner: Owner, client: Client) -> None:
    set_up_passkey(client)
    passkey = factors.of(owner.person).passkeys[0]
    assert client.post(f"{ALL}{passkey.id}/naam/", {"name": ""}).status_code == 422
    assert client.post(f"{ALL}{passkey.id}/naam/", {"name": "laptop"}).status_code == 302
    assert factors.of(owner.person).passkeys[0].name == "laptop"


def test_a_passkey_is_taken_off_by_a_press_and_not_by_looking(owner: Owner, client: Client) -> None:
    set_up_passkey(client)
    passkey = factors.of(owner.person).passkeys[0]
    client.get(f"{ALL}{passkey.id}/weg/")
    assert factors.of(owner.person).is_on
    assert client.post(f"{ALL}{passkey.id}/weg/").status_code == 302
    assert not Authenticator.objects.exists()


def test_the_app_stays_when_a_passkey_goes(owner: Owner, client: Client) -> None:
    set_up_app(client)
    set_up_passkey(client)
    passkey = factors.of(owner.person).passkeys[0]
    client.post(f"{ALL}{passkey.id}/weg/")
    left = factors.of(owner.person)
    assert left == factors.Factors(has_app=True, passkeys=(), spare=10)


@pytest.mark.parametrize("way", ["naam", "weg"])
def test_nobody_reaches_the_passkeys_of_others(owner: Owner, client: Client, way: str) -> None:
    set_up_passkey(client)
    passkey = factors.of(owner.person).passkeys[0]
    other = make_owner("Otto Oever")
    theirs = signed_in(visitor(), other)
    prove(theirs, other)
    assert theirs.post(f"{ALL}{passkey.id}/{way}/", {"name": "gekaapt"}).status_code == 404
    assert factors.of(owner.person).passkeys == (passkey,)


def test_an_export_names_passkeys_and_holds_no_key(owner: Owner, client: Client) -> None:
    key = set_up_passkey(client, name="sleutelbos")
    told = list(factors.export(owner.person))
    assert {step["kind"]: step["name"] for step in told if step["name"]} == {
        "webauthn": "sleutelbos"
    }
    assert websafe_encode(key.id) not in json.dumps(told)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda more: st.lists(more, max_size=4) | st.dictionaries(st.text(max_size=12), more),
    max_leaves=12,
)


Spoil = Callable[[str], Any]


@st.composite
def _spoils(draw: st.DrawFn) -> Spoil:
    """Give a way to change a byte of a part, to cut it off, or to add to it."""
    at, by = draw(st.integers(0, 999)), draw(st.integers(1, 255))
    how = draw(st.sampled_from(["change", "cut", "add"]))

    def spoil(said: str) -> str:
        part = bytearray(websafe_decode(said))
        match how:
            case "change":
                part[at % len(part)] ^= by
            case "cut":
                del part[at % len(part) :]
            case _:
                part.append(by)
        return websafe_encode(bytes(part))

    return spoil


def _instead(other: Any) -> Spoil:
    return lambda said: other


spoils = _spoils() | anything.map(_instead)

# The same two browsers for every example: whatever is sent, nobody gets in and nothing is made.
same_browsers = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def key(client: Client) -> SoftKey:
    """The passkey of who is signed in."""
    return set_up_passkey(client)


@pytest.fixture
def outside(owner: Owner, key: SoftKey) -> Client:
    """A browser in which the passphrase was given, and no passkey yet."""
    outside = visitor()
    begin(outside, owner)
    return outside


@same_browsers
@given(said=anything)
def test_anything_at_all_brings_the_page_back(client: Client, outside: Client, said: Any) -> None:
    cache.clear()
    assert send_passkey(outside, STEP, said).status_code == 422
    assert send_passkey(client, NEW, said).status_code == 422


@same_browsers
@given(part=st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]), spoil=spoils)
def test_a_spoilt_answer_lets_nobody_in(
    outside: Client, key: SoftKey, part: str, spoil: Spoil
) -> None:
    cache.clear()
    said = key.sign(options_on(outside.get(STEP)))
    said["response"][part] = spoil(said["response"][part])
    assert send_passkey(outside, STEP, said).status_code == 422
    assert not is_in(outside)


@same_browsers
@given(part=st.sampled_from(["clientDataJSON", "attestationObject"]), spoil=spoils)
def test_a_spoilt_new_passkey_breaks_no_page(client: Client, part: str, spoil: Spoil) -> None:
    cache.clear()
    made = SoftKey().make(options_on(client.get(NEW)))
    made["response"][part] = spoil(made["response"][part])
    # A changed byte of the key itself makes another key, which is as good as the first.
    assert send_passkey(client, NEW, made).status_code in {302, 422}


@pytest.mark.parametrize("deep", ["[" * 60_000, '{"a":' * 10_000], ids=["lists", "objects"])
def test_endless_depth_brings_the_page_back(outside: Client, deep: str) -> None:
    assert outside.post(STEP, {"credential": deep}).status_code == 422
