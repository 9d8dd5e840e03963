"""The ways to a person's master key: the passphrase, and the recovery code.

Opening with a passphrase is one derivation that does two things: it proves the passphrase, and it
unwraps the master key. A name that does not exist takes just as long.

Whatever changes the ways in does so one at a time for each person, and makes sure first that the
master key at hand is the one in use: wrapped under the wrong generation it would open nothing, and
the right one would be lost.
"""

import hmac
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from kleinverzet.vault import derivation, keys, pepper, recovery, sealing, wrapping
from kleinverzet.vault import proof as proofs
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import Key, Letter, Session, Slot
from kleinverzet.vault.proof import Prepared

# How long what a reset leaves behind can still be opened with the old passphrase or the code.
GRACE = timedelta(days=60)


@sensitive_variables()
def set_up(person: Any, passphrase: str) -> Keys:
    """Make somebody's vault, and set what proves their passphrase on the (saved) account."""
    master, prepared = sealing.new_key(), proofs.prepare(passphrase)
    with transaction.atomic():
        made = keys.make(person, master, generation=1)
        _keep(person, prepared, master, generation=1)
    return made


@sensitive_variables()
def open_with_passphrase(person: Any, passphrase: str) -> Keys | None:
    """Open a vault; None where the passphrase is wrong.

    Raises:
        sealing.Unopenable: If the vault was changed underneath its passphrase.
    """
    try:
        proof = proofs.read(person.password)
    except ValueError:
        pretend(passphrase)
        return None
    derived = derivation.derive(passphrase, proof.salt, proof.cost, pepper.read())
    if not hmac.compare_digest(derived.auth, proof.auth):
        return None
    slot = _in_use(person)
    if slot is None or bytes(slot.salt) != proof.salt or wrapping.cost_of(slot) != proof.cost:
        if not _has_changed(person):
            raise sealing.Unopenable
        return open_with_passphrase(person, passphrase)
    master = wrapping.open_with_kek(slot, derived.kek)
    if not proof.cost.reaches(derivation.COST):
        _renew(person, passphrase, master)
    return keys.open_(person.pk, master)


@sensitive_variables()
def pretend(passphrase: str) -> None:
    """Take the time that opening takes, where there is nothing to open."""
    derivation.derive(passphrase, bytes(derivation.SALT_SIZE), derivation.COST, pepper.read())


@sensitive_variables()
def change(person: Any, master: bytes, passphrase: str) -> None:
    """Wrap the master key by another passphrase, with a new salt, and shut the vault everywhere.

    Whoever changed it stays in by `session.of(request).open`.

    Raises:
        sealing.Unopenable: If the master key is not the one in use any more.
    """
    prepared = proofs.prepare(passphrase)
    with transaction.atomic():
        slot = _hold(person, master)
        slot.delete()
        Session.objects.filter(person=person).delete()
        _keep(person, prepared, master, slot.generation)


@sensitive_variables()
def change_by_code(person: Any, code: str, passphrase: str) -> bool:
    """Set another passphrase by the recovery code, which is used up with it.

    Returns:
        Whether the code was theirs. Of two who bring it at the same moment, one finds it used.

    Raises:
        sealing.Unopenable: If the vault was changed underneath it.
    """
    slot = Slot.objects.filter(person=person, kind=Slot.Kind.RECOVERY, expires_at=None).first()
    opened = open_with_code(person, code)
    if slot is None or opened is None:
        return False
    prepared = proofs.prepare(passphrase)
    with transaction.atomic():
        held = _hold(person, opened.master)
        if not Slot.objects.filter(pk=slot.pk).delete()[0]:
            return False
        held.delete()
        Session.objects.filter(person=person).delete()
        _keep(person, prepared, opened.master, held.generation)
    return True


@sensitive_variables()
def give_code(person: Any, opened: Keys) -> str:
    """Make a recovery code in place of the one before; it is shown once and kept by nobody here.

    Raises:
        sealing.Unopenable: If the keys are not the ones in use any more.
    """
    code = recovery.new_code()
    with transaction.atomic():
        generation = _hold(person, opened.master).generation
        Slot.objects.filter(person=person, kind=Slot.Kind.RECOVERY, expires_at=None).delete()
        wrapping.by_code(person, code, opened.master, generation).save(force_insert=True)
    return recovery.grouped(code)


@sensitive_variables()
def open_with_code(person: Any, code: str) -> Keys | None:
    """Open the vault in use with its recovery code; None where the code is not the one."""
    slot = Slot.objects.filter(person=person, kind=Slot.Kind.RECOVERY, expires_at=None).first()
    master = wrapping.open_with_code(slot, code) if slot else None
    return keys.open_(person.pk, master) if master else None


def has_code(person: Any) -> bool:
    """Tell whether somebody has a recovery code."""
    return Slot.objects.filter(person=person, kind=Slot.Kind.RECOVERY, expires_at=None).exists()


