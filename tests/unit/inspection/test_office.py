import re
from datetime import UTC, datetime
from io import BytesIO

import docx
import openpyxl
import pptx
import pytest
from openpyxl.comments import Comment
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from inspection.findings import About, Failure, InspectionFailed, Words
from inspection.formats.office import OFFICE
from tests.unit.inspection.packages import bomb, changed, entries, package
from tests.unit.inspection.pictures import MAKER, photograph

JAN = "Jan Marked"
DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
SETTINGS = (
    b'<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids>'
    b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships" r:id="rIdT"/></w:settings>'
)
CHANGES = (
    f'<w:p w:rsidR="00AB12CD"><w:ins w:id="1" w:author="{JAN}" w:date="2026-03-02T10:00:00Z">'
    f'<w:r><w:t>inserted</w:t></w:r></w:ins><w:del w:id="2" w:author="{JAN}">'
    "<w:r><w:delText>deleted</w:delText></w:r></w:del></w:p>"
).encode()
TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rIdT" TargetMode="External" Target="file:///C:/Users/jan/Report.dotm" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    b"</Relationships>"
)


def letter() -> bytes:
    document = docx.Document()
    document.core_properties.author = JAN
    document.core_properties.last_modified_by = JAN
    document.core_properties.created = DAY
    paragraph = document.add_paragraph("First words")
    document.add_comment(paragraph.runs, text="Remark", author=JAN, initials="JM")
    document.add_table(1, 2).rows[0].cells[1].text = "In a cell"
    document.add_picture(BytesIO(photograph()))
    document.sections[0].header.paragraphs[0].text = "At the top"
    target = BytesIO()
    document.save(target)
    return changed(target.getvalue(), marked)


def marked(name: str, content: bytes) -> bytes:
    if name == "word/settings.xml":
        return content.replace(b"</w:settings>", SETTINGS)
    if name == "word/document.xml":
        return re.sub(rb"(<w:sectPr)", CHANGES + rb"\1", content, count=1)
    return content


def letter_with_template() -> bytes:
    return package(entries(letter()) | {"word/_rels/settings.xml.rels": TEMPLATE})


def table() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = JAN
    book["Sheet"]["A1"] = "Name"
    book["Sheet"]["C2"] = 12.5
    book["Sheet"]["A1"].comment = Comment("Remark", JAN)
    secret = book.create_sheet("Secret")
    secret.sheet_state = "hidden"
    secret["A1"] = "Hidden words"
    target = BytesIO()
    book.save(target)
    return changed(target.getvalue(), with_path)


def with_path(name: str, content: bytes) -> bytes:
    path = b'<x:absPath xmlns:x="urn:x" url="C:\\Users\\jan\\"/><bookViews>'
    return content.replace(b"<bookViews>", path) if name == "xl/workbook.xml" else content


