"""From a passphrase to keys: Argon2id once, peppered, then split in two values.

One value proves that the passphrase is right and is what the account stores; the other wraps keys
and is stored nowhere. The pepper lies outside the database, so that a copied database alone cannot
even be tried against weak passphrases.
"""

import threading
import unicodedata
from dataclasses import dataclass, field

from nacl import pwhash

from kleinverzet.vault import sealing

SALT_SIZE = 16
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in bytes and passes over it."""

    memory: int
    passes: int

    def reaches(self, floor: "Cost") -> bool:
        """Tell whether it is at least as dear as another."""
        return self.memory >= floor.memory and self.passes >= floor.passes


# What a new passphrase costs; it may be raised at any time, and is renewed when somebody opens.
COST = Cost(memory=64 * MIB, passes=3)
# What is never accepted below. Raising it shuts out whoever was not here since COST was raised.
FLOOR = Cost(memory=64 * MIB, passes=3)
# Each derivation takes all of its memory at once; more than these wait for one another.
_places = threading.BoundedSemaphore(2)


class TooCheap(sealing.Unopenable):
    """Stored parameters lie below the floor: somebody weakened them."""


@dataclass(frozen=True, slots=True)
class Derived:
    """Both values of one derivation, 32 bytes each: `auth` may be stored, `kek` never."""

    auth: bytes = field(repr=False)
    kek: bytes = field(repr=False)


def derive(passphrase: str, salt: bytes, cost: Cost, pepper: bytes) -> Derived:
    """Derive both values from a passphrase. Takes a tenth of a second or more, on purpose.

    Args:
        passphrase: As typed; spelled one way (NFKC), so that every keyboard gives the same.
        salt: 16 random bytes.
        cost: At least `FLOOR`.
        pepper: The program's own secret.

    Raises:
        TooCheap: If the cost lies below the floor.
    """
    if not cost.reaches(FLOOR):
        raise TooCheap
    spelled = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    with _places:
        stretched = pwhash.argon2id.kdf(
            sealing.KEY_SIZE, spelled, salt, opslimit=cost.passes, memlimit=cost.memory
        )
    return split(bytes(stretched), pepper)


def split(stretched: bytes, pepper: bytes) -> Derived:
    """Split a stretched secret into its two peppered values."""
    return Derived(
        auth=sealing.mix(pepper, stretched.hex(), person="auth.v1"),
        kek=sealing.mix(pepper, stretched.hex(), person="kek.v1"),
    )
