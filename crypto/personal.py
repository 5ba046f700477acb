"""Small secrets that only one person's own key may open, such as that person's TOTP secret."""

from crypto import aead
from crypto.derivation import expand
from crypto.keys import Seed
from crypto.labels import Context, Purpose
from crypto.versions import V1, strip_version


def seal_personal(secret: bytes, seed: Seed, purpose: Purpose) -> bytes:
    """Seal a secret under a person's seed; ``len(secret) + 41`` bytes."""
    return V1 + aead.encrypt(_key(seed, purpose), secret, _associated(purpose))


def open_personal(sealed: bytes, seed: Seed, purpose: Purpose) -> bytes:
    """The secret that `seal_personal` sealed.

    Raises:
        Malformed: not one, or of an unknown version.
        OpeningFailed: another person's, for another purpose, or altered.
    """
    return aead.decrypt(_key(seed, purpose), strip_version(sealed), _associated(purpose))


def _key(seed: Seed, purpose: Purpose) -> bytes:
    return expand(seed.raw, Context(purpose))


def _associated(purpose: Purpose) -> bytes:
    return V1 + Context(purpose).encode()
