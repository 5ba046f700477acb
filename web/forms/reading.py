"""Reading a valid field: the text of a branch that was chosen, the code of a choice."""

from enum import StrEnum
from typing import TypeVar

from web.forms.fields import Answer, Line

Code = TypeVar("Code", bound=StrEnum)


def text(field: Line, asked: bool = True) -> str:
    """What was typed; empty where the question was folded away."""
    return field.data or "" if asked else ""


def code(codes: type[Code], field: Answer) -> Code | None:
    """The choice; None where none was made."""
    return codes(field.data) if field.data else None
