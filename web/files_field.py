"""What a form's field for files shows: what the page carries already, and what may still come."""

from collections.abc import Sequence
from dataclasses import dataclass

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
        undecided: hidden data was to be taken out of one of them and could not be.
        came: some of them came with this request, and need not be chosen again.
        held_up: the form was to be sent, and is shown again for such a file alone.
    """

    token: str
    files: Sequence[HeldFile]
    limits: Limits
    undecided: bool
    came: bool
    held_up: bool


def files_field() -> FilesField:
    """The field of a page that is being made, which may run the one script of ours."""
    headers.allow(headers.SCRIPT_POLICY)
    return held_files()


def held_files() -> FilesField:
    """What the page that is being made carries: its files outlive this request from here on."""
    files = uploads.handed_back()
    undecided = any(isinstance(one.cleaning, Failure) for one in files)
    limits, held_up = services().settings.limits, undecided and uploads.held_up()
    return FilesField(to_token(files), files, limits, undecided, uploads.files_came(), held_up)


def words() -> dict[str, object]:
    """What the templates of the field call."""
    return {
        "files_field": files_field,
        "held_files": held_files,
        "size_text": size_text,
        "cleaning_words": CLEANING_WORDS,
    }
