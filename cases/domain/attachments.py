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
_DEPTH = 8
_LONGEST_GIVEN = 4096
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
        folder: where it was in a folder that was sent as a whole; cleaned like the name.
        cleaned: hidden data was taken out, before it was sent or for `made_from`.
        made_from: the id of the file that this is a cleaned copy of.
    """

    id: bytes
    name: str
    media_type: str
    size: int
    key: bytes
    sha256: bytes
    folder: str = ""
    cleaned: bool = False
    made_from: bytes | None = None

    @property
    def path(self) -> str:
        """The name with the folder it was in, for people to read."""
        return f"{self.folder}/{self.name}" if self.folder else self.name

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
        return cls(
            id=found,
            name=clean_name(fields.text("name")),
            media_type=clean_type(fields.text("media_type")),
            size=size,
            key=key,
            sha256=digest,
            folder=clean_folder(fields.text("folder")),
            cleaned=fields.flag("cleaned", False),
            made_from=fields.hex("made_from"),
        )


def clean_name(given: str) -> str:
    """A name that can be shown and saved: no folder, no invisible or reordering characters.

    At most 200 characters, the extension kept; "file" where nothing is left.
    """
    return _shortened(_visible(_parts(given)[-1])) or UNNAMED


def clean_folder(given: str) -> str:
    """A folder below the one that was picked, cleaned like a name; never a way out of it."""
    folders = [found for each in _parts(given)[:_DEPTH] if (found := _visible(each))]
    return "/".join(folders)[:NAME_SIZE].strip("/ .")


def folder_of(given: str) -> str:
    """The folder in the name that a browser gives a file picked with its folder."""
    return clean_folder("/".join(_parts(given)[:-1]))


def _parts(given: str) -> list[str]:
    # A name of megabytes is cut before any work is done on it.
    return unicodedata.normalize("NFC", given[:_LONGEST_GIVEN]).replace("\\", "/").split("/")


def _visible(part: str) -> str:
    shown = "".join(each if _shows(each) else " " for each in part)
    return " ".join(shown.split()).strip(". ")


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
