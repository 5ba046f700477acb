"""PDF documents: what they carry, how they look, and a copy without."""

import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from inspection.client import Bounds, Inspector
from inspection.findings import About, Failure, InspectionFailed, Pixels
from inspection.formats import pdf

MARKS = (b"Canary", b"JavaScript", b"Launch", b"Exif", b"cmd.exe", b"xmpmeta")


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Canary Artist"
    out = BytesIO()
    Image.new("RGB", (40, 30), (0, 200, 0)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def written(document: Pdf, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out = BytesIO()
    document.save(out, encryption=encryption, compress_streams=False)
    return out.getvalue()


def one_page(width: float = 300, height: float = 400) -> Pdf:
    document = pikepdf.new()
    document.add_blank_page(page_size=(width, height))
    return document


def note(document: Pdf, subtype: Name, **entries: Any) -> pikepdf.Object:
    box = Array([0, 0, 9, 9])
    return document.make_indirect(Dictionary(Type=Name.Annot, Subtype=subtype, Rect=box, **entries))


def telling() -> bytes:
    """A document that carries one of everything."""
    document = one_page()
    page = document.pages[0].obj
    image = document.make_stream(photograph(), Type=Name.XObject, Subtype=Name.Image)
    image.Width, image.Height, image.BitsPerComponent = 40, 30, 8
    image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
    page.Resources = Dictionary(XObject=Dictionary(Im=image))
    page.Contents = document.make_stream(b"q 200 0 0 200 20 20 cm /Im Do Q")
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:creator"] = ["Canary Creator"]
    document.docinfo["/Author"] = "Canary Author"
    document.docinfo["/Producer"] = "Canary Writer"
    document.attachments["Canary.txt"] = b"attached"
    script = Dictionary(S=Name.JavaScript, JS=String("Canary()"))
    document.Root.OpenAction = script
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Canary=Dictionary(LastModified=String("D:2026")))
    launch = Dictionary(S=Name.Launch, F=String("cmd.exe"), Next=Array([script]))
    link = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    page.Annots = Array(
        [
            note(document, Name.Text, T=String("Canary Reader"), Contents=String("Look")),
            note(document, Name.Link, A=launch),
            note(document, Name.Link, A=link),
            note(document, Name.FileAttachment, FS=Dictionary(F=String("Canary.doc"))),
        ]
    )
    signature = Dictionary(Type=Name.Sig, Name=String("Canary Signer"), Contents=String("x"))
    field = document.make_indirect(Dictionary(FT=Name.Sig, T=String("s"), V=signature))
    document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    return written(document)


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector(Bounds(seconds=8)) as opened:
        yield opened


def test_everything_a_document_carries_is_told() -> None:
    rows = {(row.about, row.name, row.value) for row in pdf.hidden(telling())}

    assert {
        (About.PERSON, "Author", "Canary Author"),
        (About.SOFTWARE, "Producer", "Canary Writer"),
        (About.PERSON, "creator", "Canary Creator"),
        (About.EMBEDDED, "EmbeddedFile", "Canary.txt"),
        (About.OTHER, "OpenAction", "Canary()"),
        (About.OTHER, "JavaScript", "Canary()"),
        (About.OTHER, "Launch", "cmd.exe"),
        (About.OTHER, "URI", "https://example.org/"),
        (About.PERSON, "Author", "Canary Reader"),
        (About.SOFTWARE, "PieceInfo", "Canary"),
        (About.PERSON, "Name", "Canary Signer"),
        (About.PERSON, "Artist", "Canary Artist"),
    } <= rows


def test_a_cleaned_document_tells_nothing_and_looks_the_same() -> None:
    data = telling()

    copy = pdf.cleaned(data)

    assert copy is not None
    with pikepdf.open(BytesIO(copy)) as document:
        open_text = written(document)
    assert [mark for mark in MARKS if mark in copy or mark in open_text] == []
    assert [row.name for row in pdf.hidden(copy)] == ["URI"]
    assert pdf.page(copy, 0) == pdf.page(data, 0)


def private_link(document: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("file:///C:/Users/Canary/secret.doc"))
    document.pages[0].obj.Annots = Array([note(document, Name.Link, A=action)])


def layer(document: Pdf) -> None:
    usage = Dictionary(CreatorInfo=Dictionary(Creator=String("Canary Draw")))
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("one"), Usage=usage))
    shown = Dictionary(Creator=String("Canary Draw"))
    document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=shown, Configs=Array([shown]))


def own_entries(document: Pdf) -> None:
    document.Root["/Canary"] = document.make_indirect(String("Canary"))
    document.trailer["/Canary"] = String("Canary")


