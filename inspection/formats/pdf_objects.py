"""What both reading and leaving out hidden data of a PDF need: every dictionary, every picture."""

import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

# Actions that run, send, fetch or open something (ISO 32000-2, 12.6.4). To turn to another page or
# to follow a link to a web page is not among them: people see those and decide.
RUNNING_ACTIONS = frozenset(
    ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
     "/RichMediaExecute", "/Sound", "/Movie", "/ResetForm", "/Hide", "/SetOCGState", "/Trans")
)  # fmt: skip
# Notes that carry a file or a film.
CARRYING_NOTES = frozenset(
    ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Projection")
)
# A link of these tells where it leads and nothing of the machine it was made on.
_PUBLIC = re.compile(r"(https?|mailto|tel):|#", re.I)
_LARGEST_PICTURE = 64 * 1024 * 1024


def dictionaries(document: Pdf) -> Iterator[Dictionary]:
    """Every dictionary once, those of streams and those within others too."""
    for thing in document.objects:
        yield from _within(thing)


def _within(thing: Object) -> Iterator[Dictionary]:
    """Without recursion, and not into what is an object of its own."""
    waiting = [thing]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Stream):
            current = current.stream_dict
        if isinstance(current, Dictionary):
            yield current
            inner = [value for _, value in current.items()]
        elif isinstance(current, Array):
            inner = list(current)
        else:
            continue
        waiting.extend(
            value
            for value in inner
            if isinstance(value, Dictionary | Array) and not value.is_indirect
        )


def word(dictionary: Dictionary, key: str) -> str:
    """A name, such as "/JavaScript"; empty if there is none."""
    value = dictionary.get(key)
    return str(value) if isinstance(value, Name) else ""


def is_running(action: object) -> bool:
    """Whether an action runs, sends, fetches or opens something."""
    return isinstance(action, Dictionary) and word(action, "/S") in RUNNING_ACTIONS


def leads_to_a_file(action: object) -> bool:
    """Whether a link's address is a path: relative, or of somebody's machine."""
    if not isinstance(action, Dictionary) or word(action, "/S") != "/URI":
        return False
    return not _PUBLIC.match(str(action.get("/URI", "")).strip())


def is_note(dictionary: Dictionary) -> bool:
    """An annotation with an author: a form's field keeps its own name in the same place."""
    return (
        "/Subtype" in dictionary
        and "/Rect" in dictionary
        and word(dictionary, "/Subtype") not in ("/Widget", "")
    )


def photographs(document: Pdf) -> Iterator[tuple[Stream, bytes]]:
    """Every JPEG in the document, with its stream."""
    for thing in document.objects:
        if isinstance(thing, Stream) and (jpeg := _jpeg(thing)) is not None:
            yield thing, jpeg


def _jpeg(stream: Stream) -> bytes | None:
    filters = stream.get("/Filter")
    names = [str(part) for part in filters] if isinstance(filters, Array) else [str(filters)]
    if names == ["/DCTDecode"]:
        return stream.read_raw_bytes()
    if names == ["/FlateDecode", "/DCTDecode"]:
        return zlib.decompressobj().decompress(stream.read_raw_bytes(), _LARGEST_PICTURE)
    return None


def attachments(document: Pdf) -> tuple[str, ...]:
    """Names of the files within the document."""
    try:
        return tuple(document.attachments)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError):
        return ("?",)
