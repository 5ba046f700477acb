"""The words of one case, sealed beside it, so that a search opens one box a case and not dozens.

They lie under a key of the case's own seed: whoever opens the case opens them, nobody else does,
and a case that gets another seed loses them. The office alone writes them; a reporter's side never
holds the seed. The same 32 zero bytes as in an envelope commit them to that one key.
"""

import hmac

from crypto import aead
from crypto.derivation import expand
from crypto.errors import Malformed, OpeningFailed
from crypto.keys import Seed
from crypto.labels import Context, Purpose
from crypto.padding import is_bucket, pad, unpad
from crypto.versions import V1, strip_version

_COMMITMENT = bytes(32)
_OVERHEAD = 1 + aead.OVERHEAD + len(_COMMITMENT)


def seal_words(words: bytes, seed: Seed, case_id: bytes, extent: bytes) -> bytes:
    """Seal the words of a case; only the bucket of their length shows.

    Args:
        words: at most 16 MiB.
        seed: of the case's key.
        case_id: which case.
        extent: how far the case had come; words of an earlier extent do not open as later ones.
    """
    context = _context(case_id, extent)
    return V1 + aead.encrypt(_key(seed, case_id), _COMMITMENT + pad(words), V1 + context.encode())


def open_words(sealed: bytes, seed: Seed, case_id: bytes, extent: bytes) -> bytes:
    """The words that `seal_words` sealed.

    Raises:
        Malformed: not such bytes, or of an unknown version.
        OpeningFailed: of another case, seed or extent, or altered.
    """
    body, context = strip_version(sealed), _context(case_id, extent)
    if not is_bucket(len(sealed) - _OVERHEAD):
        raise Malformed("not the words of a case")
    opened = aead.decrypt(_key(seed, case_id), body, V1 + context.encode())
    if not hmac.compare_digest(opened[: len(_COMMITMENT)], _COMMITMENT):
        raise OpeningFailed
    return unpad(opened[len(_COMMITMENT) :])


def _key(seed: Seed, case_id: bytes) -> bytes:
    return expand(seed.raw, Context(Purpose.SEARCH_WORDS, (case_id,)))


def _context(case_id: bytes, extent: bytes) -> Context:
    return Context(Purpose.SEARCH_WORDS, (case_id, extent))
