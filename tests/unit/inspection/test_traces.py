import pytest

from inspection.findings import About, InspectionFailed
from inspection.formats.traces import Trace, Traces, found, without

TABLE = Traces(
    elements={"gone": About.OTHER},
    attributes={("", "author"): Trace(About.PERSON, "Author"), ("", "date"): Trace(About.TIME)},
    texts={("note", "who"): Trace(About.PERSON, "Author")},
    dropped=("rsid",),
)
MARKED = (
    '<w:a xmlns:w="urn:w"><w:b w:author="Jan" w:date="2026" w:rsidR="1">said</w:b>'
    "<w:gone><w:c k='Jan'>by Jan</w:c></w:gone><note><who>J&amp;an</who><who/></note></w:a>"
)


def test_every_kind_of_trace_is_told() -> None:
    rows = {(row.about, row.name, row.value) for row in found(MARKED.encode(), TABLE)}

    assert rows == {
        (About.PERSON, "b author", "Jan"),
        (About.TIME, "b date", "2026"),
        (About.OTHER, "gone", "Jan by Jan"),
        (About.PERSON, "note who", "J&an"),
    }


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_every_kind_of_trace_goes_and_the_rest_stays(charset: str) -> None:
    copy = without(MARKED.encode(charset), TABLE).decode()

    assert copy.partition("\n")[2] == (
        '<w:a xmlns:w="urn:w"><w:b w:author="Author">said</w:b>'
        "<note><who>Author</who><who></who></note></w:a>"
    )


def test_a_document_that_holds_no_trace_stays_as_it_is() -> None:
    plain = b'<?xml version="1.0" encoding="UTF-8"?><sheet><c r="A1">12</c></sheet>'

    assert without(plain, TABLE) is plain


def test_names_in_another_character_set_are_found() -> None:
    shifted = '<?xml version="1.0" encoding="utf-16"?><b author="Jan"/>'.encode("utf-16")

    assert b"Jan" not in without(shifted, TABLE)


def test_a_remark_goes_with_what_it_says() -> None:
    assert b"Jan" not in without(b"<sheet><!-- by Jan --></sheet>", TABLE)


def test_a_document_type_is_refused_where_no_trace_is() -> None:
    with pytest.raises(InspectionFailed):
        without(b"<!DOCTYPE a []><a/>", TABLE)
