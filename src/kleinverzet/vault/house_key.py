"""The house's own key, in a file beside the database: for what the program itself must read later.

An address to write to, a mail that waits. A copy of the database shows no word of it; a copy of the
whole disk does. What only people may read never lies under it.
"""

import hashlib
from functools import cache

from kleinverzet import environment, secrets
from kleinverzet.vault import sealing

FILE = "house-key"
SHORTEST = 32


@cache
def of(table: str) -> bytes:
    """Give the key for what one table keeps, made on first use.

    Raises:
        OSError: If the file cannot be made, or holds no key.
    """
    folder = environment.read().data / "secrets"
    text = secrets.read_or_make(folder, FILE).strip()
    if len(text) < SHORTEST:
        # An empty file, after a full disk say, would make a key that everybody knows.
        raise OSError(f"{folder / FILE} holds no key")
    return sealing.mix(hashlib.sha256(text.encode()).digest(), table, person="house.v1")
