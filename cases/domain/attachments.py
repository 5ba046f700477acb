"""A file that goes with a step: what its sender calls it, and how to find, open and check it.

It lies in the step's envelope, so whoever can read the step can read the file, and nobody else.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from cases.domain.json_fields import JsonFields
from cases.errors import FactsMalformed

NAME_SIZE = 200
UNNAMED = "file"
UNKNOWN_TYPE = "application/octet-stream"

_TYPE_SIZE = 100
_EXTENSION_SIZE = 20
# Letters of ASCII and what RFC 6838 allows beside them; no parameters.
_TYPE_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+")


class EvidenceState(StrEnum):
    """Where a stored file is: arriving, or kept by a case."""

    PENDING = "pending"
    KEPT = "kept"


@dataclass(frozen=True, repr=False)
class Attachment:
    """One file.

    Attributes:
        id: 16 bytes; in hexadecimal, the name of the stored object.
        name: as the sender's browser said, cleaned; shown, and never used as a path.
        media_type: as the sender's browser said; never trusted.
        size: bytes of the file itself.
        key: 32 bytes that open the stored stream.
        sha256: 32 bytes, of the file itself.
    """

    id: bytes
    name: str
    media_type: str
    size: int
    key: bytes
    sha256: bytes

    @property
    def object_name(self) -> str:
        """The name of the stored object."""
        return self.id.hex()

    def fields(self) -> dict[str, object]:
        """Plain values for JSON."""
        return dict(vars(self))

    @classmethod
    def read(cls, fields: JsonFields) -> "Attachment":
        """What `fields` gave; FactsMalformed otherwise."""
        found, key, digest = fields.hex("id"), fields.hex("key"), fields.hex("sha256")
        size = fields.number("size")
        if not found or not key or not digest or size < 0:
            raise FactsMalformed
        if (len(found), len(key), len(digest)) != (16, 32, 32):
            raise FactsMalformed
        name, media_type = fields.text("name"), fields.text("media_type")
        return cls(found, clean_name(name), clean_type(media_type), size, key, digest)


def clean_name(given: str) -> str:
    """A name that can be shown and saved: no folder, no invisible or reordering characters.

    At most 200 characters, the extension kept; "file" where nothing is left.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    visible = "".join(each if _shows(each) else " " for each in last)
    name = " ".join(visible.split()).strip(". ")
    return _shortened(name) or UNNAMED


def clean_type(given: str) -> str:
    """The media type alone, in lower case; the one of unknown bytes for anything odd."""
    media_type = given.partition(";")[0].strip().lower()
    parts = media_type.split("/")
    plain = len(parts) == 2 and all(part and set(part) <= _TYPE_CHARACTERS for part in parts)
    return media_type if plain and len(media_type) <= _TYPE_SIZE else UNKNOWN_TYPE


def _shows(character: str) -> bool:
    # All of category C: controls, and the format characters that turn "gpj.exe" around.
    return unicodedata.category(character)[0] != "C" and character not in '<>:"|?*'


def _shortened(name: str) -> str:
    if len(name) <= NAME_SIZE:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > _EXTENSION_SIZE:
        return name[:NAME_SIZE]
    return stem[: NAME_SIZE - len(extension) - 1] + dot + extension
