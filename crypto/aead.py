"""Symmetric sealing: XChaCha20-Poly1305 with a random 24-byte nonce in front.

A nonce of 24 bytes may be drawn at random for as many messages as this system will ever write.
"""

import nacl.exceptions
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES as TAG_SIZE,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES as NONCE_SIZE,
)
from nacl.utils import random

from crypto.errors import Malformed, OpeningFailed

OVERHEAD = NONCE_SIZE + TAG_SIZE


def encrypt(key: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Nonce and ciphertext of ``plaintext`` under a 32-byte key, bound to ``associated``."""
    nonce = random(NONCE_SIZE)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, associated, nonce, key)


def decrypt(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    """The plaintext of what `encrypt` made.

    Raises:
        Malformed: ``sealed`` is too short to be one.
        OpeningFailed: the key, the bytes or ``associated`` are not those it was sealed with.
    """
    if len(sealed) < OVERHEAD:
        raise Malformed("too short")
    nonce, ciphertext = sealed[:NONCE_SIZE], sealed[NONCE_SIZE:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, associated, nonce, key)
    except nacl.exceptions.CryptoError:
        raise OpeningFailed from None
