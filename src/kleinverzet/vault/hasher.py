"""What Django stores as a password: the proof of a passphrase, never a plain hash of it.

An unpeppered hash of the same passphrase beside the vault would be the weak way in. Making one is
left to `slots`, which writes the proof and the slot together.
"""

import hmac
from typing import Any, NoReturn

from django.contrib.auth.hashers import BasePasswordHasher
from django.views.decorators.debug import sensitive_variables

from kleinverzet.vault import derivation, pepper
from kleinverzet.vault import proof as proofs


class VaultHasher(BasePasswordHasher):
    """Verifies a proof; refuses to make one by itself."""

    algorithm = proofs.PREFIX

    def salt(self) -> str:
        """Give nothing: `slots` brings the salt."""
        return ""

    def encode(self, password: str, salt: str) -> NoReturn:
        """Refuse: a proof without its slot would shut its owner out.

        Raises:
            TypeError: Always.
        """
        raise TypeError("a passphrase is set by vault.slots, together with its slot")

    @sensitive_variables()
    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether a passphrase is the one."""
        proof = proofs.read(encoded)
        derived = derivation.derive(password, proof.salt, proof.cost, pepper.read())
        return hmac.compare_digest(derived.auth, proof.auth)

    def decode(self, encoded: str) -> dict[str, Any]:
        """Give the parts of a proof."""
        proof = proofs.read(encoded)
        return {"algorithm": self.algorithm, "cost": proof.cost}

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        """Give what may be shown of a proof."""
        return {"algorithm": self.algorithm}

    def must_update(self, encoded: str) -> bool:
        """Say no: `slots` renews a proof and its slot together when somebody opens their vault."""
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: the cost is one floor for all."""
