"""A message of any length, sealed once and readable by each of its recipients.

A fresh content key encrypts the padded payload with XChaCha20-Poly1305, bound to the context; the
content key is sealed to every recipient. 32 zero bytes in front of the padded payload commit the
body to that one content key: without them a forger could make one body that reads differently
under two keys (Albertini et al., USENIX Security 2022, the padding fix).
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from nacl.utils import random

from crypto import aead, sealed_box
from crypto.errors import Malformed, OpeningFailed
from crypto.keys import PrivateKey, PublicKey
from crypto.labels import Context, Purpose
from crypto.padding import is_bucket, pad, unpad
from crypto.versions import V1, strip_version

CONTENT_KEY_SIZE = 32
_COMMITMENT = bytes(32)
OVERHEAD = 1 + aead.OVERHEAD + len(_COMMITMENT)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed message: one body, and its content key sealed to each recipient in their order."""

    body: bytes
    sealed_keys: tuple[bytes, ...]


def seal(payload: bytes, context: Context, recipients: Sequence[PublicKey]) -> Envelope:
    """Seal a payload to at least one recipient.

    Args:
        payload: at most 16 MiB; only the bucket of its length shows.
        context: what the message is and belongs to; needed again to open.
        recipients: the keys that may each open it alone.
    """
    if not recipients:
        raise ValueError("an envelope has at least one recipient")
    content_key = random(CONTENT_KEY_SIZE)
    key_context = _key_context(context)
    sealed_keys = tuple(sealed_box.seal(content_key, to, key_context) for to in recipients)
    return Envelope(seal_body(payload, content_key, context), sealed_keys)


def open_envelope(body: bytes, sealed_key: bytes, key: PrivateKey, context: Context) -> bytes:
    """The payload of an envelope.

    Args:
        body: `Envelope.body`.
        sealed_key: this recipient's entry of `Envelope.sealed_keys`.
        key: the recipient's key.
        context: as when it was sealed.

    Raises:
        Malformed: not an envelope, or of an unknown version.
        OpeningFailed: the key or the context is another, or something was altered.
    """
    content_key = sealed_box.open_sealed(sealed_key, key, _key_context(context))
    if len(content_key) != CONTENT_KEY_SIZE:
        raise Malformed("not a content key")
    return open_body(body, content_key, context)


def reseal(sealed_key: bytes, key: PrivateKey, to: PublicKey, context: Context) -> bytes:
    """A recipient's entry of `Envelope.sealed_keys` for another key; the body stays as it is.

    Args:
        sealed_key: the entry, sealed to `key`.
        key: opens it.
        to: who opens the envelope from now on.
        context: as when it was sealed.

    Raises:
        Malformed, OpeningFailed: as `open_envelope`; nothing is said of the body.
    """
    opened = sealed_box.open_sealed(sealed_key, key, _key_context(context))
    return sealed_box.seal(opened, to, _key_context(context))


def seal_body(payload: bytes, content_key: bytes, context: Context) -> bytes:
    """The body alone, under a content key that is kept by other means."""
    return V1 + aead.encrypt(content_key, _COMMITMENT + pad(payload), _associated(context))


def open_body(body: bytes, content_key: bytes, context: Context) -> bytes:
    """The payload of a body, with its content key. Raises as `open_envelope`."""
    sealed = strip_version(body)
    if not is_bucket(len(body) - OVERHEAD):
        raise Malformed("not an envelope body")
    opened = aead.decrypt(content_key, sealed, _associated(context))
    if not hmac.compare_digest(opened[: len(_COMMITMENT)], _COMMITMENT):
        raise OpeningFailed
    return unpad(opened[len(_COMMITMENT) :])


def digest(body: bytes) -> bytes:
    """32 bytes by which the next message names this one (SHA-256)."""
    return sha256(body).digest()


def _associated(context: Context) -> bytes:
    return V1 + context.encode()


def _key_context(context: Context) -> Context:
    return Context(Purpose.ENVELOPE_KEY, (context.encode(),))
