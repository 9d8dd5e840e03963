"""Reading and writing what a ring keeps in the vault: the only way to a sealed row's payload.

Every row has a key of its own, wrapped by a data key, and is bound to its owner, its table, its id
and its revision.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.views.decorators.debug import sensitive_variables

from kleinverzet.vault import sealing
from kleinverzet.vault.keys import Keys
from kleinverzet.vault.models import SealedRow

Row = TypeVar("Row", bound=SealedRow)
# Random ids are never this one, so it stands in a place exactly once.
_NO_ID = str(uuid.UUID(int=0))


class Changed(Exception):
    """The row was written by somebody else since it was read: another tab, most likely."""


@dataclass(frozen=True, slots=True)
class Opened(Generic[Row]):
    """A row with its payload; None where it cannot be read and the rest can."""

    row: Row
    payload: dict[str, Any] | None = field(repr=False)


@sensitive_variables()
def add(row: Row, payload: Mapping[str, Any], keys: Keys) -> Row:
    """Seal a payload into a new row of the keys' owner and insert it."""
    row.person_id = keys.person
    _take(row, _seal(row, payload, keys, revision=1))
    row.save(force_insert=True)
    return row


@sensitive_variables()
def replace(row: Row, payload: Mapping[str, Any], keys: Keys) -> Row:
    """Seal another payload into a row, under a new key, if nobody wrote it in the meantime.

    Raises:
        Changed: If the row has another revision by now, or is gone; the row at hand stays as read.
    """
    fields = _seal(row, payload, keys, revision=row.revision + 1)
    same = type(row)._default_manager.filter(pk=row.pk, person=keys.person, revision=row.revision)
    if not same.update(**fields):
        raise Changed
    _take(row, fields)
    return row


@sensitive_variables()
def read(row: SealedRow, keys: Keys) -> dict[str, Any]:
    """Give a row's payload.

    Raises:
        sealing.Unopenable: If it is not theirs, was changed, or lies under a key that is shut.
    """
    if row.person_id != keys.person or row.key_number not in keys.data:
        raise sealing.Unopenable
    place = _place(row, row.revision, row.key_number)
    own = sealing.open_(keys.data[row.key_number], bytes(row.wrapped_key), place)
    return sealing.open_text(own, bytes(row.sealed), place)


def read_all(rows: Iterable[Row], keys: Keys) -> Iterator[Opened[Row]]:
    """Give every row with its payload; one that cannot be read leaves the rest usable."""
    for row in rows:
        try:
            yield Opened(row, read(row, keys))
        except sealing.Unopenable:
            yield Opened(row, None)


def _seal(row: SealedRow, payload: Mapping[str, Any], keys: Keys, revision: int) -> dict[str, Any]:
    """Give the fields that hold a payload, without touching the row."""
    own, place = sealing.new_key(), _place(row, revision, keys.newest)
    return {
        "revision": revision,
        "key_number": keys.newest,
        "wrapped_key": sealing.seal(keys.data[keys.newest], own, place),
        "sealed": sealing.seal_text(own, payload, place),
    }


def _take(row: SealedRow, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _place(row: SealedRow, revision: int, key_number: int) -> bytes:
    """Give what a row is bound to, with only its own id put together anew.

    Somebody may open thousands of rows, and all the rest is the same for most of them.
    """
    before, after = _around(row._meta.db_table, str(row.person_id), revision, key_number)
    return before + str(row.id).encode() + after


@lru_cache(maxsize=256)
def _around(table: str, user: str, revision: int, key_number: int) -> tuple[bytes, bytes]:
    place = sealing.bind(table, user=user, object=_NO_ID, revision=revision, key=key_number)
    before, _, after = place.partition(_NO_ID.encode())
    return before, after
