"""When a request for a name is granted or refused, and what is signed about it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.identity_requests import (
    AnswerStatement,
    Asking,
    RequestState,
    RequestStatement,
    Signed,
    read_asking,
    standing,
)
from cases.domain.json_fields import to_json
from cases.errors import FactsMalformed

DAY = date(2026, 11, 23)
ASKING = Asking("why", tells=True, message="what she reads")
REQUEST = RequestStatement(b"r" * 16, b"c" * 16, b"key", b"a" * 16, DAY, DAY, ASKING, "SI.2026.1")
ANSWER = AnswerStatement(b"r" * 16, b"p" * 16, DAY, True, "because")

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("", RequestState.ASKED),
        ("y", RequestState.ASKED),
        ("n", RequestState.ASKED),
        ("yn", RequestState.ASKED),
        ("yy", RequestState.GRANTED),
        ("nyy", RequestState.GRANTED),
        ("nn", RequestState.REFUSED),
        ("ynn", RequestState.REFUSED),
    ],
)
def test_two_of_three_decide(answers: str, state: RequestState) -> None:
    assert standing(2, 3, answers.count("y"), answers.count("n")) is state


@given(st.integers(1, 16), st.integers(0, 16), st.data())
def test_once_everyone_answered_a_request_is_decided(
    needed: int, more: int, data: st.DataObject
) -> None:
    asked = needed + more
    approved = data.draw(st.integers(0, asked))

    state = standing(needed, asked, approved, asked - approved)

    assert state is (RequestState.GRANTED if approved >= needed else RequestState.REFUSED)


def test_what_the_other_choice_asks_for_is_not_kept() -> None:
    both = Asking(" why ", tells=True, message=" told ", why_not="secret")

    assert read_asking(both) == Asking("why", tells=True, message="told")
    assert read_asking(replace(both, tells=False)) == Asking("why", tells=False, why_not="secret")


@given(TEXT, TEXT, st.booleans())
def test_a_statement_comes_back_as_it_was_signed(reason: str, text: str, yes: bool) -> None:
    request = replace(REQUEST, asking=Asking(reason, yes, text, text))
    answer = replace(ANSWER, reason=reason, approves=yes)
    signed = Signed(answer.to_json(), b"s" * 64)

    assert RequestStatement.from_json(request.to_json()) == request
    assert AnswerStatement.from_json(answer.to_json()) == answer
    assert Signed.from_json(signed.to_json()) == signed


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", to_json({"version": 2}), ANSWER.to_json()])
def test_anything_else_is_no_request(payload: bytes) -> None:
    with pytest.raises(FactsMalformed):
        RequestStatement.from_json(payload)


@pytest.mark.parametrize("missing", ["asker_id", "case_public", "expires_on", "version"])
def test_a_request_without_one_of_its_parts_is_none(missing: str) -> None:
    fields = {**json.loads(REQUEST.to_json()), missing: None}

    with pytest.raises(FactsMalformed):
        RequestStatement.from_json(to_json(fields))


def test_nothing_that_was_written_is_in_a_repr() -> None:
    assert "why" not in repr((REQUEST, ASKING, ANSWER))
    assert "because" not in repr((ANSWER, Signed(ANSWER.to_json(), b"")))
