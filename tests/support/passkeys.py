"""A security key made of software: answers as a browser's script sends them.

key = SecurityKey("zegel.test", "https://zegel.test")
answer = key.create(options_of(page))
answer = key.sign(options_of(page))
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.support.html import Page

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def options_of(page: Page) -> str:
    """What a page asks the browser for."""
    return page.one("data-passkey").get("data-passkey-options", "")


@dataclass
class SecurityKey:
    """One credential for one place; whoever holds it knows the PIN, unless a test says not.

    Attributes:
        name: what it belongs to.
        origin: where the browser is.
        flags: what it says of the person: present, and verified by PIN.
        count: how often it signed.
    """

    name: str
    origin: str
    flags: int = PRESENT | VERIFIED
    count: int = 0
    id: bytes = field(default_factory=lambda: token_bytes(32))
    _key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: str) -> str:
        """The answer to a page that asks for a new passkey."""
        known = sha256(self.name.encode()).digest() + bytes([self.flags | ATTESTED]) + bytes(4)
        known += bytes(15) + b"\1" + len(self.id).to_bytes(2, "big") + self.id + self._cose()
        attestation = {"fmt": "none", "attStmt": {}, "authData": known}
        client_data = self._client_data("webauthn.create", options)
        return self._answer(clientDataJSON=client_data, attestationObject=cbor2.dumps(attestation))

    def sign(self, options: str) -> str:
        """The answer to a page that asks for a signature."""
        self.count += 1
        known = sha256(self.name.encode()).digest() + bytes([self.flags])
        known += self.count.to_bytes(4, "big")
        client_data = self._client_data("webauthn.get", options)
        signed = known + sha256(client_data).digest()
        signature = self._key.sign(signed, ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client_data, authenticatorData=known, signature=signature
        )

    def _client_data(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _cose(self) -> bytes:
        point = self._key.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, **response: bytes) -> str:
        encoded = {name: as_text(value) for name, value in response.items()}
        own: dict[str, Any] = {"id": as_text(self.id), "rawId": as_text(self.id)}
        return json.dumps({**own, "type": "public-key", "response": encoded})


def as_text(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def as_bytes(text: str) -> bytes:
    """What `as_text` wrote."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
