from xml.parsers.expat import ExpatError

import pytest

from inspection.findings import Failure, InspectionFailed
from inspection.formats import markup
from inspection.formats.markup import check, events, written

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">
<!ENTITY l1 "&l0;&l0;&l0;&l0;&l0;&l0;&l0;&l0;"><!ENTITY l2 "&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;">
]><a>&l2;</a>"""
QUADRATIC = b'<!DOCTYPE a [<!ENTITY e "' + b"x" * 50_000 + b'">]><a>' + b"&e;" * 50_000 + b"</a>"
OUTSIDE = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'


@pytest.mark.parametrize("hostile", [LAUGHS, QUADRATIC, OUTSIDE])
def test_no_document_type_is_let_in(hostile: bytes) -> None:
    for read in (list, None):
        with pytest.raises(InspectionFailed):
            read(events(hostile)) if read else check(hostile)


def test_a_document_type_in_another_character_set_is_seen() -> None:
    with pytest.raises(InspectionFailed):
        list(events(LAUGHS.decode().replace("1.0", "1.0").encode("utf-16")))


def test_depth_has_an_end() -> None:
    with pytest.raises(InspectionFailed) as refusal:
        list(events(b"<a>" * 100_000))

    assert refusal.value.failure is Failure.BROKEN


def test_size_has_an_end() -> None:
    with pytest.raises(InspectionFailed) as refusal:
        list(events(b" " * (markup.MARKUP + 1)))

    assert refusal.value.failure is Failure.TOO_LARGE


def test_what_is_no_markup_is_an_error() -> None:
    with pytest.raises(ExpatError):
        list(events(b"<a><b></a>"))


def test_what_is_written_again_reads_the_same() -> None:
    source = (
        b'<w:a xmlns:w="urn:w" xmlns:v="urn:v" v:Ignorable="w"><w:t xml:space="preserve"> '
        b'a &amp; b &lt; c&#13;d</w:t><w:e k="1&#10;2 &quot;\'"/><!-- gone --></w:a>'
    )

    again = written(events(source))

    assert list(events(again)) == list(events(source))
    assert b'xmlns:v="urn:v" v:Ignorable="w"' in again
    assert b"gone" not in again
