"""Who must not read a case: people who were named for it, and people with a conflict of interest.

A conflict is declared per person on the signed roster, as the code of an authority. So whoever
writes to the database can neither add one nor take one away.
"""

from crypto.roster import RosterMember
from crypto.roster_payload import Roster


def kept_away(roster: Roster, named: frozenset[bytes], authority: str) -> frozenset[bytes]:
    """The ids of everybody who must not read a case.

    Args:
        roster: verified.
        named: ids of the people whom the reporter or the office named.
        authority: the code of the public service that the case is about.
    """
    declared = (member.person for member in roster.members if authority in member.conflicts)
    return named | frozenset(declared)


def is_kept_away(member: RosterMember, named: frozenset[bytes], authority: str) -> bool:
    """Whether this member of the verified roster must not read it; arguments as `kept_away`."""
    return member.person in named or authority in member.conflicts