@sensitive_variables()
def begin_anew(person: Any, passphrase: str) -> Keys:
    """Begin an empty vault after a reset without the code; what lay in the old one waits `GRACE`.

    The old ways in and the old keys stay, shut, until they expire: see `reclaim`.
    """
    master, prepared = sealing.new_key(), proofs.prepare(passphrase)
    expires_at = timezone.now() + GRACE
    with transaction.atomic():
        _lock(person)
        generation = 1 + _last_generation(person)
        Slot.objects.filter(person=person, expires_at=None).update(expires_at=expires_at)
        Key.objects.filter(person=person, expires_at=None).update(expires_at=expires_at)
        Session.objects.filter(person=person).delete()
        made = keys.make(person, master, generation)
        _keep(person, prepared, master, generation)
    return made


def waiting_until(person: Any) -> datetime | None:
    """Give the day until which an older vault can still be opened; None where there is none.

    Where several wait it is the first of their days.
    """
    waiting = Key.objects.filter(person=person, expires_at__gt=timezone.now())
    key = waiting.order_by("expires_at").first()
    return key.expires_at if key else None


@sensitive_variables()
def reclaim(person: Any, opened: Keys, secret: str) -> bool:
    """Bring what an older vault holds into this one, with its passphrase or code.

    The keys at hand do not grow by it: whoever goes on opens them anew. Each older vault costs one
    derivation; callers limit how often somebody may try.

    Args:
        person: Whose vault.
        opened: The vault in use.
        secret: An older passphrase, or the older recovery code.

    Returns:
        Whether the secret was one of theirs, and there was something to bring.

    Raises:
        sealing.Unopenable: If `opened` is not the vault in use any more, or an old key was changed.
    """
    for slot in Slot.objects.filter(person=person, expires_at__gt=timezone.now()):
        master = wrapping.open_with_any(slot, secret)
        if master is not None:
            return _bring_in(person, opened, slot, master)
    return False


def shred_expired(now: datetime) -> int:
    """Delete the keys whose time to be reclaimed has passed; say how many.

    The letters that only they could open go with them.
    """
    with transaction.atomic():
        shredded = Key.objects.filter(expires_at__lte=now).delete()[0]
        Slot.objects.filter(expires_at__lte=now).delete()
        opener = Key.objects.filter(
            person=OuterRef("person"), kind=Key.Kind.IDENTITY, number=OuterRef("key_number")
        )
        Letter.objects.filter(~Exists(opener)).delete()
    return shredded


def _lock(person: Any) -> None:
    """Hold whoever else changes this person's ways in; the caller holds a transaction.

    SQLite needs no word for it: its transactions take the write lock as they begin.
    """
    people = get_user_model()._default_manager.select_for_update(no_key=True)
    people.filter(pk=person.pk).values_list("pk").first()


def _hold(person: Any, master: bytes) -> Slot:
    """Lock, and give the passphrase slot in use if this master key is the one that it wraps."""
    _lock(person)
    keys.open_(person.pk, master)
    slot = _in_use(person)
    if slot is None:
        raise sealing.Unopenable
    return slot


def _in_use(person: Any) -> Slot | None:
    return Slot.objects.filter(person=person, kind=Slot.Kind.PASSPHRASE, expires_at=None).first()


def _last_generation(person: Any) -> int:
    of_each = (
        model._default_manager.filter(person=person).aggregate(last=Max("generation"))["last"]
        for model in (Slot, Key)
    )
    return max(last or 0 for last in of_each)


def _has_changed(person: Any) -> bool:
    """Tell whether another request set another proof in the meantime; from here on it is known."""
    people = get_user_model()._default_manager.filter(pk=person.pk)
    stored = people.values_list("password", flat=True).first()
    if stored is None or stored == person.password:
        return False
    person.password = stored
    return True


def _keep(person: Any, prepared: Prepared, master: bytes, generation: int) -> None:
    """Write the slot and the account's proof, both from one derivation."""
    wrapping.by_passphrase(person, prepared, master, generation).save(force_insert=True)
    person.password = str(prepared.proof)
    person.save(update_fields=["password"])


def _renew(person: Any, passphrase: str, master: bytes) -> None:
    """Wrap by the same passphrase at today's cost, unless another request just did."""
    prepared = proofs.prepare(passphrase)
    with transaction.atomic():
        slot = _hold(person, master)
        if not _has_changed(person):
            slot.delete()
            _keep(person, prepared, master, slot.generation)


def _bring_in(person: Any, opened: Keys, slot: Slot, old_master: bytes) -> bool:
    """Bring the keys of an older slot's generation under the master key in use."""
    with transaction.atomic():
        generation = _hold(person, opened.master).generation
        waiting = Key.objects.select_for_update().filter(
            person=person, generation=slot.generation, expires_at__gt=timezone.now()
        )
        old = list(waiting)
        keys.rewrap(old, old_master, opened.master, generation)
        Slot.objects.filter(
            person=person, generation=slot.generation, expires_at__isnull=False
        ).delete()
    return bool(old)
