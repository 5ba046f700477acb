"""Who may do what: roles, permissions, and the one table between them.

A permission is about the person only. What the state of a case allows is in `policies`; whether
the person can see the case at all is decided by a key, not by a row of this table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the office; one person may be several."""

    INTAKE = "intake"
    INVESTIGATOR = "investigator"
    HEAD = "head"
    CUSTODIAN = "custodian"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a page or an action asks for."""

    USE_CONSOLE = "use_console"
    SEE_CASES = "see_cases"
    HANDLE_CASES = "handle_cases"
    DECIDE_CASES = "decide_cases"
    REOPEN_CASES = "reopen_cases"
    ASSIGN_CASES = "assign_cases"
    MANAGE_STAFF = "manage_staff"
    EDIT_REFERENCE_DATA = "edit_reference_data"
    READ_TRAIL = "read_trail"
    SIGN_TRAIL = "sign_trail"
    ASK_FOR_IDENTITY = "ask_for_identity"
    GUARD_IDENTITIES = "guard_identities"
    END_SESSIONS = "end_sessions"
    SUSPEND_STAFF = "suspend_staff"
    ERASE_CASES = "erase_cases"


# Everyone who can sign in has an account page to look at.
_EVERYONE = frozenset({Permission.USE_CONSOLE})
_CASEWORK = _EVERYONE | frozenset(
    {
        Permission.SEE_CASES,
        Permission.HANDLE_CASES,
        Permission.DECIDE_CASES,
        Permission.ASSIGN_CASES,
        Permission.ASK_FOR_IDENTITY,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.INTAKE: _CASEWORK,
    Role.INVESTIGATOR: _CASEWORK,
    Role.HEAD: _CASEWORK
    | {
        Permission.REOPEN_CASES,
        Permission.EDIT_REFERENCE_DATA,
        Permission.SIGN_TRAIL,
        Permission.END_SESSIONS,
        Permission.SUSPEND_STAFF,
        Permission.ERASE_CASES,
    },
    # A custodian guards identities; being one opens no case.
    Role.CUSTODIAN: _EVERYONE | {Permission.GUARD_IDENTITIES},
    Role.ADMINISTRATOR: _EVERYONE
    | {Permission.MANAGE_STAFF, Permission.EDIT_REFERENCE_DATA, Permission.SIGN_TRAIL},
    # An auditor reads who did what to which case, and opens none.
    Role.AUDITOR: _EVERYONE | {Permission.READ_TRAIL, Permission.SIGN_TRAIL},
}

# Roles whose people hold the intake key, so that new cases open for them.
INTAKE_KEY_ROLES = frozenset({Role.INTAKE, Role.HEAD})


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that the roles allow together."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


@dataclass(frozen=True)
class StaffMember:
    """A person of the office, as far as rules need to know."""

    id: bytes
    login: str
    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles carries the permission."""
        return permission in permissions_of(self.roles)


class StaffState(StrEnum):
    """Whether a person has finished the first sign-in, and may sign in now."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
