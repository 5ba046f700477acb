"""Codes on paper that work once each, for somebody whose phone or passkey is not at hand.

Twelve letters and digits, 60 bits. What is stored of a code is derived from its owner's seed too:
whoever reads the database can try no code, and whoever writes there can add none.
"""

import secrets

from crypto.derivation import expand
from crypto.keys import Seed
from crypto.labels import Context, Purpose

# Crockford's base 32: without I, L, O and U, which are misread or spell words.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110", " -\N{EN DASH}\t")
_LENGTH = 12
_GROUP = 4


def draw_recovery_code() -> str:
    """A new code as it is shown: three groups of four."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def is_recovery_code(typed: str) -> bool:
    """Whether this has the shape of one, and not that of a one-time code of six digits."""
    code = _folded(typed)
    return len(code) == _LENGTH and set(code) <= set(_ALPHABET)


def recovery_digest(typed: str, seed: Seed) -> bytes:
    """32 bytes under which a person's code is stored, however it is spelled."""
    code = _folded(typed).encode("utf-8", "replace")
    return expand(seed.raw, Context(Purpose.RECOVERY_CODE, (code,)))


def _folded(typed: str) -> str:
    return typed.strip().upper().translate(_MISREAD)
