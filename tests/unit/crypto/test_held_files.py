"""What a page carries of its files opens for the application that gave it, and for no other."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.held_files import open_held, seal_held
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
)

SECRET = b"\x07" * 32
secrets = st.binary(min_size=32, max_size=32)
HELD = seal_held(b"names and keys", SECRET, "portal")
SEALED = base64.urlsafe_b64decode(HELD + "=" * (-len(HELD) % 4))


def as_text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


@properties
@given(st.binary(max_size=5000), secrets, st.sampled_from(["portal", "console"]))
def test_it_comes_back_from_the_page(payload: bytes, secret: bytes, audience: str) -> None:
    text = seal_held(payload, secret, audience)

    assert open_held(text, secret, audience) == payload
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@properties
@given(secrets)
def test_it_opens_with_no_other_secret(secret: bytes) -> None:
    with pytest.raises(OpeningFailed):
        open_held(HELD, secret, "portal")


def test_the_other_application_cannot_open_it() -> None:
    with pytest.raises(OpeningFailed):
        open_held(HELD, SECRET, "console")


def test_no_two_pages_carry_the_same() -> None:
    assert len({seal_held(b"names and keys", SECRET, "portal") for _ in range(50)}) == 50


@properties
@given(st.text(max_size=80))
def test_any_other_text_is_refused(text: str) -> None:
    assert_shut(lambda: open_held(text, SECRET, "portal"))


def test_it_has_one_spelling() -> None:
    spare = seal_held(b"names and keys!", SECRET, "portal")
    assert len(spare) % 4 == 3
    for other in (
        HELD + "=",
        HELD + "\n",
        " " + HELD,
        HELD[:1] + "\n" + HELD[1:],
        spare[:-1] + chr(ord(spare[-1]) + 1),
        as_text(b"\x01\xfb\xff").replace("-", "+").replace("_", "/"),
        "é" + HELD[1:],
    ):
        with pytest.raises(Malformed):
            open_held(other, SECRET, "portal")


def test_spoilt_bytes_stay_shut() -> None:
    for changed in [*every_byte_spoilt(SEALED), *every_length_but(SEALED)]:
        assert_shut(lambda changed=changed: open_held(as_text(changed), SECRET, "portal"))  # type: ignore[misc]
