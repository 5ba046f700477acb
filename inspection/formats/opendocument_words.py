"""The text of OpenDocument files: texts in order, sheets and slides each on a page of its own.

odfdo opens the file. Rows and cells are counted as they are written: a single cell can stand for
a million of its kind.
"""

from collections.abc import Iterator
from io import BytesIO

from odfdo import Document, Element

from inspection.findings import Failure, InspectionFailed
from inspection.formats import markup
from inspection.formats.packages import Package
from inspection.formats.words import Sections

# A tree takes twenty to thirty times the memory of the text it is made of.
TREES = 24 * 2**20
REPEATS = 50
# What odfdo makes trees of.
_READ = frozenset({"content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.xml"})
_PARAGRAPHS = (
    "descendant::*[self::text:p or self::text:h][not(ancestor::text:tracked-changes)]"
    "[not(ancestor::text:p)]"
)
_REMARKS = "descendant::office:annotation"


def sections(data: bytes) -> Sections:
    """The text of an odt, ods or odp.

    Raises:
        InspectionFailed, and what odfdo raises: it cannot be read.
    """
    package = Package(data)
    names = [name for name in package.names if name.rpartition("/")[2] in _READ]
    if sum(map(package.size, names)) > TREES:
        raise InspectionFailed(Failure.TOO_LARGE)
    for name in names:
        markup.check(package.read(name))
    return _sections(Document(BytesIO(data)))


def _sections(document: Document) -> Sections:
    kind = document.get_type()
    if kind.startswith("spreadsheet"):
        return (_sheet(table) for table in document.body.get_elements("table:table"))
    if kind.startswith("presentation"):
        return (_paragraphs(page) for page in document.body.get_elements("draw:page"))
    return (_paragraphs(document.body),)


def _paragraphs(element: Element) -> Iterator[str]:
    for paragraph in element.get_elements(_PARAGRAPHS):
        remarks = [_taken_out(remark) for remark in paragraph.get_elements(_REMARKS)]
        yield paragraph.inner_text + "".join(f" [{remark}]" for remark in remarks) + "\n"


def _taken_out(remark: Element) -> str:
    """The text of a remark, which no longer stands in the middle of a sentence after that."""
    text = _joined(remark)
    remark.delete(keep_tail=True)
    return text


def _joined(element: Element) -> str:
    return " ".join(paragraph.inner_text for paragraph in element.get_elements("text:p"))


def _sheet(table: Element) -> Iterator[str]:
    yield f"{table.get_attribute('table:name') or ''}\n"
    for row in table.get_elements("descendant::table:table-row"):
        line = "\t".join(_cells(row)).rstrip("\t")
        if line:
            yield f"{line}\n" * _repeats(row, "table:number-rows-repeated")


def _cells(row: Element) -> Iterator[str]:
    for cell in row.get_elements("table:table-cell|table:covered-table-cell"):
        yield from [_joined(cell)] * _repeats(cell, "table:number-columns-repeated")


def _repeats(element: Element, name: str) -> int:
    written = str(element.get_attribute(name) or "1")
    return min(int(written), REPEATS) if written.isdecimal() else 1
