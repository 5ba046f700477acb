"""Challenges for passkeys that nobody has to remember: each says itself when it was made.

The server seals the moment under its own secret, for one use in one browser. What comes back
inside the browser's answer opens for that use and browser only, and tells how old it is.
"""

from crypto import aead
from crypto.derivation import expand
from crypto.errors import Malformed
from crypto.labels import Context, Purpose
from crypto.versions import V1, strip_version

_MOMENT_SIZE = 8


def make_challenge(issued: int, secret: bytes, use: bytes, browser: bytes) -> bytes:
    """A challenge of 49 bytes.

    Args:
        issued: when, in milliseconds of the Unix epoch.
        secret: the 32 bytes of this application's secret key.
        use: what it is for; for another use it does not open.
        browser: what only this browser holds, such as the id of its session.
    """
    context = Context(Purpose.PASSKEY_CHALLENGE, (use, browser))
    moment = issued.to_bytes(_MOMENT_SIZE, "big")
    return V1 + aead.encrypt(expand(secret, context), moment, V1 + context.encode())


def read_challenge(challenge: bytes, secret: bytes, use: bytes, browser: bytes) -> int:
    """When `make_challenge` made it.

    Raises:
        Malformed: not one, or of an unknown version.
        OpeningFailed: for another use, browser or application, or altered.
    """
    context = Context(Purpose.PASSKEY_CHALLENGE, (use, browser))
    sealed, associated = strip_version(challenge), V1 + context.encode()
    moment = aead.decrypt(expand(secret, context), sealed, associated)
    if len(moment) != _MOMENT_SIZE:
        raise Malformed("not a moment")
    return int.from_bytes(moment, "big")
