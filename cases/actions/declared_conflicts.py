"""Writing conflicts of interest into the next roster: who must not read cases of which service."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from cases.domain.logins import folded_login
from cases.errors import NotFound
from cases.queries.staff import staff_by_login
from cases.saying import said
from crypto.roster import RosterMember
from crypto.roster_payload import Roster

Declarations = Mapping[str, frozenset[str]]


def with_declarations(
    session: Session, roster: Roster, declared: Declarations, ended: Declarations
) -> Roster:
    """The roster with the conflicts of interest of some of its members changed.

    Args:
        session: any session.
        roster: the one to be proposed.
        declared: codes of authorities that are new, by login.
        ended: codes that no longer hold, by login.

    Raises:
        NotFound: nobody on the roster has the login, or has not declared what is to end.
    """
    for login in sorted({*declared, *ended}):
        member = _member(session, roster, login)
        before = frozenset(member.conflicts)
        if not ended.get(login, frozenset()) <= before:
            raise NotFound(
                said("%(login)s has not declared that conflict of interest", login=login)
            )
        after = (before - ended.get(login, frozenset())) | declared.get(login, frozenset())
        changed = replace(member, conflicts=tuple(sorted(after)))
        members = tuple(changed if one == member else one for one in roster.members)
        roster = replace(roster, members=members)
    return roster


def _member(session: Session, roster: Roster, login: str) -> RosterMember:
    row = staff_by_login(session, folded_login(login))
    for member in roster.members:
        if row is not None and member.person == row.id:
            return member
    raise NotFound(said("nobody on the roster has the login %(login)s", login=login))