@pytest.mark.parametrize("carry", [private_link, layer, own_entries])
def test_paths_makers_of_layers_and_entries_of_programs_do_not_come_along(
    carry: Callable[[Pdf], None],
) -> None:
    document = one_page()
    carry(document)
    data = written(document)
    assert b"Canary" in data

    copy = pdf.cleaned(data)

    assert copy is not None
    with pikepdf.open(BytesIO(copy)) as opened:
        assert b"Canary" not in copy + written(opened)
        assert len(opened.pages) == 1


def test_the_same_document_is_cleaned_into_the_same_bytes() -> None:
    data = telling()

    copy = pdf.cleaned(data)

    assert copy == pdf.cleaned(data)


def test_an_identifier_of_the_original_does_not_come_along() -> None:
    data = telling()
    with pikepdf.open(BytesIO(data)) as document:
        before = bytes(document.trailer.ID[0])

    copy = pdf.cleaned(data)

    assert copy is not None
    with pikepdf.open(BytesIO(copy)) as document:
        assert bytes(document.trailer.ID[0]) != before


def test_earlier_versions_within_the_file_are_told_and_left_out() -> None:
    data = written(one_page())
    later = data + b"\n1 0 obj\n<</Canary(x)>>\nendobj\nstartxref\n9\n%%EOF\n"

    assert "Revisions" in {row.name for row in pdf.hidden(later)}
    copy = pdf.cleaned(later)
    assert copy is not None
    assert b"Canary" not in copy


@pytest.mark.parametrize(
    ("size", "shown"),
    [((300, 400), (1200, 1599)), ((14_400, 7_200), (1599, 800)), ((20, 20), (80, 80))],
)
def test_a_page_is_never_larger_than_a_screen(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    page = pdf.page(written(one_page(*size)), 0)

    assert isinstance(page, Pixels)
    assert (page.width, page.height) == shown


def test_one_that_wants_a_password_is_unsupported(inspector: Inspector) -> None:
    data = written(one_page(), pikepdf.Encryption(owner="a", user="b"))

    for ask in (
        lambda: inspector.look([data], len(data), "x.pdf"),
        lambda: inspector.page([data], len(data), "x.pdf", 0),
        lambda: next(inspector.clean([data], len(data), "x.pdf")),
    ):
        with pytest.raises(InspectionFailed) as failed:
            ask()
        assert failed.value.failure is Failure.UNSUPPORTED


def failure_of(ask: Callable[[], object]) -> Failure | None:
    try:
        ask()
    except InspectionFailed as failed:
        return failed.failure
    return None


def in_circles() -> bytes:
    """Pages that are their own parents, forms that draw themselves, actions without end."""
    document = one_page()
    page = document.pages[0].obj
    form = document.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    page.Resources = form.Resources
    page.Contents = document.make_stream(b"/F Do")
    action = document.make_indirect(Dictionary(S=Name.GoTo))
    action.Next = action
    document.Root.OpenAction = action
    return written(document)


def own_parent() -> bytes:
    data = written(one_page())
    return data.replace(b"/Kids [", b"/Kids [ 2 0 R 2 0 R 1 0 R ")


def sized(corner: bytes) -> bytes:
    return re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [0 0 %b]" % corner, written(one_page()))


def nested(depth: int) -> bytes:
    deep = b"/X " + b"[" * depth + b" /Type /Catalog"
    return written(one_page()).replace(b"/Type /Catalog", deep)


def unpacking() -> bytes:
    """A page of one megabyte that unpacks to three hundred."""
    document = one_page()
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(30)) + packer.flush()
    document.pages[0].obj.Contents = document.make_stream(packed, Filter=Name.FlateDecode)
    out = BytesIO()
    document.save(out, recompress_flate=False, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        in_circles,
        own_parent,
        lambda: nested(100_000),
        unpacking,
        lambda: sized(b"1000000000000 1000000000000"),
        lambda: sized(b"0.0001 10000000"),
        lambda: sized(b"-1 0"),
        lambda: telling()[:700],
        lambda: telling()[:-300],
        lambda: b"%PDF-1.7\n",
        lambda: b"%PDF-1.7\n" + b"9" * 100_000,
    ],
)
def test_a_hostile_document_ends_as_a_page_or_a_failure(
    inspector: Inspector, make: Callable[[], bytes]
) -> None:
    data = make()

    failures = {
        failure_of(lambda: inspector.look([data], len(data), "x.pdf")),
        failure_of(lambda: inspector.page([data], len(data), "x.pdf", 0)),
        failure_of(lambda: b"".join(inspector.clean([data], len(data), "x.pdf"))),
    }

    assert failures <= {None, Failure.BROKEN, Failure.TOO_LARGE, Failure.TOO_SLOW}
    good = written(one_page())
    assert inspector.look([good], len(good), "x.pdf").pages == 1
