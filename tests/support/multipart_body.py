"""The body of a form with files, as browsers write it (HTML standard, "multipart/form-data").

Werkzeug's own encoder leaves out the empty line before a value that is empty.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

MULTIPART = "multipart/form-data"
_ESCAPES = {'"': "%22", "\r": "%0D", "\n": "%0A"}


@dataclass(frozen=True)
class Part:
    """A field, or a file when it has a file name, be it an empty one."""

    name: str
    content: bytes
    filename: str | None = None
    media_type: str = "application/octet-stream"

    def encoded(self) -> bytes:
        """Its headers and content."""
        head = f'Content-Disposition: form-data; name="{_escaped(self.name)}"'
        if self.filename is not None:
            head += f'; filename="{_escaped(self.filename)}"\r\nContent-Type: {self.media_type}'
        return head.encode(errors="surrogateescape") + b"\r\n\r\n" + self.content


def encoded_form(parts: Iterable[Part]) -> tuple[bytes, str]:
    """The body, and its media type with the boundary."""
    boundary = secrets.token_hex(16)
    between = f"\r\n--{boundary}".encode()
    body = b"".join(between + b"\r\n" + part.encoded() for part in parts)
    return (body + between + b"--\r\n").removeprefix(b"\r\n"), f"{MULTIPART}; boundary={boundary}"


def _escaped(name: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in name)
