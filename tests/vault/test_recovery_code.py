"""The recovery code opens the vault in use, however it is typed, until another takes its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kleinverzet.vault import recovery, sealing, slots, wrapping
from kleinverzet.vault.models import Slot
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def pippa() -> Owner:
    return make_owner("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    return make_owner("Otto Oever", "mijn vrije vrijdagmiddag")


def test_the_recovery_code_opens(pippa: Owner) -> None:
    assert not slots.has_code(pippa.person)
    code = slots.give_code(pippa.person, pippa.keys)
    assert slots.has_code(pippa.person)
    assert slots.open_with_code(pippa.person, code) == pippa.keys


def test_a_new_code_makes_the_old_one_useless(pippa: Owner) -> None:
    old = slots.give_code(pippa.person, pippa.keys)
    new = slots.give_code(pippa.person, pippa.keys)
    assert slots.open_with_code(pippa.person, old) is None
    assert slots.open_with_code(pippa.person, new) == pippa.keys


def test_a_code_outlives_a_change_of_passphrase_and_sets_one(pippa: Owner) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    slots.change(pippa.person, pippa.keys.master, "een heel andere zin")
    opened = slots.open_with_code(pippa.person, code)
    assert opened == pippa.keys
    slots.change(pippa.person, opened.master, "en nog een andere")
    assert slots.open_with_passphrase(pippa.person, "en nog een andere") == pippa.keys


def test_a_code_typed_sloppily_is_understood(pippa: Owner) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    sloppily = [
        code.lower(),
        code.replace(" ", ""),
        code.replace(" ", "-"),
        f"  {code.replace(' ', '.  ')}\n",
        code.replace("O", "0").replace("I", "1").replace("B", "8"),
        "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code),
    ]
    for typed in sloppily:
        assert slots.open_with_code(pippa.person, typed) == pippa.keys


@given(st.text() | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 =-"))
def test_what_is_no_code_is_read_as_none(typed: str) -> None:
    read = recovery.read(typed)
    assert read is None or len(read) == recovery.SIZE


@given(st.binary(min_size=recovery.SIZE, max_size=recovery.SIZE))
def test_every_code_is_read_as_it_was_given(code: bytes) -> None:
    assert recovery.read(recovery.grouped(code)) == code


def test_one_letter_off_or_too_few_open_nothing(pippa: Owner) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    other = "A" if code[0] != "A" else "C"
    for typed in (other + code[1:], code[:-1], code + "A", "", code.split(" ")[0]):
        assert slots.open_with_code(pippa.person, typed) is None


def test_nobody_elses_code_opens(pippa: Owner, otto: Owner) -> None:
    code = slots.give_code(otto.person, otto.keys)
    assert slots.open_with_code(pippa.person, code) is None
    slots.give_code(pippa.person, pippa.keys)
    assert slots.open_with_code(pippa.person, code) is None


def test_a_master_key_that_was_slipped_in_does_not_come_out(pippa: Owner) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    slot = Slot.objects.get(kind=Slot.Kind.RECOVERY)
    forged = {"master": sealing.new_key().hex(), "mark": "0" * 64}
    slot.sealed_master = sealing.seal_to(bytes(slot.public_key), forged, wrapping._place(slot))
    slot.save()
    assert slots.open_with_code(pippa.person, code) is None
