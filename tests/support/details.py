"""Details of every kind for tests: one of each, and generated ones."""

from dataclasses import fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from cases.domain.details import DETAIL_CLASSES, Details

_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def generated(cls: type[Details]) -> st.SearchStrategy[Details]:
    """Any value of a class of details, by what its fields say they hold."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{each.name: _values(hints[each.name]) for each in fields(cls)})


def any_details() -> st.SearchStrategy[Details]:
    """Details of any kind."""
    return st.one_of([generated(cls) for cls in DETAIL_CLASSES.values()])


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is UnionType:
        return st.one_of(*(_values(each) for each in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        type(None): st.none(),
        bool: st.booleans(),
        int: st.integers(min_value=1, max_value=10_000),
        date: st.dates(),
        bytes: st.binary(min_size=16, max_size=16),
        str: _TEXTS,
    }
    return simple[hint]
