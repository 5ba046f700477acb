"""A small secret sealed to the key of one recipient, in the suite of that key.

The context and the kind of the recipient's key are bound to the box: a box moved elsewhere does
not open. Anyone can seal; a box says nothing about who did.
"""

from crypto.errors import Malformed, OpeningFailed
from crypto.keys import KeyKind, PrivateKey, PublicKey
from crypto.labels import Context
from crypto.suites import NEW_KEYS, suite_numbered

OVERHEAD = 1 + suite_numbered(NEW_KEYS).overhead
"""Bytes by which a box to a new key is longer than its secret."""


def seal(secret: bytes, to: PublicKey, context: Context) -> bytes:
    """Seal a small secret.

    Args:
        secret: any length; its length shows.
        to: the recipient's key.
        context: what the secret is for and belongs to; needed again to open.

    Returns:
        The number of the suite, then what the suite made: ``len(secret) + 1153`` bytes in suite 1.
    """
    sealed = suite_numbered(to.suite).seal(secret, to.raw, _info(context, to.KIND))
    return bytes([to.suite]) + sealed


def open_sealed(box: bytes, key: PrivateKey, context: Context) -> bytes:
    """The secret that `seal` sealed.

    Raises:
        Malformed: not a box, or of a suite that is not known here.
        OpeningFailed: the key, its suite or the context is another, or the box was altered.
    """
    if not box:
        raise Malformed("not a sealed box")
    suite = suite_numbered(box[0])
    if len(box) <= suite.overhead:
        raise Malformed("too short for a sealed box")
    if suite.number != key.seed.suite:
        raise OpeningFailed
    return key.opener.open(box[1:], _info(context, key.KIND))


def _info(context: Context, kind: KeyKind) -> bytes:
    return context.encode() + bytes([kind])
