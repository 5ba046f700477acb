from datetime import UTC, datetime
from io import BytesIO

import odfdo
import pytest

from inspection.findings import About, InspectionFailed, Words
from inspection.formats.opendocument import OPEN_DOCUMENT
from tests.unit.inspection.packages import changed, entries, package
from tests.unit.inspection.pictures import MAKER, photograph

JAN = "Jan Marked"
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info>'
    f"<dc:creator>{JAN}</dc:creator><dc:date>2026-03-02T10:00:00</dc:date></office:change-info>"
    "<text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)
PRINTER = (
    b'<config:config-item config:name="PrinterName" config:type="string">Office of Jan'
    b"</config:config-item></config:config-item-set></office:settings>"
)


def saved(document: odfdo.Document) -> bytes:
    document.meta.creator = JAN
    document.meta.title = "Marked title"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def letter() -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Element.from_tag(CHANGES))
    paragraph = odfdo.Paragraph("First words")
    paragraph.insert_annotation(
        after="First", body="Remark", creator=JAN, date=datetime(2026, 3, 2, tzinfo=UTC)
    )
    document.body.append(paragraph)
    picture = document.add_file(BytesIO(photograph()))
    frame = odfdo.Frame.image_frame(picture, size=("1cm", "1cm"))
    document.body.append(odfdo.Paragraph(""))
    document.body.paragraphs[-1].append(frame)
    table = odfdo.Table("Table", width=2, height=1)
    table.set_value("B1", "In a cell")
    document.body.append(table)
    return changed(saved(document), with_printer)


def with_printer(name: str, content: bytes) -> bytes:
    if name != "settings.xml":
        return content
    return content.replace(b"</config:config-item-set></office:settings>", PRINTER)


def sheets() -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for name in ("East", "West"):
        table = odfdo.Table(name, width=3, height=2)
        table.set_value("A1", "Name")
        table.set_value("C2", 12.5)
        document.body.append(table)
    return saved(document)


def slides() -> bytes:
    document = odfdo.Document("presentation")
    document.body.clear()
    for title in ("First slide", "Second slide"):
        page = odfdo.DrawPage(title, name=title)
        page.append(odfdo.Frame.text_frame(title))
        document.body.append(page)
    return saved(document)


def told(data: bytes) -> set[tuple[About, str]]:
    return {(row.about, row.value) for row in OPEN_DOCUMENT.hidden(data)}


def text(data: bytes) -> list[str]:
    pages = [OPEN_DOCUMENT.page(data, number) for number in range(OPEN_DOCUMENT.pages(data))]
    return [page.text for page in pages if isinstance(page, Words)]


def clean(data: bytes) -> bytes:
    copy = OPEN_DOCUMENT.cleaned(data)
    assert copy is not None
    return copy


def test_a_letter_tells_people_times_printer_remarks_and_where_a_picture_was_taken() -> None:
    rows = told(letter())

    assert (About.PERSON, JAN) in rows
    assert (About.TEXT, "Marked title") in rows
    assert (About.TIME, "2026-03-02T10:00:00") in rows
    assert (About.TEXT, "deleted") in rows
    assert (About.TEXT, "Remark") in rows
    assert (About.DEVICE, "Office of Jan") in rows
    assert (About.DEVICE, MAKER) in rows
    assert (About.EMBEDDED, "Thumbnails/thumbnail.png") in rows


@pytest.mark.parametrize("make", [letter, sheets, slides])
def test_a_cleaned_copy_names_nobody_and_shows_the_same_text(make: type) -> None:
    data = make()

    copy = clean(data)

    parts = entries(copy)
    for trace in (JAN, "Marked title", "2026-03-02", "Office of Jan", MAKER, "odfdo", "deleted"):
        assert trace.encode() not in b"".join(parts.values())
    assert not any(name.startswith(("Thumbnails", "Configurations2")) for name in parts)
    assert b"Thumbnails" not in parts["META-INF/manifest.xml"]
    assert text(copy) == text(data)


def test_a_cleaned_copy_begins_with_its_type_and_opens() -> None:
    copy = clean(letter())

    assert copy[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")
    document = odfdo.Document(BytesIO(copy))
    assert document.get_type() == "text"
    assert [note.creator for note in document.body.get_annotations()] == ["Author"]
    assert any(name.startswith("Pictures/") for name in document.parts)


def test_sheets_and_slides_have_a_page_each() -> None:
    assert text(sheets()) == ["East\nName\n\t\t12.5\n", "West\nName\n\t\t12.5\n"]
    assert [page.strip() for page in text(slides())] == ["First slide", "Second slide"]


def test_deleted_text_is_told_and_not_shown() -> None:
    (page,) = text(letter())

    assert "First words [Remark]" in page
    assert "In a cell" in page
    assert "deleted" not in page


def test_a_cell_that_stands_for_a_million_is_shown_a_few_times() -> None:
    million = b'table:number-columns-repeated="1048576" office:value='
    data = changed(sheets(), lambda _, content: content.replace(b"office:value=", million))

    assert max(len(line) for line in text(data)[0].splitlines()) < 500


def test_no_cleaned_copy_of_programs_and_locked_documents_is_made() -> None:
    macros = package(entries(letter()) | {"Basic/Standard/Module1.xml": b"<a/>"})
    locked = changed(
        letter(),
        lambda name, content: (
            content.replace(b"</manifest:manifest>", LOCK) if "manifest.xml" in name else content
        ),
    )

    assert OPEN_DOCUMENT.cleaned(macros) is None
    assert OPEN_DOCUMENT.cleaned(locked) is None
    assert (About.EMBEDDED, "Basic/Standard/Module1.xml") in told(macros)


LOCK = (
    b'<manifest:file-entry manifest:full-path="x"><manifest:encryption-data/></manifest:file-entry>'
    b"</manifest:manifest>"
)
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize("hostile", [LAUGHS, b"<a>" * 10_000 + b"</a>" * 10_000])
def test_hostile_markup_ends_in_a_failure(hostile: bytes) -> None:
    data = changed(letter(), lambda name, content: hostile if name == "content.xml" else content)

    for ask in (lambda: list(OPEN_DOCUMENT.hidden(data)), lambda: OPEN_DOCUMENT.cleaned(data)):
        with pytest.raises(InspectionFailed):
            ask()
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the library raises
        OPEN_DOCUMENT.pages(data)
