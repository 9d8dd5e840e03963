"""What an account stores of a passphrase, and what it takes to make that.

The proof goes where Django keeps a password. What wraps the master key comes from the same
derivation and is stored nowhere.
"""

import base64
from dataclasses import dataclass, field

from kleinverzet.vault import derivation, pepper, sealing
from kleinverzet.vault.derivation import Cost

PREFIX = "vault1"


@dataclass(frozen=True, slots=True)
class Proof:
    """Parameters, salt and the value that proves a passphrase."""

    cost: Cost
    salt: bytes
    auth: bytes = field(repr=False)

    def __str__(self) -> str:
        """Give it as Django stores a password."""
        salt, auth = (base64.b64encode(part).decode() for part in (self.salt, self.auth))
        return f"{PREFIX}${self.cost.memory}${self.cost.passes}${salt}${auth}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A passphrase ready to be kept: what will prove it, and what wraps the master key."""

    proof: Proof
    kek: bytes = field(repr=False)


def read(encoded: str) -> Proof:
    """Give what an account stores.

    Raises:
        ValueError: If it is nothing of ours.
    """
    prefix, memory, passes, salt, auth = encoded.split("$")
    if prefix != PREFIX:
        raise ValueError("not a proof of ours")
    return Proof(Cost(int(memory), int(passes)), base64.b64decode(salt), base64.b64decode(auth))


def prepare(passphrase: str) -> Prepared:
    """Derive from a passphrase at today's cost. Slow, so it comes before any lock."""
    cost, salt = derivation.COST, sealing.new_key()[: derivation.SALT_SIZE]
    derived = derivation.derive(passphrase, salt, cost, pepper.read())
    return Prepared(Proof(cost, salt, derived.auth), derived.kek)
