"""A file's true type by its content. The name plays no part, except between kinds of plain text.

Own rules come first where the signature tables are weak: containers (office documents are ZIP
archives, recordings and modern photographs share one box format), text and markup. puremagic
knows the rest.
"""

import re
from io import BytesIO
from zipfile import ZipFile

import puremagic

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
_HEAD_BYTES = 4096
# Of the confidence that puremagic gives its guesses; shorter signatures fit by chance.
_SURE = 0.4
# A list of types or a mimetype entry is short; a hostile one is not read.
_INNER_BYTES = 1024 * 1024

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    # Written in letters, with the author among them.
    (b"%!PS", "application/postscript"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
)
# Frames of sound without anything before them.
_FRAMES = {
    **dict.fromkeys((b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"), "audio/mpeg"),
    **dict.fromkeys((b"\xff\xf1", b"\xff\xf9"), "audio/aac"),
}
# What follows "RIFF" and a length.
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}
# The main brand of a file in boxes.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_HEIF_BRANDS = (b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")
_3GP_PREFIXES = (b"3gp", b"3g2")
_M4A_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_OFFICE_PREFIX = "application/vnd.openxmlformats-officedocument."
_OFFICE_PARTS = (
    (b"wordprocessingml.document.main+xml", _OFFICE_PREFIX + "wordprocessingml.document"),
    (b"spreadsheetml.sheet.main+xml", _OFFICE_PREFIX + "spreadsheetml.sheet"),
    (b"presentationml.presentation.main+xml", _OFFICE_PREFIX + "presentationml.presentation"),
    (b"ms-word.document.macroEnabled", "application/vnd.ms-word.document.macroEnabled.12"),
    (b"ms-excel.sheet.macroEnabled", "application/vnd.ms-excel.sheet.macroEnabled.12"),
    (
        b"ms-powerpoint.presentation.macroEnabled",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    ),
)
_OPEN_DOCUMENTS = tuple(
    "application/vnd.oasis.opendocument." + part for part in ("text", "spreadsheet", "presentation")
)
# Names of the streams in the older office container, as it stores them.
_COMPOUND_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1", "application/vnd.ms-outlook"),
)

_HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|iframe|meta|title|table|div|p|a)"
    rb"[\s>/]",
    re.I | re.S,
)
_SVG = re.compile(rb"<(\w+:)?svg[\s>]", re.I)
_XML = re.compile(rb"\s*<(\?xml|!DOCTYPE|!--|[A-Za-z_][\w:.-]*[\s>/])", re.I)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
_MAIL_HEADERS = frozenset(
    (b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version",
     b"return-path", b"delivered-to", b"reply-to", b"cc", b"content-type")
)  # fmt: skip
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(data: bytes) -> str:
    """`application/octet-stream` where nobody knows."""
    head = data[:_HEAD_BYTES]
    for rule in (_by_signature, _by_box, _by_compound):
        if found := rule(head, data):
            return found
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _by_archive(data)
    return _by_text(head) or _by_tables(data)


def _by_signature(head: bytes, data: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if head[:4] == b"OggS":
        return "audio/opus" if b"OpusHead" in head[:128] else "audio/ogg"
    # Length of the picture's header: two letters alone are too little.
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return _FRAMES.get(head[:2]) or _by_start(head)


def _by_start(head: bytes) -> str | None:
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), None)


def _by_box(head: bytes, data: bytes) -> str | None:
    """ISO 14496-12: the first box of recordings and photographs names their brand."""
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free") and head[:1] == b"\0":
        return "video/quicktime"
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    for brands, kind in (
        (_HEIC_BRANDS, "image/heic"),
        (_HEIF_BRANDS, "image/heif"),
        (_AVIF_BRANDS, "image/avif"),
        (_M4A_BRANDS, "audio/mp4"),
        ((b"qt  ",), "video/quicktime"),
    ):
        if brand in brands:
            return kind
    return "video/3gpp" if brand.startswith(_3GP_PREFIXES) else "video/mp4"


def _by_compound(head: bytes, data: bytes) -> str | None:
    if not head.startswith(_COMPOUND_SIGNATURE):
        return None
    for stream, kind in _COMPOUND_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "application/x-ole-storage"


def _by_archive(data: bytes) -> str:
    """What a ZIP archive says of itself; what cannot be read is an archive like any other."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _inside(archive) or "application/zip"
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - zipfile raises what its decompressors do
        return "application/zip"


def _inside(archive: ZipFile) -> str | None:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as entry:
            parts = entry.read(_INNER_BYTES)
        return next((kind for part, kind in _OFFICE_PARTS if part in parts), None)
    if "mimetype" in names:
        with archive.open("mimetype") as entry:
            declared = entry.read(100).decode("ascii", "replace").strip()
        return declared if declared in (*_OPEN_DOCUMENTS, "application/epub+zip") else None
    if "META-INF/MANIFEST.MF" in names:
        return "application/java-archive"
    return None


def _by_text(head: bytes) -> str | None:
    """Markup, mail or plain text; None for anything with bytes that no text has."""
    text = _as_text(head)
    if text is None:
        return None
    if _HTML.match(text):
        return "text/html"
    if _XML.match(text):
        return "image/svg+xml" if _SVG.search(text) else _other_markup(text)
    return "message/rfc822" if _is_mail(text) else TEXT


def _other_markup(text: bytes) -> str:
    return "text/html" if re.search(rb"<html[\s>]", text, re.I) else "application/xml"


def _as_text(head: bytes) -> bytes | None:
    """The beginning as UTF-8 or one byte a letter, None if it is not text."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            # An odd last byte is half a letter of the next piece.
            return head.decode(encoding, "ignore").lstrip("\ufeff").encode()
    return None if not head or _CONTROL_BYTES.search(head) else head


def _is_mail(text: bytes) -> bool:
    """At least two headers of mail before anything else."""
    found = set()
    for line in text.removeprefix(b"From ").splitlines()[:60]:
        if line[:1] in (b" ", b"\t"):
            continue
        if not _HEADER.match(line + b"\n"):
            break
        found.add(line.split(b":", 1)[0].lower())
    return len(found & _MAIL_HEADERS) >= 2


def _by_tables(data: bytes) -> str:
    try:
        guesses = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    sure = (guess.mime_type for guess in guesses if guess.confidence >= _SURE)
    return next((kind for kind in sure if kind), UNKNOWN)
