"""Whose key may hold a case."""

from enum import StrEnum


class HolderKind(StrEnum):
    """The pool that all intake staff open, the custodians' recovery key, or one person.

    Where somebody of the intake staff must not read a case, the pool's key would open it to her.
    Then each of the others holds it as a member of the pool.
    """

    INTAKE = "intake"
    RECOVERY = "recovery"
    PERSON = "person"
    POOL_MEMBER = "pool_member"


# Grants by which a case waits for somebody of the intake staff to take it.
POOL_KINDS = (HolderKind.INTAKE, HolderKind.POOL_MEMBER)
