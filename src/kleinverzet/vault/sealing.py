"""Sealing and opening: the vault's protocol v1 as pure functions over bytes.

What is sealed is padded, encrypted and bound to where it belongs: moved to another row, field,
person or revision, it does not open. Knows no Django and keeps nothing.

XChaCha20-Poly1305, X25519 sealed boxes and BLAKE2b are libsodium's, through PyNaCl.
"""

import json
from collections.abc import Mapping
from typing import Any

from nacl import bindings, encoding, exceptions, public, secret, utils
from nacl.hash import blake2b

VERSION = 1
KEY_SIZE = 32
SHORTEST_KEY = 16
# Lengths tell stories: every text takes a multiple of this many bytes.
BLOCK = 512

_HEAD = bytes([VERSION])
# Made once: it runs twice for every row that is read.
_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode
_BODY = len(_HEAD) + secret.Aead.NONCE_SIZE


class Unopenable(Exception):
    """The key is not the right one, or the bytes were changed, cut off or moved."""


def new_key() -> bytes:
    """Give 32 random bytes."""
    return utils.random(KEY_SIZE)


def bind(purpose: str, **place: str | int) -> bytes:
    """Name where something sealed belongs, as associated data: canonical JSON.

    Args:
        purpose: What it is for, such as "entry" or "slot".
        place: Whose it is and where it stands: ids, revision, key number; no name twice.

    Raises:
        ValueError: If a name is taken; two places would then be written alike.
    """
    if "v" in place:
        raise ValueError("`v` is the version's name")
    return _canonical({"purpose": purpose, "v": VERSION, **place})


def seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Encrypt and authenticate: one version byte, the nonce, and the ciphertext.

    Args:
        key: 32 bytes.
        plain: Anything.
        place: What `bind` gave; the same is needed for opening.
    """
    return _HEAD + bytes(secret.Aead(key).encrypt(plain, aad=_HEAD + place))


def open_(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Give what was sealed.

    Raises:
        Unopenable: If anything at all differs: key, bytes, place or version.
    """
    if sealed[:1] != _HEAD:
        raise Unopenable
    try:
        # Without an Aead in between: somebody may open thousands of rows at a time.
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[_BODY:], _HEAD + place, sealed[len(_HEAD) : _BODY], key
        )
    except (exceptions.CryptoError, ValueError, TypeError) as fault:
        raise Unopenable from fault


def seal_text(key: bytes, payload: Mapping[str, Any], place: bytes) -> bytes:
    """Seal a payload as canonical JSON, padded so that its length tells little."""
    return seal(key, bindings.sodium_pad(_canonical(payload), BLOCK), place)


def open_text(key: bytes, sealed: bytes, place: bytes) -> dict[str, Any]:
    """Give the payload that `seal_text` sealed.

    Raises:
        Unopenable: See `open_`; also where the inside is no payload.
    """
    return _unpadded(open_(key, sealed, place))


def new_pair() -> tuple[bytes, bytes]:
    """Give a private and a public X25519 key."""
    private = public.PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def seal_to(public_key: bytes, payload: Mapping[str, Any], place: bytes) -> bytes:
    """Seal a payload so that only the owner of the private key can open it.

    A sealed box takes no associated data, so the place travels inside and is compared on opening.
    """
    inside = {"place": place.decode(), "payload": payload}
    padded = bindings.sodium_pad(_canonical(inside), BLOCK)
    return _HEAD + bytes(public.SealedBox(public.PublicKey(public_key)).encrypt(padded))


def open_with(private_key: bytes, sealed: bytes, place: bytes) -> dict[str, Any]:
    """Give the payload that was sealed to a key's owner.

    Raises:
        Unopenable: If the key, the bytes, the place or the version differ.
    """
    if sealed[:1] != _HEAD:
        raise Unopenable
    try:
        box = public.SealedBox(public.PrivateKey(private_key))
        inside = _unpadded(bytes(box.decrypt(bytes(sealed[1:]))))
    except (exceptions.CryptoError, ValueError, TypeError) as fault:
        raise Unopenable from fault
    if not isinstance(inside.get("payload"), dict) or inside.get("place") != place.decode():
        raise Unopenable
    payload: dict[str, Any] = inside["payload"]
    return payload


def mix(key: bytes, context: str, *, person: str) -> bytes:
    """Derive a 32-byte key for one use from another: keyed, personalised BLAKE2b.

    Args:
        key: The secret, 16 to 64 bytes.
        context: What the derived key belongs to, such as a row's id.
        person: The use, at most 16 bytes; differs for every use in the program.

    Raises:
        ValueError: If the key is too short; with none at all the result would be no secret.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError("a key of 16 bytes at least")
    return bytes(
        blake2b(
            context.encode(),
            digest_size=KEY_SIZE,
            key=key,
            person=person.encode(),
            encoder=encoding.RawEncoder,
        )
    )


def _unpadded(padded: bytes) -> dict[str, Any]:
    try:
        text = bindings.sodium_unpad(padded, BLOCK).decode("utf-8", "surrogatepass")
        payload = json.loads(text)
    except (exceptions.CryptoError, ValueError, TypeError, RecursionError):
        payload = None
    # Raised here and not above: a JSON error would carry the whole text along.
    if not isinstance(payload, dict):
        raise Unopenable
    return payload


def _canonical(value: Mapping[str, Any]) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")
