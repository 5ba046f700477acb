"""The kinds of files we know: how each is named, and who reads it.

A new kind is one row here.
"""

from dataclasses import dataclass
from types import MappingProxyType

from inspection.detection import TEXT as PLAIN_TEXT
from inspection.detection import media_type
from inspection.formats import pdf, pictures
from inspection.formats.audio import AUDIO
from inspection.formats.base import Format
from inspection.formats.mail import MAIL
from inspection.formats.office import OFFICE
from inspection.formats.opendocument import OPEN_DOCUMENT
from inspection.formats.text import SOURCE, TEXT


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        media_type: by content.
        extensions: that a name of this kind may have, small letters without the dot.
        format: who reads it; None where nobody does.
        cleanable: whether a copy without hidden data can be made.
    """

    media_type: str
    extensions: frozenset[str]
    format: Format | None = None
    cleanable: bool = False


def _kind(
    media_type: str, extensions: str, reader: Format | None = None, cleanable: bool = False
) -> Kind:
    return Kind(media_type, frozenset(extensions.split()), reader, cleanable)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OASIS = "application/vnd.oasis.opendocument."

KINDS = (
    _kind("application/pdf", "pdf", pdf, cleanable=True),
    _kind("image/jpeg", "jpg jpeg jpe jfif mpo", pictures, cleanable=True),
    _kind("image/png", "png apng", pictures, cleanable=True),
    _kind("image/gif", "gif", pictures, cleanable=True),
    _kind("image/webp", "webp", pictures, cleanable=True),
    _kind("image/tiff", "tif tiff dng nef cr2 arw", pictures, cleanable=True),
    _kind("image/bmp", "bmp dib", pictures, cleanable=True),
    _kind("image/heic", "heic heif hif", pictures, cleanable=True),
    _kind("image/heif", "heif heic hif", pictures, cleanable=True),
    _kind("image/avif", "avif", pictures),
    _kind(_OFFICE + "wordprocessingml.document", "docx", OFFICE, cleanable=True),
    _kind(_OFFICE + "spreadsheetml.sheet", "xlsx", OFFICE, cleanable=True),
    _kind(_OFFICE + "presentationml.presentation", "pptx", OFFICE, cleanable=True),
    _kind("application/vnd.ms-word.document.macroEnabled.12", "docm", OFFICE),
    _kind("application/vnd.ms-excel.sheet.macroEnabled.12", "xlsm", OFFICE),
    _kind("application/vnd.ms-powerpoint.presentation.macroEnabled.12", "pptm", OFFICE),
    _kind(_OASIS + "text", "odt", OPEN_DOCUMENT, cleanable=True),
    _kind(_OASIS + "spreadsheet", "ods", OPEN_DOCUMENT, cleanable=True),
    _kind(_OASIS + "presentation", "odp", OPEN_DOCUMENT, cleanable=True),
    _kind("application/msword", "doc dot"),
    _kind("application/vnd.ms-excel", "xls xlt"),
    _kind("application/vnd.ms-powerpoint", "ppt pps"),
    _kind("application/vnd.ms-outlook", "msg"),
    _kind("audio/mpeg", "mp3", AUDIO, cleanable=True),
    _kind("audio/aac", "aac", AUDIO, cleanable=True),
    _kind("audio/flac", "flac", AUDIO, cleanable=True),
    _kind("audio/ogg", "ogg oga spx", AUDIO, cleanable=True),
    _kind("audio/opus", "opus ogg oga", AUDIO, cleanable=True),
    _kind("audio/wav", "wav", AUDIO, cleanable=True),
    _kind("audio/aiff", "aif aiff aifc", AUDIO, cleanable=True),
    _kind("audio/mp4", "m4a m4b mp4", AUDIO, cleanable=True),
    _kind("video/mp4", "mp4 m4v m4a", AUDIO, cleanable=True),
    _kind("video/3gpp", "3gp 3g2", AUDIO, cleanable=True),
    _kind("video/quicktime", "mov qt", AUDIO, cleanable=True),
    _kind("video/x-msvideo", "avi"),
    _kind("video/x-matroska", "mkv webm"),
    _kind("message/rfc822", "eml mht mhtml", MAIL),
    _kind(
        PLAIN_TEXT,
        "txt text csv tsv json md log ini yaml yml srt vcf ics asc",
        TEXT,
        cleanable=True,
    ),
    _kind("text/html", "html htm xhtml", SOURCE),
    _kind("image/svg+xml", "svg", SOURCE),
    _kind("application/xml", "xml xsd xsl kml gpx rss", SOURCE),
    _kind("application/rtf", "rtf doc", SOURCE),
    _kind("application/zip", "zip"),
    _kind("application/gzip", "gz tgz"),
    _kind("application/epub+zip", "epub"),
    _kind("application/vnd.microsoft.portable-executable", "exe dll scr sys com"),
)
_BY_MEDIA_TYPE = MappingProxyType({kind.media_type: kind for kind in KINDS})
_KNOWN_EXTENSIONS = frozenset().union(*(kind.extensions for kind in KINDS))


def kind_of(data: bytes, name: str) -> Kind:
    """By content."""
    found = media_type(data)
    return _BY_MEDIA_TYPE.get(found) or Kind(found, frozenset())


def cleanable(kind: Kind, name: str) -> bool:
    """Whether a copy without hidden data can be made of a file with this name.

    Text is its own copy only where its name promises text: drawings, notebooks and pages for a
    printer are written in letters too, and name their author in them.
    """
    return kind.cleanable and (kind.media_type != PLAIN_TEXT or fits(kind, name))


def fits(kind: Kind, name: str) -> bool:
    """Whether a name promises what the content is. One without extension promises nothing; of a
    kind that we do not know, any that belongs to no other."""
    _, dot, extension = name.rpartition(".")
    if not dot:
        return True
    if kind.extensions:
        return extension.lower().strip() in kind.extensions
    return extension.lower().strip() not in _KNOWN_EXTENSIONS
