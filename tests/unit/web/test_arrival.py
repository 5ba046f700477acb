"""When a request that is arriving may have a thread: whole, or to be read by one, or not yet."""

import pytest

from web.arrival import LONGEST_HEAD, WHOLE, Arrival, Gathering

GET = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /en/report HTTP/1.1\r\nHost: localhost\r\n"
MOST = WHOLE - len(POST) - len(b"Content-Length: 65000\r\n\r\n")

TABLE = {
    "a page that is asked for": (GET + b"\r\n", Arrival.WHOLE),
    "half a line": (GET[:9], Arrival.WAIT),
    "half a head": (GET, Arrival.WAIT),
    "a head that never ends": (GET + b"A: " + b"a" * LONGEST_HEAD, Arrival.PARTLY),
    "a form": (POST + b"Content-Length: 5\r\n\r\nhello", Arrival.WHOLE),
    "half a form": (POST + b"Content-Length: 5\r\n\r\nhel", Arrival.WAIT),
    "a form and more": (POST + b"content-length:5\r\n\r\nhello!", Arrival.WHOLE),
    "half of a form that fits": (POST + b"Content-Length: %d\r\n\r\n" % MOST, Arrival.WAIT),
    "half of a long form": (POST + b"Content-Length: %d\r\n\r\n" % (MOST + 1), Arrival.PARTLY),
    "who asks for an answer first": (POST + b"Expect: 100-continue\r\n\r\n", Arrival.PARTLY),
    "two lengths, which are refused": (
        POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
        Arrival.WHOLE,
    ),
    "a length that is refused": (POST + b"Content-Length: +5\r\n\r\n", Arrival.WHOLE),
    "a length that no number can hold": (
        POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        Arrival.PARTLY,
    ),
    "a length with zeros before it": (
        POST + b"Content-Length: " + b"0" * 5000 + b"5\r\n\r\nhel",
        Arrival.WAIT,
    ),
    "chunks, which are refused": (POST + b"Transfer-Encoding: chunked\r\n\r\n", Arrival.WHOLE),
    "TLS": (b"\x16\x03\x01\x02\x00\x01", Arrival.PARTLY),
    "bare line feeds": (b"GET / HTTP/1.1\nHost: localhost\n\n", Arrival.PARTLY),
}


@pytest.mark.parametrize(("early", "found"), TABLE.values(), ids=TABLE)
def test_what_is_done_with_the_first_bytes(early: bytes, found: Arrival) -> None:
    assert Gathering().add(early) is found


def test_it_is_the_same_byte_by_byte() -> None:
    form, gathered = POST + b"Content-Length: 5\r\n\r\nhello", Gathering()

    seen = [gathered.add(bytes((byte,))) for byte in form]

    assert seen == [*[Arrival.WAIT] * (len(form) - 1), Arrival.WHOLE]


def test_what_was_gathered_is_read_again_in_order() -> None:
    gathered = Gathering()
    gathered.add(GET)
    gathered.add(b"\r\n")

    read = [gathered.take(10), gathered.take(1000)]

    assert b"".join(read) == GET + b"\r\n"
    assert not gathered
    assert gathered.room == WHOLE
