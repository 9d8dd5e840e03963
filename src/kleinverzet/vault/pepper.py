"""The pepper: a secret of the program that never lies in the database or in its backups."""

import hashlib
from functools import cache

from kleinverzet import environment, secrets
from kleinverzet.vault import sealing

SHORTEST = 32


@cache
def read() -> bytes:
    """Give the 32 bytes of the pepper; made on first use, in a file of mode 0600.

    Raises:
        OSError: If its place cannot be read or written, or holds no pepper.
    """
    place = environment.read().pepper_file
    text = secrets.read_or_make(place.parent, place.name)
    if len(text.strip()) < SHORTEST:
        # An empty file, after a full disk say, would make a pepper that everybody knows.
        raise OSError(f"{place} holds no pepper")
    return _digest(text)


def fingerprint() -> str:
    """Give what tells this pepper from any other, in hex; empty where there is none yet.

    It may be shown and kept anywhere: it is a keyed hash, and nobody guesses 256 random bits.

    Raises:
        OSError: If its place cannot be read.
    """
    place = environment.read().pepper_file
    if not place.exists():
        return ""
    digest = _digest(place.read_text(encoding="ascii", errors="replace"))
    return sealing.mix(digest, "backup", person="fingerprint.v1").hex()


def key_for(use: str) -> bytes:
    """Give a key for one use of the server itself, such as the secrets of second factors."""
    return sealing.mix(read(), use, person="server.v1")


def _digest(text: str) -> bytes:
    # Copied by hand or by an editor it may end in a new line: that is still the same pepper.
    return hashlib.sha256(text.strip().encode()).digest()
