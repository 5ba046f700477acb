"""What the pages of a file say: its kind, and why something could not be done with it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from inspection.findings import Failure
from reviewer.virus_scan import ScanFailure

LOOKING_FAILED: dict[Failure, LazyString] = {
    Failure.UNSUPPORTED: _("We cannot show this kind of file here."),
    Failure.TOO_LARGE: _(
        "This file is too large, or unpacks to too much, to look into it here. Download it and "
        "open it outside the console."
    ),
    Failure.BROKEN: _("We could not read this file. It may be damaged, or made to do harm."),
    Failure.TOO_SLOW: _("It took too long to look into this file. It may be made to do harm."),
    Failure.BUSY: _("Colleagues are looking into other files. Open this page again in a minute."),
    Failure.UNAVAILABLE: _(
        "This machine cannot look into files safely. Tell the person who runs this system."
    ),
}

SCANNING_FAILED: dict[ScanFailure, LazyString] = {
    ScanFailure.ABSENT: _("No virus scanner is set up here."),
    ScanFailure.DOWN: _("The virus scanner does not answer. The file was not scanned."),
    ScanFailure.TOO_LARGE: _("The file is too large for the virus scanner. It was not scanned."),
    ScanFailure.TOO_SLOW: _("The virus scanner took too long. The file was not scanned."),
    ScanFailure.NOT_READ: _("The virus scanner could not read the file. It was not scanned."),
}

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OASIS = "application/vnd.oasis.opendocument."
_DOCUMENT, _TABLE, _SLIDES = _("Text document"), _("Spreadsheet"), _("Presentation")
_KINDS: dict[str, LazyString] = {
    "application/pdf": _("PDF document"),
    _OFFICE + "wordprocessingml.document": _DOCUMENT,
    _OFFICE + "spreadsheetml.sheet": _TABLE,
    _OFFICE + "presentationml.presentation": _SLIDES,
    _OASIS + "text": _DOCUMENT,
    _OASIS + "spreadsheet": _TABLE,
    _OASIS + "presentation": _SLIDES,
    "application/msword": _DOCUMENT,
    "application/rtf": _DOCUMENT,
    "application/vnd.ms-excel": _TABLE,
    "application/vnd.ms-powerpoint": _SLIDES,
    "message/rfc822": _("Email"),
    "application/vnd.ms-outlook": _("Email"),
    "text/html": _("Web page: it can hold a program"),
    "image/svg+xml": _("Drawing: it can hold a program"),
    "application/zip": _("Archive of several files"),
    "application/gzip": _("Archive of several files"),
    "application/vnd.microsoft.portable-executable": _("A program. Do not open it."),
    "application/x-executable": _("A program. Do not open it."),
    "application/java-archive": _("A program. Do not open it."),
}
_FAMILIES: dict[str, LazyString] = {
    "image": _("Picture"),
    "audio": _("Sound recording"),
    "video": _("Film"),
    "text": _("Text"),
}
_WITH_MACROS = _("Office document that can hold a program")
_OTHER = _("Another kind of file")
_UNKNOWN = _("Nobody knows this kind of file")


def kind_text(media_type: str) -> LazyString:
    """A media type in words."""
    if media_type == "application/octet-stream":
        return _UNKNOWN
    if media_type.endswith(".macroEnabled.12"):
        return _WITH_MACROS
    return _KINDS.get(media_type) or _FAMILIES.get(media_type.partition("/")[0]) or _OTHER
