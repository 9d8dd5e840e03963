"""A passphrase becomes keys in one dear way, and in no cheaper one."""

import threading
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import pwhash

from kleinverzet.vault import derivation, sealing
from kleinverzet.vault.derivation import MIB, Cost, TooCheap, derive

SALT, PEPPER = bytes(range(16)), bytes(range(32))
CHEAP = Cost(memory=8 * MIB, passes=1)


@pytest.mark.full_cost
def test_a_guess_costs_what_was_decided() -> None:
    for cost in (derivation.COST, derivation.FLOOR):
        assert cost.memory >= 64 * MIB
        assert cost.passes >= 3


@pytest.mark.full_cost
def test_what_was_derived_by_the_first_version_still_is() -> None:
    derived = derive("vier losse natte stenen", SALT, Cost(64 * MIB, 3), PEPPER)
    assert derived.auth.hex() == (
        "397d428f7e03813b529767b5f72b0629e284ae7fc5b0a7701212ba2b8b6a2f64"
    )
    assert derived.kek.hex() == ("05d2c6170ace3e58997d73440a317475da62106d32648d5bcab2b101ab9fee1c")


@pytest.mark.full_cost
@pytest.mark.parametrize(
    "cost",
    [Cost(64 * MIB - 1, 3), Cost(64 * MIB, 2), Cost(8192, 1), Cost(0, 0), Cost(1024 * MIB, 1)],
    ids=str,
)
def test_what_lies_below_the_floor_is_refused(cost: Cost) -> None:
    with pytest.raises(TooCheap):
        derive("vier losse natte stenen", SALT, cost, PEPPER)


def test_a_refusal_counts_as_a_vault_that_does_not_open() -> None:
    assert issubclass(TooCheap, sealing.Unopenable)


@pytest.mark.parametrize(
    "typed",
    ["Zoë", "€uro ﬁets", "½ liter", "Ａｂｃ", "e\u0301e\u0301n", "\u00a0blank", "한국어"],
)
def test_every_keyboard_gives_the_same_keys(typed: str) -> None:
    spellings = {unicodedata.normalize(form, typed) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len({_derive(spelled) for spelled in {typed, *spellings}}) == 1


@pytest.mark.parametrize("other", ["Vier stenen", "vier stenen ", "vierstenen", "vier  stenen", ""])
def test_another_passphrase_gives_other_keys(other: str) -> None:
    ours, theirs = _derive("vier stenen"), _derive(other)
    assert ours.auth != theirs.auth
    assert ours.kek != theirs.kek


@settings(max_examples=15)
@given(st.text(st.characters()))
def test_whatever_was_typed_gives_keys(typed: str) -> None:
    derived = _derive(typed)
    assert len(derived.auth) == len(derived.kek) == sealing.KEY_SIZE
    assert derived.auth != derived.kek


@pytest.mark.parametrize(
    ("salt", "pepper", "cost"),
    [
        (bytes(16), PEPPER, CHEAP),
        (SALT, bytes(32), CHEAP),
        (SALT, PEPPER, Cost(9 * MIB, 1)),
        (SALT, PEPPER, Cost(8 * MIB, 2)),
    ],
    ids=["salt", "pepper", "memory", "passes"],
)
def test_everything_that_goes_in_changes_everything_that_comes_out(
    salt: bytes, pepper: bytes, cost: Cost
) -> None:
    ours, theirs = _derive("vier stenen"), derive("vier stenen", salt, cost, pepper)
    assert ours.auth != theirs.auth
    assert ours.kek != theirs.kek


def test_nothing_is_derived_without_a_pepper() -> None:
    with pytest.raises(ValueError, match="key"):
        derive("vier stenen", SALT, CHEAP, b"")


def test_no_more_than_two_are_derived_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    guard, second = threading.Lock(), threading.Barrier(2)
    counts = {"now": 0, "most": 0}

    def slow(*args: object, **kwargs: object) -> bytes:
        with guard:
            counts["now"] += 1
            counts["most"] = max(counts["most"], counts["now"])
        # Two are let in together: each waits until the other is there.
        second.wait(timeout=10)
        with guard:
            counts["now"] -= 1
        return bytes(32)

    monkeypatch.setattr(pwhash.argon2id, "kdf", slow)
    threads = [threading.Thread(target=_derive, args=("vier stenen",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert counts == {"now": 0, "most": 2}


def test_a_place_is_free_again_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pwhash.argon2id, "kdf", _out_of_memory)
        for _ in range(5):
            with pytest.raises(MemoryError):
                _derive("vier stenen")
    assert _derive("vier stenen")


def test_keys_do_not_show_when_they_are_printed() -> None:
    derived = _derive("vier stenen")
    for secret in (derived.auth, derived.kek):
        assert repr(secret) not in repr(derived)
        assert secret.hex() not in repr(derived)


def _derive(passphrase: str) -> derivation.Derived:
    return derive(passphrase, SALT, CHEAP, PEPPER)


def _out_of_memory(*args: object, **kwargs: object) -> bytes:
    raise MemoryError
