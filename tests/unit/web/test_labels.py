"""Every code of the domain has words for a person."""

from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import Babel

from web.labels import TABLES, text_of


@pytest.mark.parametrize("codes", TABLES, ids=lambda codes: codes.__name__)
def test_every_code_has_words(codes: type[StrEnum]) -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        words = {code: str(text_of(code)) for code in codes}

    assert all(words.values())
    assert set(TABLES[codes]) == set(codes)