def slides() -> bytes:
    show = pptx.Presentation()
    show.core_properties.author = JAN
    for title in ("First slide", "Second slide"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = title
    slide.notes_slide.notes_text_frame.text = "Said aside"
    slide.shapes.add_picture(BytesIO(photograph()), 0, 0)
    target = BytesIO()
    show.save(target)
    return target.getvalue()


def told(data: bytes) -> set[tuple[About, str]]:
    return {(row.about, row.value) for row in OFFICE.hidden(data)}


def text(data: bytes) -> list[str]:
    pages = [OFFICE.page(data, number) for number in range(OFFICE.pages(data))]
    assert all(isinstance(page, Words) for page in pages)
    return [page.text for page in pages if isinstance(page, Words)]


def clean(data: bytes) -> bytes:
    copy = OFFICE.cleaned(data)
    assert copy is not None
    return copy


def everything(data: bytes) -> bytes:
    return b"".join(entries(data).values())


def test_a_letter_tells_people_times_template_changes_and_where_a_picture_was_taken() -> None:
    rows = told(letter_with_template())

    assert {(About.PERSON, JAN), (About.PERSON, "JM")} <= rows
    assert (About.TIME, "2026-03-02T10:00:00Z") in rows
    assert (About.TEXT, "Remark") in rows
    assert (About.TEXT, "deleted") in rows
    assert (About.OTHER, "00AB12CD") in rows
    assert (About.OTHER, "file:///C:/Users/jan/Report.dotm") in rows
    assert (About.DEVICE, MAKER) in rows
    assert any(about is About.EMBEDDED and "thumbnail" in value for about, value in rows)


def test_a_table_tells_its_author_folder_comments_and_hidden_sheets() -> None:
    rows = told(table())

    assert (About.PERSON, JAN) in rows
    assert (About.OTHER, "C:\\Users\\jan\\") in rows
    assert (About.TEXT, "Secret") in rows
    assert (About.TEXT, "Remark") in rows


def test_slides_tell_their_author_notes_and_pictures() -> None:
    rows = told(slides())

    assert (About.PERSON, JAN) in rows
    assert (About.TEXT, "Said aside") in rows
    assert (About.DEVICE, MAKER) in rows


@pytest.mark.parametrize("make", [letter, letter_with_template, table, slides])
def test_a_cleaned_copy_names_nobody_and_shows_the_same_text(make: type) -> None:
    data = make()

    copy = clean(data)

    for trace in (JAN, "JM", "00AB12CD", "jan", MAKER, "2026-03-02"):
        assert trace.encode() not in everything(copy)
    assert text(copy) == [page.replace("deleted", "") for page in text(data)]
    assert next(iter(entries(copy))) == "[Content_Types].xml"
    people = {value for about, value in told(copy) if about is About.PERSON}
    assert people == set()


def test_a_cleaned_letter_opens_with_its_comments_pictures_and_changes() -> None:
    document = docx.Document(BytesIO(clean(letter_with_template())))

    assert document.paragraphs[0].text == "First words"
    assert document.tables[0].rows[0].cells[1].text == "In a cell"
    assert document.core_properties.author == ""
    comment = next(iter(document.comments))
    assert (comment.author, comment.text) == ("Author", "Remark")
    assert len(document.inline_shapes) == 1
    assert 'w:author="Author"' in document.element.xml


def test_what_was_deleted_while_changes_were_tracked_does_not_come_along() -> None:
    moved = b"<w:p><w:moveFrom><w:r><w:t>stood here</w:t></w:r></w:moveFrom></w:p><w:sectPr"
    data = changed(letter(), lambda _, content: content.replace(b"<w:sectPr", moved, 1))
    assert b"stood here" in everything(data)

    copy = everything(clean(data))

    assert b"deleted" not in copy
    assert b"stood here" not in copy
    assert b"inserted" in copy


def test_earlier_cells_of_a_shared_workbook_are_told_and_left_out() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders"
    link = f'<Relationship Id="rIdR" Type="{kind}" Target="revisions/headers.xml"/></Rel'.encode()

    def shared(name: str, content: bytes) -> bytes:
        return content.replace(b"</Rel", link, 1) if name.endswith("workbook.xml.rels") else content

    parts = entries(changed(table(), shared))
    data = package({**parts, "xl/revisions/headers.xml": "<headers><oc>Earlier</oc></headers>"})

    assert (About.TEXT, "xl/revisions/headers.xml") in told(data)
    assert b"Earlier" not in everything(clean(data))


def test_who_may_change_a_text_is_told_and_left_out() -> None:
    allowed = b'<w:p><w:permStart w:id="1" w:ed="OFFICE\\jan.marked"/></w:p><w:sectPr'
    data = changed(letter(), lambda _, content: content.replace(b"<w:sectPr", allowed, 1))

    assert (About.PERSON, "OFFICE\\jan.marked") in told(data)
    assert b"jan.marked" not in everything(clean(data))


@pytest.mark.parametrize(
    ("kind", "xml"),
    [
        (
            "connections",
            '<connections><connection id="1" odcFile="C:\\Users\\Canary" sourceFile="Canary">'
            '<dbPr connection="User ID=Canary" command="Canary"/></connection></connections>',
        ),
        (
            "externalLink",
            "<externalLink><externalBook><sheetDataSet><sheetData><row><cell><v>Canary</v></cell>"
            "</row></sheetData></sheetDataSet></externalBook></externalLink>",
        ),
    ],
)
def test_where_a_sheet_was_filled_from_is_told_and_left_out(kind: str, xml: str) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    link = f'<Relationship Id="rIdC" Type="{office}{kind}" Target="part.xml"/></Rel'.encode()
    override = b'<Override PartName="/xl/part.xml" ContentType="application/x+xml"/></Types>'

    def linked(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return content.replace(b"</Types>", override)
        return content.replace(b"</Rel", link, 1) if name.endswith("workbook.xml.rels") else content

    data = package({**entries(changed(table(), linked)), "xl/part.xml": xml})

    assert any("Canary" in value for _, value in told(data))
    assert b"Canary" not in everything(clean(data))


def test_a_cleaned_table_opens_with_its_cells_and_comments() -> None:
    book = openpyxl.load_workbook(BytesIO(clean(table())))

    assert book["Sheet"]["C2"].value == 12.5
    comment = book["Sheet"]["A1"].comment
    assert (comment.author, comment.text) == ("Author", "Remark")
    assert book["Secret"].sheet_state == "hidden"


def test_what_add_ins_keep_with_a_slide_is_left_out() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tags"
    link = f'<Relationship Id="rIdC" Type="{kind}" Target="../tags/tag1.xml"/></Rel'.encode()
    used = b'<p:custDataLst><p:tags r:id="rIdC"/></p:custDataLst></p:cSld>'

    def tagged(name: str, content: bytes) -> bytes:
        if name == "ppt/slides/_rels/slide1.xml.rels":
            return content.replace(b"</Rel", link, 1)
        return content.replace(b"</p:cSld>", used) if name == "ppt/slides/slide1.xml" else content

    parts = entries(changed(slides(), tagged))
    copy = clean(package({**parts, "ppt/tags/tag1.xml": '<tagLst><tag val="Canary"/></tagLst>'}))

    assert b"Canary" not in everything(copy)
    assert b"rIdC" not in everything(copy)
    assert len(pptx.Presentation(BytesIO(copy)).slides) == 2


def test_cleaned_slides_open_with_their_pictures() -> None:
    show = pptx.Presentation(BytesIO(clean(slides())))

    assert [slide.shapes.title.text for slide in show.slides] == ["First slide", "Second slide"]
    assert any(shape.shape_type == 13 for shape in show.slides[1].shapes)


def test_the_text_of_a_letter_stands_in_order_with_what_stands_beside_it() -> None:
    pages = text(letter())

    assert pages[0].startswith("First words\n\tIn a cell\n") or "In a cell\n" in pages[0]
    assert "inserted" in pages[0]
    assert any("At the top" in page for page in pages)
    assert any("Remark" in page for page in pages)


def test_sheets_and_slides_have_a_page_each() -> None:
    assert text(table()) == ["Sheet\nName\n\t\t12.5\n", "Secret\nHidden words\n"]
    assert [page.splitlines()[0] for page in text(slides())] == ["First slide", "Second slide"]


def test_a_single_cell_at_the_end_of_a_sheet_does_not_make_a_million() -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["XFD1048576"] = "far"
    target = BytesIO()
    book.save(target)

    assert text(target.getvalue()) == ["Sheet\n"]


def test_no_cleaned_copy_of_programs_and_foreign_objects_is_made() -> None:
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = changed(letter(), lambda _, content: content.replace(kind.encode(), macros.encode()))

    assert OFFICE.cleaned(data) is None


def test_an_embedded_workbook_is_cleaned_too() -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    chart = CategoryChartData()
    chart.categories = ["East"]
    chart.add_series("Sales", (1.0,))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 9, 9, chart)
    target = BytesIO()
    show.save(target)
    book = next(name for name in entries(target.getvalue()) if name.endswith(".xlsx"))
    data = package(entries(target.getvalue()) | {book: table()})

    inner = entries(clean(data))[book]

    assert JAN.encode() not in everything(inner)
    assert openpyxl.load_workbook(BytesIO(inner))["Sheet"]["A1"].value == "Name"


def test_parts_that_nothing_leads_to_are_left_out() -> None:
    parts = entries(letter()) | {"word/forgotten.xml": b"<a>forgotten</a>"}

    assert b"forgotten" not in everything(clean(package(parts)))


def test_links_keep_what_people_follow_and_lose_paths_and_trackers() -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = "".join(
        f'<Relationship Id="x{number}" Type="{base}{kind}" Target="{target}" '
        'TargetMode="External"/>'
        for number, (kind, target) in enumerate(
            [
                ("hyperlink", "https://example.org/law"),
                ("hyperlink", "file:///C:/Users/jan/a.docx"),
                ("image", "https://tracker.example/1.png"),
            ]
        )
    )
    data = changed(
        letter(),
        lambda name, content: (
            content.replace(b"</Relationships>", links.encode() + b"</Relationships>")
            if name == "word/_rels/document.xml.rels"
            else content
        ),
    )

    copy = everything(clean(data))

    assert b"https://example.org/law" in copy
    assert b"Users/jan" not in copy
    assert b"tracker.example" not in copy
    assert (About.OTHER, "https://tracker.example/1.png") in told(data)


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize("make", [letter, table, slides])
@pytest.mark.parametrize("hostile", [LAUGHS, b"<a>" * 10_000 + b"</a>" * 10_000])
def test_hostile_markup_ends_in_a_failure(make: type, hostile: bytes) -> None:
    main = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
    data = changed(make(), lambda name, content: hostile if name in main else content)

    for ask in (lambda: list(OFFICE.hidden(data)), lambda: OFFICE.cleaned(data)):
        with pytest.raises(InspectionFailed):
            ask()
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the library raises
        OFFICE.pages(data)


def test_a_bomb_is_too_large() -> None:
    for ask in (OFFICE.cleaned, OFFICE.pages):
        with pytest.raises(InspectionFailed) as failed:
            ask(bomb(300 * 2**20))
        assert failed.value.failure is Failure.TOO_LARGE
