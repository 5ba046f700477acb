"""Errors reach logs, so they hold no secret."""

import traceback

import pytest

from crypto import errors
from crypto.errors import CryptoError, OpeningFailed, UnknownWord


def test_every_error_is_a_crypto_error() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ]

    assert all(issubclass(each, CryptoError) for each in classes)


def test_an_unknown_word_is_kept_out_of_every_text_of_the_error() -> None:
    error = UnknownWord(3, "geheim")

    assert error.word == "geheim"
    assert error.position == 3
    for text in (str(error), repr(error), repr(error.args), *traceback.format_exception(error)):
        assert "geheim" not in text


def test_a_failed_opening_takes_no_reason() -> None:
    with pytest.raises(TypeError):
        OpeningFailed("wrong key")  # type: ignore[call-arg]
