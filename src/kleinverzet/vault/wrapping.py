"""How one slot wraps a master key, and gives it back for the passphrase or the code."""

from typing import Any

from kleinverzet.vault import derivation, pepper, recovery, sealing
from kleinverzet.vault.derivation import Cost
from kleinverzet.vault.models import Slot
from kleinverzet.vault.proof import Prepared


def by_passphrase(person: Any, prepared: Prepared, master: bytes, generation: int) -> Slot:
    """Give a new slot, not saved yet, that opens with a passphrase."""
    proof = prepared.proof
    slot = Slot(
        person=person,
        kind=Slot.Kind.PASSPHRASE,
        generation=generation,
        salt=proof.salt,
        memory=proof.cost.memory,
        passes=proof.cost.passes,
    )
    slot.wrapped = sealing.seal(prepared.kek, master, _place(slot))
    return slot


def by_code(person: Any, code: bytes, master: bytes, generation: int) -> Slot:
    """Give a new slot, not saved yet, that opens with a recovery code."""
    private, public = sealing.new_pair()
    slot = Slot(person=person, kind=Slot.Kind.RECOVERY, generation=generation, public_key=public)
    key, place = recovery.key_of(code), _place(slot)
    slot.wrapped = sealing.seal(key, private, place)
    # Anyone can seal to a public key: the mark shows that whoever chose this master had the code.
    inside = {"master": master.hex(), "mark": _mark(key, master)}
    slot.sealed_master = sealing.seal_to(public, inside, place)
    return slot


def open_with_kek(slot: Slot, kek: bytes) -> bytes:
    """Give the master key of a passphrase's slot.

    Raises:
        sealing.Unopenable: If the key is not the one, or the slot was changed.
    """
    return sealing.open_(kek, bytes(slot.wrapped), _place(slot))


def open_with_any(slot: Slot, secret: str) -> bytes | None:
    """Give the master key if a typed secret is the passphrase or the code of this slot."""
    if slot.kind == Slot.Kind.RECOVERY:
        return open_with_code(slot, secret)
    try:
        derived = derivation.derive(secret, bytes(slot.salt), cost_of(slot), pepper.read())
        return open_with_kek(slot, derived.kek)
    except sealing.Unopenable:
        return None


def open_with_code(slot: Slot, typed: str) -> bytes | None:
    """Give the master key if what somebody typed is the code of this slot."""
    code = recovery.read(typed)
    if code is None:
        return None
    key, place = recovery.key_of(code), _place(slot)
    try:
        private = sealing.open_(key, bytes(slot.wrapped), place)
        found = sealing.open_with(private, bytes(slot.sealed_master), place)
        master = bytes.fromhex(str(found.get("master")))
    except (sealing.Unopenable, ValueError):
        return None
    return master if found.get("mark") == _mark(key, master) else None


def cost_of(slot: Slot) -> Cost:
    """Give what one guess at a slot's passphrase costs."""
    return Cost(slot.memory, slot.passes)


def _mark(key: bytes, master: bytes) -> str:
    return sealing.mix(key, master.hex(), person="master.v1").hex()


def _place(slot: Slot) -> bytes:
    return sealing.bind(
        "slot",
        user=str(slot.person_id),
        object=str(slot.id),
        kind=slot.kind,
        generation=slot.generation,
        salt=bytes(slot.salt).hex(),
        memory=slot.memory,
        passes=slot.passes,
        public=bytes(slot.public_key).hex(),
    )
