"""The text of Office files: documents in order, sheets and slides each on a page of its own.

python-docx and python-pptx open the file; the text is collected from the elements that hold it,
because their own `text` leaves out what was inserted with changes tracked, and text in boxes.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import Protocol

import docx
import openpyxl
import pptx
from docx.oxml import parse_xml
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from pptx.slide import Slide

from inspection.findings import Failure, InspectionFailed
from inspection.formats import markup
from inspection.formats.markup import local
from inspection.formats.open_packaging import Types
from inspection.formats.packages import Package
from inspection.formats.words import Sections

# A tree takes twenty to thirty times the memory of the text it is made of.
TREES = 24 * 2**20
# A single cell at the far end of a sheet makes a million empty rows before it.
ROWS = 20_000
# What stands beside a document's text, in the names of their media types.
_BESIDE = ("comments+xml", "footnotes+xml", "endnotes+xml", "header+xml", "footer+xml")
_ENDS = {"p": "\n", "tab": "\t", "br": "\n", "cr": "\n"}
_TEXTS = frozenset({"t", "delText"})
# The same content again, for programs that do not know the first form.
_REPEATED = "Fallback"


class _Element(Protocol):
    """What this module uses of an element of lxml."""

    @property
    def tag(self) -> object:
        """Its name with its namespace; no text for a remark."""

    @property
    def text(self) -> str | None:
        """What stands in it before its first child."""

    def __iter__(self) -> "Iterator[_Element]": ...


def sections(data: bytes) -> Sections:
    """The text of a docx, xlsx or pptx.

    Raises:
        InspectionFailed, and what the library raises: it cannot be read.
    """
    package = Package(data)
    kinds = " ".join(Types(package).all()).lower()
    markup_names = [name for name in package.names if name.endswith((".xml", ".rels", ".vml"))]
    for name in markup_names:
        markup.check(package.read(name))
    if "spreadsheetml.sheet.main" in kinds or "ms-excel.sheet" in kinds:
        return _sheets(data)
    if sum(map(package.size, markup_names)) > TREES:
        raise InspectionFailed(Failure.TOO_LARGE)
    return _slides(data) if "presentationml" in kinds else _document(data)


def _document(data: bytes) -> Sections:
    document = docx.Document(BytesIO(data))
    yield _pieces(document.element.body)
    for part in document.part.package.iter_parts():
        if part.partname.endswith(".xml") and any(kind in part.content_type for kind in _BESIDE):
            yield _pieces(parse_xml(part.blob))


def _slides(data: bytes) -> Sections:
    for slide in pptx.Presentation(BytesIO(data)).slides:
        yield _slide(slide)


def _slide(slide: Slide) -> Iterator[str]:
    yield from _pieces(slide._element)
    if slide.has_notes_slide:
        yield "\n"
        yield from _pieces(slide.notes_slide._element)


def _sheets(data: bytes) -> Sections:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        yield _sheet(sheet.title, _rows(sheet))


def _rows(sheet: ReadOnlyWorksheet) -> Iterable[tuple[object, ...]]:
    # The sheet says how large it is, and need not tell the truth.
    sheet.reset_dimensions()
    return islice(sheet.iter_rows(values_only=True), ROWS)


def _sheet(title: str, rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"{title}\n"
    for cells in rows:
        line = "\t".join("" if cell is None else str(cell) for cell in cells).rstrip("\t")
        if line:
            yield f"{line}\n"


def _pieces(element: _Element) -> Iterator[str]:
    """The text in an element, with an end after each paragraph; elements are at most 256 deep."""
    name = _name(element)
    if name in _TEXTS:
        yield element.text or ""
        return
    for child in element:
        if _name(child) != _REPEATED:
            yield from _pieces(child)
    if name in _ENDS:
        yield _ENDS[name]


def _name(element: _Element) -> str:
    return local(str(element.tag).replace("}", ":"))
