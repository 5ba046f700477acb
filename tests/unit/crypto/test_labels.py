"""Purposes and contexts."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.labels import Context, Purpose
from tests.unit.crypto.builders import properties

contexts = st.builds(Context, st.sampled_from(Purpose), st.lists(st.binary(max_size=6)).map(tuple))


def test_every_purpose_names_the_product_and_its_version() -> None:
    assert all(re.fullmatch(r"zegel/v1/[a-z0-9/-]+", purpose) for purpose in Purpose)


def test_no_two_purposes_are_the_same() -> None:
    assert len({purpose.value for purpose in Purpose}) == len(Purpose.__members__)


@properties
@given(contexts, contexts)
def test_two_contexts_encode_alike_only_if_they_are_equal(one: Context, other: Context) -> None:
    assert (one.encode() == other.encode()) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((b"ab", b"c"), (b"a", b"bc")),
        ((b"",), ()),
        ((b"a",), (b"a", b"")),
        ((b"ab",), (b"a", b"b")),
    ],
)
def test_moving_a_boundary_changes_a_context(
    one: tuple[bytes, ...], other: tuple[bytes, ...]
) -> None:
    assert Context(Purpose.NOTE, one).encode() != Context(Purpose.NOTE, other).encode()


def test_the_format_document_names_every_purpose_and_no_other() -> None:
    document = (Path(__file__).parents[3] / "docs/reference/formats.md").read_text("utf-8")
    table = document.split("## Purposes")[1].split("## Published vectors")[0]

    assert set(re.findall(r"`(zegel/v1/[^`]+)`", table)) == {each.value for each in Purpose}
    assert set(re.findall(r"zegel/v1/[a-z0-9/-]+", document)) <= {
        *(each.value for each in Purpose),
        "zegel/v1/receipt",
    }
