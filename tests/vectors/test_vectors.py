"""Every vector file beside this test, run against the program."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vectors.generate import FILES
from tests.vectors.operations import OPERATIONS
from tests.vectors.published_operations import OPERATIONS as PUBLISHED

HERE = Path(__file__).parent
ALL: dict[str, Callable[[Any], dict[str, Any]]] = {**OPERATIONS, **PUBLISHED}


def _vectors() -> list[Any]:
    return [
        pytest.param(vector, id=f"{path.stem}: {vector['name']}")
        for path in sorted(HERE.glob("*.json"))
        for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]
    ]


@pytest.mark.parametrize("vector", _vectors())
def test_the_program_does_what_the_vector_says(vector: dict[str, Any]) -> None:
    operation = ALL[vector["operation"]]

    if vector["expect"] == "ok":
        assert operation(vector) == vector["output"]
    else:
        with pytest.raises(Exception) as failure:  # noqa: PT011 - the class is checked below
            operation(vector)
        assert type(failure.value).__name__ == vector["expect"]
        reason = getattr(failure.value, "reason", None)
        assert (reason and reason.name) == vector.get("reason")


def test_every_vector_file_has_its_generator() -> None:
    files = {path.stem for path in HERE.glob("*.json")}

    assert files == {*FILES, "published"}
