"""Whose key may hold a case."""

from enum import StrEnum


class HolderKind(StrEnum):
    """The pool that all intake staff open, the custodians' recovery key, or one person."""

    INTAKE = "intake"
    RECOVERY = "recovery"
    PERSON = "person"
