"""Whose keys hold a case that nobody has taken yet.

Usually the intake key alone, which all intake staff have. Where somebody of the office must not
read the case, the intake key would open it to her, today or once she joins intake; so it is never
sealed to it, and each of the others at intake holds it by name.
"""

from cases.domain.grants import HolderKind
from cases.errors import NobodyLeft
from crypto.keys import IntakePublicKey, PersonalPublicKey
from crypto.roster_payload import INTAKE, Roster

PoolHolder = tuple[HolderKind, IntakePublicKey | PersonalPublicKey]


def pool_holders(roster: Roster, excluded: frozenset[bytes]) -> tuple[PoolHolder, ...]:
    """The keys to which a case in the pool is granted.

    Args:
        roster: verified.
        excluded: ids of people who must not read the case, of whatever role; whoever is not on
            the roster changes nothing here.

    Raises:
        NobodyLeft: all intake staff are excluded.
    """
    intake_staff = roster.with_role(INTAKE)
    left = [member for member in intake_staff if member.person not in excluded]
    if not left:
        raise NobodyLeft
    # An investigator as well: whoever joins intake later is given the intake key.
    if excluded.isdisjoint(member.person for member in roster.members):
        return ((HolderKind.INTAKE, roster.intake),)
    return tuple((HolderKind.POOL_MEMBER, member.public) for member in left)
