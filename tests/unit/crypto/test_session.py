"""Sessions that need the cookie and the row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.session import SessionToken, open_session, seal_session
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
)

tokens = st.binary(min_size=32, max_size=32).map(SessionToken)
TOKEN = SessionToken(b"\x05" * 32)
SEALED = seal_session(b"secret", TOKEN)


@properties
@given(tokens)
def test_a_token_comes_back_from_its_cookie(token: SessionToken) -> None:
    assert SessionToken.from_text(token.text) == token
    assert len(token.text) == 43


@properties
@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        SessionToken.from_text(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "=",
        lambda text: text[:-1],
        lambda text: text + "A",
        lambda text: " " + text,
        lambda text: text + "\n",
        lambda text: text[:-1] + chr(ord(text[-1]) + 1),
        lambda text: text.replace("F", "+", 1),
        lambda text: "é" + text[1:],
    ],
)
def test_a_token_has_one_spelling(change: object) -> None:
    assert callable(change)
    with pytest.raises(Malformed):
        SessionToken.from_text(change(TOKEN.text))


def test_a_new_token_is_never_an_old_one() -> None:
    assert len({SessionToken.generate().id for _ in range(50)}) == 50


def test_what_follows_from_a_token_does_not_give_it() -> None:
    derived = {TOKEN.raw, TOKEN.id, bytes.fromhex(TOKEN.csrf_secret), TOKEN.binding}

    assert len(derived) == 4
    assert all(len(each) == 32 for each in derived)


def test_a_token_does_not_show() -> None:
    assert repr(TOKEN) == str(TOKEN) == "SessionToken(hidden)"


@properties
@given(tokens, st.binary(max_size=300))
def test_a_session_opens_with_its_token(token: SessionToken, secret: bytes) -> None:
    sealed = seal_session(secret, token)

    assert open_session(sealed, token) == secret
    assert len(sealed) == len(secret) + 41


@properties
@given(tokens)
def test_a_session_does_not_open_with_another_token(token: SessionToken) -> None:
    with pytest.raises(OpeningFailed):
        open_session(SEALED, token)


def test_spoilt_bytes_stay_shut() -> None:
    for changed in [*every_byte_spoilt(SEALED), *every_length_but(SEALED)]:
        assert_shut(lambda changed=changed: open_session(changed, TOKEN))  # type: ignore[misc]
