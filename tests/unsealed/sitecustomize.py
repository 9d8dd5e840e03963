"""Switches encryption off, for the one test that has to see what lies open then.

Python runs this at its start where its folder stands in PYTHONPATH; nothing in the program knows of
it. Sealing leaves everything as it is, with its key before it; a derived key is its passphrase.
"""

import json
from collections.abc import Mapping
from typing import Any

from kleinverzet.vault import derivation, recovery, sealing

HEAD = b"\x01"
SIZE = sealing.KEY_SIZE


def _seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    return HEAD + _sized(key) + plain


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    return bytes(sealed[1 + SIZE :])


def _seal_to(public_key: bytes, payload: Mapping[str, Any], place: bytes) -> bytes:
    return HEAD + json.dumps(payload).encode()


def _open_with(private_key: bytes, sealed: bytes, place: bytes) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(bytes(sealed[1:]))
    return opened


def _derive(passphrase: str, salt: bytes, cost: Any, pepper: bytes) -> derivation.Derived:
    return derivation.Derived(auth=passphrase.encode(), kek=_sized(passphrase.encode()))


def _sized(key: bytes) -> bytes:
    return key.ljust(SIZE, b"\0")[:SIZE]


sealing.seal, sealing.open_ = _seal, _open
sealing.seal_to, sealing.open_with = _seal_to, _open_with
derivation.derive = _derive
recovery.key_of = _sized
