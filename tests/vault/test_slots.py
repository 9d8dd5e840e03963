"""The way into a vault: the passphrase, and nothing that resembles it."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db.models import F

from kleinverzet.accounts.models import Person
from kleinverzet.vault import derivation, slots, wrapping
from kleinverzet.vault import proof as proofs
from kleinverzet.vault.derivation import MIB, Cost
from kleinverzet.vault.models import Key, Slot
from kleinverzet.vault.sealing import Unopenable
from tests.owners import Owner, make_owner

pytestmark = pytest.mark.django_db

NEW = "een heel andere zin"


@pytest.fixture
def pippa() -> Owner:
    return make_owner("Pippa Pluis")


@pytest.fixture
def otto() -> Owner:
    return make_owner("Otto Oever", "mijn vrije vrijdagmiddag")


def _opens(owner: Owner, passphrase: str) -> bool:
    owner.person.refresh_from_db()
    return slots.open_with_passphrase(owner.person, passphrase) == owner.keys


def _swap_slots(one: Owner, other: Owner) -> None:
    mine, theirs = (Slot.objects.get(person=owner.person) for owner in (one, other))
    Slot.objects.all().delete()
    mine.person, theirs.person = other.person, one.person
    Slot.objects.bulk_create([mine, theirs])


def test_the_passphrase_opens_what_was_set_up(pippa: Owner) -> None:
    assert _opens(pippa, pippa.passphrase)


@pytest.mark.full_cost
def test_it_opens_at_the_real_cost_too() -> None:
    assert _opens(make_owner(), "vier losse natte stenen")


@pytest.mark.parametrize("wrong", ["", " ", "Vier losse natte stenen", "vier losse natte steen"])
def test_a_wrong_passphrase_opens_nothing(pippa: Owner, wrong: str) -> None:
    assert slots.open_with_passphrase(pippa.person, wrong) is None


def test_somebody_elses_passphrase_opens_nothing(pippa: Owner, otto: Owner) -> None:
    assert slots.open_with_passphrase(pippa.person, otto.passphrase) is None


def test_two_people_with_one_passphrase_share_nothing() -> None:
    one, other = make_owner("Een"), make_owner("Ander")
    assert one.person.password != other.person.password
    assert one.keys.master != other.keys.master


def test_what_is_stored_proves_and_never_opens(pippa: Owner) -> None:
    slot = Slot.objects.get()
    proof = proofs.read(pippa.person.password)
    with pytest.raises(Unopenable):
        wrapping.open_with_kek(slot, proof.auth)


def test_a_changed_passphrase_opens_the_same_and_the_old_one_nothing(pippa: Owner) -> None:
    slots.change(pippa.person, pippa.keys.master, NEW)
    assert _opens(pippa, NEW)
    assert slots.open_with_passphrase(pippa.person, pippa.passphrase) is None
    assert Slot.objects.count() == 1


def test_who_was_read_before_a_change_opens_by_what_holds_now(pippa: Owner) -> None:
    read_before = Person.objects.get()
    slots.change(pippa.person, pippa.keys.master, pippa.passphrase)
    assert slots.open_with_passphrase(read_before, pippa.passphrase) == pippa.keys
    read_before = Person.objects.get()
    slots.change(pippa.person, pippa.keys.master, NEW)
    assert slots.open_with_passphrase(read_before, pippa.passphrase) is None


def test_an_old_proof_put_back_beside_the_new_slot_opens_nothing(pippa: Owner) -> None:
    old = pippa.person.password
    slots.change(pippa.person, pippa.keys.master, NEW)
    pippa.person.password = old
    pippa.person.save()
    with pytest.raises(Unopenable):
        slots.open_with_passphrase(pippa.person, pippa.passphrase)


def test_swapped_slots_open_for_neither(pippa: Owner, otto: Owner) -> None:
    _swap_slots(pippa, otto)
    for owner in (pippa, otto):
        with pytest.raises(Unopenable):
            slots.open_with_passphrase(owner.person, owner.passphrase)


def test_slots_and_proofs_swapped_together_open_for_neither(pippa: Owner, otto: Owner) -> None:
    _swap_slots(pippa, otto)
    pippa.person.password, otto.person.password = otto.person.password, pippa.person.password
    for owner, known in ((pippa, otto.passphrase), (otto, pippa.passphrase)):
        with pytest.raises(Unopenable):
            slots.open_with_passphrase(owner.person, known)


def test_swapped_keys_open_for_neither(pippa: Owner, otto: Owner) -> None:
    mine, theirs = (
        Key.objects.get(person=owner.person, kind=Key.Kind.DATA) for owner in (pippa, otto)
    )
    mine.wrapped, theirs.wrapped = theirs.wrapped, mine.wrapped
    for key in (mine, theirs):
        key.save()
    for owner in (pippa, otto):
        with pytest.raises(Unopenable):
            slots.open_with_passphrase(owner.person, owner.passphrase)


@pytest.mark.parametrize("change", [{"public_key": b"x" * 32}, {"number": 7}, {"generation": 2}])
def test_a_changed_key_shuts_the_vault(pippa: Owner, change: dict[str, Any]) -> None:
    Key.objects.filter(kind=Key.Kind.IDENTITY).update(**change)
    with pytest.raises(Unopenable):
        slots.open_with_passphrase(pippa.person, pippa.passphrase)


@pytest.mark.parametrize(
    "change",
    [
        {"memory": F("memory") - 1},
        {"memory": 0},
        {"passes": 0},
        {"salt": bytes(16)},
        {"salt": b""},
        {"generation": 2},
        {"wrapped": b""},
    ],
    ids=lambda change: str(next(iter(change.items()))),
)
def test_a_slot_that_was_changed_does_not_open(pippa: Owner, change: dict[str, Any]) -> None:
    Slot.objects.update(**change)
    with pytest.raises(Unopenable):
        slots.open_with_passphrase(pippa.person, pippa.passphrase)


@pytest.mark.parametrize("lowered", [Cost(4 * MIB, 1), Cost(8 * MIB, 0), Cost(0, 0)], ids=str)
def test_a_proof_that_was_made_cheaper_is_refused(pippa: Owner, lowered: Cost) -> None:
    proof = proofs.read(pippa.person.password)
    pippa.person.password = str(replace(proof, cost=lowered))
    Slot.objects.update(memory=lowered.memory, passes=lowered.passes)
    with pytest.raises(Unopenable):
        slots.open_with_passphrase(pippa.person, pippa.passphrase)


def test_a_proof_and_slot_lowered_to_the_floor_open_nothing(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = Cost(8 * MIB, 1)
    monkeypatch.setattr(derivation, "COST", Cost(16 * MIB, 2))
    slots.change(pippa.person, pippa.keys.master, pippa.passphrase)
    proof = proofs.read(pippa.person.password)
    pippa.person.password = str(replace(proof, cost=floor))
    Slot.objects.update(memory=floor.memory, passes=floor.passes)
    assert slots.open_with_passphrase(pippa.person, pippa.passphrase) is None


def test_a_dearer_cost_is_taken_over_when_somebody_opens(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    dear = Cost(16 * MIB, 2)
    monkeypatch.setattr(derivation, "COST", dear)
    assert slots.open_with_passphrase(pippa.person, "verkeerd") is None
    assert wrapping.cost_of(Slot.objects.get()) != dear
    assert _opens(pippa, pippa.passphrase)
    assert wrapping.cost_of(Slot.objects.get()) == dear
    monkeypatch.setattr(derivation, "FLOOR", dear)
    assert _opens(pippa, pippa.passphrase)


def test_a_cost_that_was_lowered_in_the_program_weakens_nobody(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pippa.person.password
    monkeypatch.setattr(derivation, "COST", Cost(4 * MIB, 1))
    monkeypatch.setattr(derivation, "FLOOR", Cost(4 * MIB, 1))
    assert _opens(pippa, pippa.passphrase)
    assert pippa.person.password == before


def test_another_pepper_opens_nothing(pippa: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    code = slots.give_code(pippa.person, pippa.keys)
    monkeypatch.setattr("kleinverzet.vault.pepper.read", lambda: bytes(32))
    assert slots.open_with_passphrase(pippa.person, pippa.passphrase) is None
    assert slots.open_with_code(pippa.person, code) is None


@pytest.mark.parametrize("stored", ["", "!unusable", "pbkdf2_sha256$1$a$b", "vault1$a$b$c$d"])
def test_an_account_without_a_proof_opens_for_nothing(pippa: Owner, stored: str) -> None:
    pippa.person.password = stored
    assert slots.open_with_passphrase(pippa.person, pippa.passphrase) is None


@pytest.mark.parametrize(
    ("name", "passphrase", "is_active"),
    [
        ("Niemand Nergens", "vier losse natte stenen", True),
        ("Pippa Pluis", "verkeerd", True),
        ("Pippa Pluis", "vier losse natte stenen", False),
        ("Pippa Pluis", "verkeerd", False),
        ("Pippa Pluis", "vier losse natte stenen", True),
    ],
    ids=["nobody", "wrong", "shut out", "shut out and wrong", "right"],
)
def test_every_try_costs_one_derivation(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch, name: str, passphrase: str, is_active: bool
) -> None:
    pippa.person.is_active = is_active
    pippa.person.save()
    costs: list[Cost] = []
    real = derivation.derive

    def counting(typed: str, salt: bytes, cost: Cost, pepper: bytes) -> derivation.Derived:
        costs.append(cost)
        return real(typed, salt, cost, pepper)

    monkeypatch.setattr(derivation, "derive", counting)
    authenticate(username=name, password=passphrase)
    assert costs == [derivation.COST]


def test_an_account_without_a_proof_costs_one_derivation_too(
    pippa: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(slots, "pretend", tried.append)
    pippa.person.set_unusable_password()
    assert slots.open_with_passphrase(pippa.person, "iets") is None
    assert tried == ["iets"]


def test_keys_do_not_show_when_they_are_printed(pippa: Owner) -> None:
    proof = proofs.read(pippa.person.password)
    shown = repr(pippa.keys) + repr(proof) + repr(proofs.prepare("iets"))
    secrets = [pippa.keys.master, pippa.keys.data[1], pippa.keys.identities[1], proof.auth]
    for secret in secrets:
        assert repr(secret) not in shown
        assert secret.hex() not in shown


def test_keys_that_are_in_use_no_more_change_nothing(pippa: Owner) -> None:
    anew = slots.begin_anew(pippa.person, NEW)
    for act in (
        lambda: slots.change(pippa.person, pippa.keys.master, "nog iets anders"),
        lambda: slots.give_code(pippa.person, pippa.keys),
        lambda: slots.reclaim(pippa.person, pippa.keys, pippa.passphrase),
    ):
        with pytest.raises(Unopenable):
            act()
    assert slots.open_with_passphrase(pippa.person, NEW) == anew
