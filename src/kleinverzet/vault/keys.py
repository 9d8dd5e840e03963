"""A person's keys: making them, and opening them with the master key.

The master key (one generation at a time) wraps numbered data keys and identity pairs. Everything
that a ring keeps lies under a data key; everything written while the vault is closed is sealed to
the newest identity.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from kleinverzet.vault import sealing
from kleinverzet.vault.models import Key


@dataclass(frozen=True, slots=True)
class Keys:
    """Somebody's open keys, for as long as a request takes.

    Attributes:
        person: Whose they are.
        master: The master key.
        data: Data keys by number.
        identities: Private keys by number.
    """

    person: uuid.UUID
    master: bytes = field(repr=False)
    data: Mapping[int, bytes] = field(repr=False)
    identities: Mapping[int, bytes] = field(repr=False)

    @property
    def newest(self) -> int:
        """The number of the data key that new rows lie under."""
        return max(self.data)


@sensitive_variables()
def make(person: Any, master: bytes, generation: int) -> Keys:
    """Make a data key and an identity pair under a new master key; the caller holds a transaction.

    Numbers go on from what the person had before, so that older rows keep pointing at older keys.
    """
    number = 1 + (Key.objects.filter(person=person).aggregate(Max("number"))["number__max"] or 0)
    private, public = sealing.new_pair()
    _keep(person, master, generation, Key.Kind.DATA, number, sealing.new_key())
    _keep(person, master, generation, Key.Kind.IDENTITY, number, private, public)
    return open_(person.pk, master)


@sensitive_variables()
def open_(person_id: uuid.UUID, master: bytes) -> Keys:
    """Open every key that the master key wraps; those of a lost generation stay shut.

    Raises:
        sealing.Unopenable: If a key of this generation does not open, or there is none.
    """
    opened: dict[str, dict[int, bytes]] = {Key.Kind.DATA: {}, Key.Kind.IDENTITY: {}}
    for key in Key.objects.filter(person=person_id, expires_at=None):
        opened[key.kind][key.number] = sealing.open_(master, bytes(key.wrapped), _place(key))
    if not all(opened.values()):
        raise sealing.Unopenable
    return Keys(person_id, master, opened[Key.Kind.DATA], opened[Key.Kind.IDENTITY])


def public_key(person_id: uuid.UUID) -> tuple[int, bytes]:
    """Give the number and the public half of somebody's newest identity."""
    newest = Key.objects.filter(person=person_id, kind=Key.Kind.IDENTITY, expires_at=None).latest(
        "number"
    )
    return newest.number, bytes(newest.public_key)


@sensitive_variables()
def rewrap(old: list[Key], old_master: bytes, master: bytes, generation: int) -> None:
    """Bring keys of a lost generation under the master key in use; the caller holds a transaction.

    Raises:
        sealing.Unopenable: If the old master key does not open them.
    """
    for key in old:
        plain = sealing.open_(old_master, bytes(key.wrapped), _place(key))
        key.generation, key.expires_at = generation, None
        key.wrapped = sealing.seal(master, plain, _place(key))
        key.save(force_update=True)


def _keep(
    person: Any,
    master: bytes,
    generation: int,
    kind: str,
    number: int,
    plain: bytes,
    public: bytes = b"",
) -> None:
    key = Key(person=person, kind=kind, number=number, generation=generation, public_key=public)
    key.wrapped = sealing.seal(master, plain, _place(key))
    key.save(force_insert=True)


def _place(key: Key) -> bytes:
    return sealing.bind(
        "key",
        user=str(key.person_id),
        object=str(key.id),
        kind=key.kind,
        key=key.number,
        generation=key.generation,
        public=bytes(key.public_key).hex(),
    )
