"""What a PDF carries beside its pages, as rows that people can read."""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Pdf, Stream, String
from PIL import Image

from inspection.findings import About, Hidden
from inspection.formats import picture_metadata, xmp
from inspection.formats.pdf_objects import (
    attachments,
    dictionaries,
    is_note,
    is_running,
    photographs,
    word,
)

_LETTERS = 500
_NOTE_FIELDS = (("/T", About.PERSON), ("/M", About.TIME), ("/CreationDate", About.TIME))
_SIGNATURE_FIELDS = (
    ("/Name", About.PERSON),
    ("/ContactInfo", About.PERSON),
    ("/Location", About.PLACE),
    ("/Reason", About.TEXT),
    ("/M", About.TIME),
)
_REVISION = b"startxref"


def rows(document: Pdf, data: bytes) -> Iterator[Hidden]:
    """Of an opened document and its bytes."""
    info = document.trailer.get("/Info")
    if isinstance(info, Dictionary):
        for name, value in info.items():
            if text := _text(value):
                yield Hidden(xmp.about(name, About.OTHER), name[1:], text)
    for name in attachments(document):
        yield Hidden(About.EMBEDDED, "EmbeddedFile", name)
    if "/OpenAction" in document.Root:
        yield Hidden(About.OTHER, "OpenAction", _action(document.Root.get("/OpenAction")))
    for dictionary in dictionaries(document):
        yield from _of(dictionary)
    for _, jpeg in photographs(document):
        yield from _of_photograph(jpeg)
    revisions = data.count(_REVISION) - (b"/Linearized" in data[:1024])
    if revisions > 1:
        yield Hidden(About.OTHER, "Revisions", str(revisions))


def _of(dictionary: Dictionary) -> Iterator[Hidden]:
    packet = dictionary.get("/Metadata")
    if isinstance(packet, Stream):
        yield from xmp.rows(packet.read_bytes())
    if is_running(dictionary) or word(dictionary, "/S") == "/URI":
        yield Hidden(About.OTHER, word(dictionary, "/S")[1:], _action(dictionary))
    if "/PieceInfo" in dictionary:
        yield Hidden(About.SOFTWARE, "PieceInfo", " ".join(_keys(dictionary.get("/PieceInfo"))))
    if isinstance(dictionary.get("/Thumb"), Stream):
        yield Hidden(About.EMBEDDED, "Thumb", "")
    if is_note(dictionary):
        yield from _fields(dictionary, _NOTE_FIELDS)
    if word(dictionary, "/Type") == "/Sig" and "/Contents" in dictionary:
        yield Hidden(About.PERSON, "Signature", word(dictionary, "/SubFilter")[1:])
        yield from _fields(dictionary, _SIGNATURE_FIELDS)


def _fields(dictionary: Dictionary, wanted: tuple[tuple[str, About], ...]) -> Iterator[Hidden]:
    names = {"/T": "Author", "/M": "ModDate"}
    for key, about in wanted:
        if text := _text(dictionary.get(key)):
            yield Hidden(about, names.get(key, key[1:]), text)


def _of_photograph(jpeg: bytes) -> Iterator[Hidden]:
    try:
        picture = Image.open(BytesIO(jpeg), formats=("JPEG",))
    except (OSError, ValueError, SyntaxError):
        return
    yield from picture_metadata.rows(picture)


def _action(action: object) -> str:
    """What an action runs or where it leads."""
    if not isinstance(action, Dictionary):
        return ""
    for key in ("/URI", "/JS", "/F", "/Win", "/Unix", "/Mac"):
        value = action.get(key)
        if isinstance(value, Dictionary) and not isinstance(value, Stream):
            value = value.get("/UF", value.get("/F"))
        if isinstance(value, Stream):
            return value.read_bytes()[:_LETTERS].decode("utf-8", "replace")
        if text := _text(value):
            return text
    return word(action, "/S")[1:]


def _keys(value: object) -> list[str]:
    return [key[1:] for key, _ in value.items()] if isinstance(value, Dictionary) else []


def _text(value: object) -> str:
    if isinstance(value, Array):
        return " ".join(filter(None, (_text(part) for part in list(value)[:20])))
    return str(value)[:_LETTERS].strip() if isinstance(value, String) else ""
