"""Files that came with a form which is shown again: the page carries what finds and opens them.

So whatever is wrong with a form, nobody sends a file twice; and without a script, too, files can
be added one after the other before the form is sent. They stay pending rows until then: a page
that is never sent is swept away with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.domain.attachments import Attachment
from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed
from crypto.errors import CryptoError
from crypto.held_files import open_held, seal_held
from inspection.findings import Failure
from web.services import services

VERSION = 1


class Cleaning(StrEnum):
    """What became of the wish to take hidden data out of a file."""

    NOT_ASKED = "not_asked"
    DONE = "done"


Cleaned = Cleaning | Failure


@dataclass(frozen=True, repr=False)
class HeldFile:
    """A file that has arrived, and whether hidden data was taken out of it, or why not."""

    attachment: Attachment
    cleaning: Cleaned = Cleaning.NOT_ASKED


def to_token(files: Iterable[HeldFile]) -> str:
    """The value of the page's hidden field; empty where there is no file."""
    fields = [{**each.attachment.fields(), "cleaning": each.cleaning.value} for each in files]
    if not fields:
        return ""
    settings = services().settings
    payload = to_json({"version": VERSION, "files": fields})
    return seal_held(payload, settings.secret_key, settings.audience)


def from_token(token: str) -> tuple[HeldFile, ...]:
    """The files of a page that came back; none where it is not a page of ours."""
    settings = services().settings
    try:
        payload = open_held(token, settings.secret_key, settings.audience)
        return tuple(map(_read, JsonFields.parse(payload).objects("files")))
    except (CryptoError, FactsMalformed):
        return ()


def _read(fields: JsonFields) -> HeldFile:
    return HeldFile(Attachment.read(fields), _cleaning(fields))


def _cleaning(fields: JsonFields) -> Cleaned:
    name = fields.text("cleaning")
    return Failure(name) if name in frozenset(Failure) else fields.required("cleaning", Cleaning)
