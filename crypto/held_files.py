"""What a form page carries of the files that came with it before, for this application only.

The page's own server gives it and takes it back; the browser only keeps it. It is sealed because
it holds the files' keys, and so that nobody can name a file that did not come this way.
"""

import base64
import binascii

from crypto import aead
from crypto.derivation import expand
from crypto.errors import Malformed
from crypto.labels import Context, Purpose
from crypto.versions import V1, strip_version


def seal_held(payload: bytes, secret: bytes, audience: str) -> str:
    """Seal for a hidden field: base64url without padding.

    Args:
        payload: what the page must keep.
        secret: the 32 bytes of this application's secret key.
        audience: which application; the other one cannot open it.
    """
    context = Context(Purpose.HELD_FILES, (audience.encode(),))
    sealed = V1 + aead.encrypt(expand(secret, context), payload, V1 + context.encode())
    return _as_text(sealed)


def open_held(text: str, secret: bytes, audience: str) -> bytes:
    """What `seal_held` sealed.

    Raises:
        Malformed: not such a text, another spelling of one, or of an unknown version.
        OpeningFailed: of another application or secret, or altered.
    """
    context = Context(Purpose.HELD_FILES, (audience.encode(),))
    sealed = _from_text(text)
    return aead.decrypt(expand(secret, context), strip_version(sealed), V1 + context.encode())


def _as_text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def _from_text(text: str) -> bytes:
    try:
        sealed = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        raise Malformed("not what a page carries") from None
    if _as_text(sealed) != text:
        raise Malformed("not what a page carries")
    return sealed
