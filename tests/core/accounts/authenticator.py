"""An authenticator of passkeys in software: makes a key, signs what a server asks (WebAuthn level 2, ES256)."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Authenticator:
    """`count` is how often it says it has signed; a copy of it counts on its own."""

    origin: str
    host: str
    credential_id: bytes = b"a passkey of this test"
    count: int = 1
    flags: int = PRESENT | VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: str) -> str:
        """What `navigator.credentials.create` would answer, as JSON."""
        numbers = self.key.public_key().public_numbers()
        public_key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = b"\0" * 16 + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(public_key)
        seen = self._seen(self.flags | ATTESTED) + attested
        said = {"attestationObject": cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": seen})}
        return self._answer(said | {"clientDataJSON": self._client("webauthn.create", options)})

    def get(self, options: str) -> str:
        """What `navigator.credentials.get` would answer, as JSON."""
        self.count += 1
        client, seen = self._client("webauthn.get", options), self._seen(self.flags)
        signature = self.key.sign(seen + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": seen, "signature": signature})

    def _seen(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, options: str) -> bytes:
        asked: dict[str, Any] = json.loads(options)
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, said: dict[str, bytes]) -> str:
        identity = bytes_to_base64url(self.credential_id)
        response = {name: bytes_to_base64url(value) for name, value in said.items()}
        return json.dumps({"id": identity, "rawId": identity, "type": "public-key", "response": response})
