"""A passkey without a device: makes and signs what a browser would send, for tests without one."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://localhost"
HOST = "localhost"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class SoftKey:
    """One passkey, its private half in memory."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: os.urandom(32))

    def make(self, options: dict[str, Any], origin: str = ORIGIN) -> dict[str, Any]:
        """Answer a page that asks for a new passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())
        known = AttestedCredentialData.create(bytes(16), self.id, public)
        data = AuthenticatorData.create(_host(), PRESENT | AuthenticatorData.FLAG.AT, 0, known)
        attestation = AttestationObject.create("none", data, {})
        said = _said("webauthn.create", options, origin)
        return self._answer(clientDataJSON=said, attestationObject=bytes(attestation))

    def sign(self, options: dict[str, Any], origin: str = ORIGIN) -> dict[str, Any]:
        """Answer a page that asks for this passkey."""
        data = bytes(AuthenticatorData.create(_host(), PRESENT, 1))
        said = _said("webauthn.get", options, origin)
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {name: websafe_encode(part) for name, part in parts.items()},
        }


def _said(kind: str, options: dict[str, Any], origin: str) -> bytes:
    said = {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": origin}
    return json.dumps(said | {"crossOrigin": False}).encode()


def _host() -> bytes:
    return sha256(HOST.encode()).digest()
