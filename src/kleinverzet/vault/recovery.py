"""The recovery code: 160 random bits in groups that can be copied by hand.

Base32 without padding; what looks alike when written (0 and O, 1 and I) is read as meant.
"""

import base64
import binascii
import unicodedata

from nacl import utils

from kleinverzet.vault import pepper, sealing

SIZE = 20
GROUP = 4
_MEANT = str.maketrans({"0": "O", "1": "I", "8": "B"})


def new_code() -> bytes:
    """Give 160 random bits."""
    return utils.random(SIZE)


def grouped(code: bytes) -> str:
    """Give a code as eight groups of four letters and figures."""
    text = base64.b32encode(code).decode()
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def read(typed: str) -> bytes | None:
    """Give the code that somebody typed, whatever stands between its groups; None if it is none."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    text = "".join(letter for letter in plain if letter.isalnum()).translate(_MEANT)
    try:
        code = base64.b32decode(text)
    except (binascii.Error, ValueError):
        return None
    return code if len(code) == SIZE else None


def key_of(code: bytes) -> bytes:
    """Give the key that a code stands for. It has 160 bits of its own, so nothing is stretched."""
    return sealing.mix(pepper.read(), code.hex(), person="code.v1")
