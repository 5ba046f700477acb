"""Details go into an envelope and come out as they were; what is not theirs is refused."""

import json
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.domain.details import DETAIL_CLASSES, Details
from cases.domain.details_json import details_fields, details_from
from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed
from tests.support.details import any_details, generated

CLASSES = list(DETAIL_CLASSES.values())


def _values(details: Details) -> dict[str, object]:
    written: dict[str, dict[str, object]] = json.loads(to_json(details_fields(details)))
    return written["values"]


def _again(cls: type[Details], values: dict[str, object]) -> Details:
    kind = next(kind for kind, each in DETAIL_CLASSES.items() if each is cls)
    return _read(json.dumps({"kind": kind, "values": values}).encode())


def _read(encoded: bytes) -> Details:
    return details_from(JsonFields.parse(encoded))


@given(any_details())
@settings(max_examples=300)
def test_details_come_back_as_they_were(details: Details) -> None:
    again = _read(to_json(details_fields(details)))

    assert type(again) is type(details)
    assert vars(again) == vars(details)


@given(any_details())
def test_no_details_show_what_they_hold_in_their_repr(details: Details) -> None:
    assert repr(details).startswith("<cases.domain.details.")


@pytest.mark.parametrize("cls", CLASSES)
@given(data=st.data())
@settings(max_examples=5)
def test_a_field_that_an_older_version_did_not_write_takes_its_default(
    cls: type[Details], data: st.DataObject
) -> None:
    values = _values(data.draw(generated(cls)))
    optional = [each for each in fields(cls) if each.default is not MISSING]
    for each in optional:
        values.pop(each.name, None)

    again = _again(cls, values)

    assert all(getattr(again, each.name) == each.default for each in optional)


@pytest.mark.parametrize("cls", CLASSES)
@given(data=st.data())
@settings(max_examples=5)
def test_a_field_that_every_version_writes_is_asked_for(
    cls: type[Details], data: st.DataObject
) -> None:
    values = _values(data.draw(generated(cls)))
    for each in fields(cls):
        if each.default is MISSING:
            without = {name: value for name, value in values.items() if name != each.name}
            with pytest.raises(FactsMalformed):
                _again(cls, without)


@pytest.mark.parametrize("kind", ["", "no_such_kind", 7, None])
def test_an_unknown_kind_is_refused(kind: object) -> None:
    with pytest.raises(FactsMalformed):
        _read(json.dumps({"kind": kind}).encode())


@pytest.mark.parametrize("cls", CLASSES)
@given(data=st.data())
@settings(max_examples=5)
def test_an_unknown_choice_is_refused(cls: type[Details], data: st.DataObject) -> None:
    hints = get_type_hints(cls)
    values = _values(data.draw(generated(cls)))
    for each in fields(cls):
        hint = hints[each.name]
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            with pytest.raises(FactsMalformed):
                _again(cls, {**values, each.name: "no_such_choice"})


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("prosecutor_notice", {"office": 7, "sent_on": "2026-01-01", "content": "x"}),
        ("prosecutor_notice", {"office": "x", "sent_on": "tomorrow", "content": "x"}),
        ("consultation_release", {"id": "zz"}),
        ("consultation_release", "values"),
        ("identity_disclosure", {"withheld": "yes", "how": ""}),
        ("internal_channel", {"used": False, "reasons": "other"}),
        (
            "admissibility",
            {"competent": "met", "contacted": "met", "recent": "met", "grounds": [1]},
        ),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, values: object) -> None:
    with pytest.raises(FactsMalformed):
        _read(json.dumps({"kind": kind, "values": values}).encode())
