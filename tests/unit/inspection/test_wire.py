"""Answers of a process that a hostile file has taken over."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection import wire
from inspection.findings import About, Failure, Hidden, Look, Pixels, Words
from inspection.wire import Ask, Malformed

LOOK = Look("image/png", True, (Hidden(About.PLACE, "GPSPosition", "52.1, 4.3"),), True, 3)


def test_a_look_arrives_as_it_was() -> None:
    assert wire.unpack_look(wire.pack_look(LOOK)) == LOOK


def test_a_page_arrives_as_it_was() -> None:
    for page in (Pixels(2, 1, b"abcdef"), Words("one\ntwo", True), Words("", False)):
        assert wire.unpack_page(wire.pack_page(page)) == page


def test_a_question_arrives_with_the_end_of_a_long_name() -> None:
    packed = wire.pack_request(Ask.PAGE, 7, 9, "é" * 5000 + ".jpg")

    request = wire.unpack_request(packed[: wire.REQUEST_BYTES])

    assert (request.ask, request.number, request.size) == (Ask.PAGE, 7, 9)
    assert packed.endswith(b".jpg")
    assert len(packed) == wire.REQUEST_BYTES + request.name_bytes


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"X",
        b"P",
        b"P" + struct.pack(">II", 2, 2) + b"x" * 11,
        b"P" + struct.pack(">II", 2, 2) + b"x" * 13,
        b"P" + struct.pack(">II", 0, 0),
        b"P" + struct.pack(">II", 1601, 1) + b"x" * 4803,
    ],
)
def test_pixels_that_are_not_as_many_as_said_are_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        wire.unpack_page(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        struct.pack(">BIH", 0, 0, 501) + b"\0\0",
        struct.pack(">BIH", 0, 2**32 - 1, 0) + b"\0\0",
        struct.pack(">BIH", 0, 0, 1) + b"\0\0",
        wire.pack_look(LOOK) + b"more",
        wire.pack_look(LOOK).replace(b"place", b"plaza"),
    ],
)
def test_a_look_that_is_not_as_agreed_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        wire.unpack_look(body)


def test_no_answer_may_be_longer_than_agreed() -> None:
    with pytest.raises(Malformed):
        wire.unpack_verdict(wire.pack_verdict(None, 101), 100)
    with pytest.raises(Malformed):
        wire.unpack_verdict(struct.pack(">BQ", 99, 0), 100)

    assert wire.unpack_verdict(wire.pack_verdict(None, 100), 100) == 100
    assert wire.unpack_verdict(wire.pack_verdict(Failure.BROKEN), 100) is Failure.BROKEN


def test_text_cannot_turn_what_is_read_around() -> None:
    words = wire.unpack_page(b"Wgnp\xe2\x80\xaefdp\x1b[2J\x00\r\nnext\ttab")

    assert words == Words("gnpfdp[2J\nnext\ttab", False)


@given(st.binary(max_size=200))
def test_no_answer_brings_the_caller_down(body: bytes) -> None:
    for unpack in (wire.unpack_look, wire.unpack_page):
        try:
            unpack(body)
        except Malformed:
            continue
