"""The version byte in front of every stored format."""

from crypto.errors import Malformed

V1 = b"\x01"


def strip_version(stored: bytes, version: bytes = V1) -> bytes:
    """What follows the version byte.

    Raises:
        Malformed: there is no version byte, or one this program does not know.
    """
    if stored[:1] != version:
        raise Malformed("unknown version")
    return stored[1:]
