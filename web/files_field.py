"""What a form's field for files shows: what the page carries already, and what may still come."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from inspection.findings import Failure
from web import headers, uploads
from web.held import Cleaned, Cleaning, HeldFile, to_token
from web.services import services
from web.settings import Limits
from web.sizes import size_text

CLEANING_WORDS: dict[Cleaned, LazyString | str] = {
    Cleaning.NOT_ASKED: "",
    Cleaning.DONE: _("Hidden data was taken out."),
    Failure.UNSUPPORTED: _("We cannot take hidden data out of this kind of file."),
    Failure.TOO_LARGE: _("This file is too large for us to take hidden data out."),
    Failure.BROKEN: _("We could not read this file, so hidden data may still be in it."),
    Failure.TOO_SLOW: _("It took too long to look into this file; hidden data may still be in it."),
    Failure.BUSY: _("Too many files are being cleaned right now. Remove it and try again."),
    Failure.UNAVAILABLE: _("We cannot take hidden data out at the moment."),
}


@dataclass(frozen=True, repr=False)
class FilesField:
    """The field as it is shown.

    Attributes:
        token: what the page carries of the files; empty where there is none.
        files: those files, in the order in which they came.
        limits: of this application.
        explains: the field tells about hidden data and offers to take it out.
        undecided: hidden data was to be taken out of a file just now and could not be.
    """

    token: str
    files: Sequence[HeldFile]
    limits: Limits
    explains: bool
    undecided: bool = field(default=False)


def files_field(explains: bool = True) -> FilesField:
    """The field of a page that is being made; its files outlive this request from here on.

    The page may run the one script that shows how far an upload is.
    """
    headers.allow(headers.SCRIPT_POLICY)
    files = uploads.handed_back()
    undecided = any(isinstance(one.cleaning, Failure) for one in files)
    return FilesField(to_token(files), files, services().settings.limits, explains, undecided)


def words() -> dict[str, object]:
    """What the templates of the field call."""
    return {"files_field": files_field, "size_text": size_text, "cleaning_words": CLEANING_WORDS}
