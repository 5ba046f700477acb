"""Sessions that neither the database nor the cookie can open alone.

The cookie holds a random token; the row lies under the token's SHA-256 and holds a secret sealed
under a key derived from the token.
"""

import base64
import binascii
from hashlib import sha256

from crypto import aead
from crypto.derivation import expand
from crypto.errors import Malformed
from crypto.labels import Context, Purpose
from crypto.secret_bytes import SecretBytes
from crypto.versions import V1, strip_version


class SessionToken(SecretBytes):
    """The 32 random bytes in a session's cookie. A new one at each change of privilege."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """43 characters for a cookie: base64url without padding."""
        return base64.urlsafe_b64encode(self.raw).decode("ascii").rstrip("=")

    @classmethod
    def from_text(cls, text: str) -> "SessionToken":
        """The token of a cookie.

        Raises:
            Malformed: not exactly what `text` writes.
        """
        try:
            token = cls(base64.b64decode(text.encode("ascii") + b"=", b"-_", validate=True))
        except (ValueError, binascii.Error):
            raise Malformed("not a session token") from None
        if token.text != text:
            raise Malformed("not a session token")
        return token

    @property
    def id(self) -> bytes:
        """32 bytes that find the session's row and do not give the token (SHA-256)."""
        return sha256(self.raw).digest()

    @property
    def csrf_secret(self) -> str:
        """64 hex digits from which the forms of this session get their tokens."""
        return expand(self.raw, Context(Purpose.SESSION_CSRF)).hex()

    @property
    def binding(self) -> bytes:
        """32 bytes that tie a drawn receipt code to this session; see `crypto.receipt`."""
        return expand(self.raw, Context(Purpose.SESSION_BINDING))


def seal_session(secret: bytes, token: SessionToken) -> bytes:
    """Seal what a session must remember; ``len(secret) + 41`` bytes."""
    return V1 + aead.encrypt(_key(token), secret, _associated(token))


def open_session(sealed: bytes, token: SessionToken) -> bytes:
    """What a session remembers.

    Raises:
        Malformed: not a sealed session, or of an unknown version.
        OpeningFailed: the session of another token, or altered.
    """
    return aead.decrypt(_key(token), strip_version(sealed), _associated(token))


def _key(token: SessionToken) -> bytes:
    return expand(token.raw, Context(Purpose.SESSION_KEY))


def _associated(token: SessionToken) -> bytes:
    return V1 + Context(Purpose.SESSION, (token.id,)).encode()
