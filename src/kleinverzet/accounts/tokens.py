"""Addresses that open one thing without a name: shown once, and kept only as what proves them.

Whoever reads the database cannot make such an address from it.
"""

import secrets
from dataclasses import dataclass, field
from hashlib import blake2b

BYTES = 18


@dataclass(frozen=True, slots=True)
class Token:
    """A fresh token: its text for the address, and its hash for the row."""

    text: str = field(repr=False)
    hash: bytes


def fresh(purpose: str) -> Token:
    """Make a token that nobody can guess."""
    text = secrets.token_urlsafe(BYTES)
    return Token(text, hash_of(text, purpose))


def hash_of(text: str, purpose: str) -> bytes:
    """Give what a row keeps of a token.

    Args:
        text: The token, from an address.
        purpose: What it opens, at most 16 letters; a token for one thing never opens another.
    """
    return blake2b(text.encode(), digest_size=32, person=purpose.encode()).digest()
