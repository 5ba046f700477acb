"""Who can open a case and to whom it can be given, by the keys on the signed roster."""

from cases.actions.conflicts import is_kept_away
from cases.actions.reading import OpenCase, holders
from cases.domain.grants import HolderKind
from cases.domain.roles import Permission
from cases.queries.staff import colleagues
from crypto.roster import RosterMember, VerifiedRoster
from web.database import Session


def names_of_holders(session: Session, case: OpenCase, roster: VerifiedRoster) -> list[str]:
    """The people with a key of the case of their own, as the roster names them.

    Where the pool holds it by name, because somebody must not read it, those people are among them.
    """
    held = _personal_keys(session, case)
    return sorted(one.name for one in roster.roster.members if one.public.key_id in held)


def colleagues_without(
    session: Session, case: OpenCase, roster: VerifiedRoster
) -> list[RosterMember]:
    """Colleagues who work on cases and have no key of this one yet, by name."""
    held = _personal_keys(session, case)
    return [
        one
        for one in working_on_cases(session, roster)
        if one.public.key_id not in held and not _is_kept_away(one, case)
    ]


def is_in_whole_pool(session: Session, case: OpenCase) -> bool:
    """Whether everyone at intake holds it, without exception."""
    return any(one.kind is HolderKind.INTAKE for one in holders(session, case))


def names_of_kept_away(case: OpenCase, roster: VerifiedRoster) -> list[str]:
    """Who must not read the case: named for it, or with a declared conflict of interest."""
    return sorted(one.name for one in roster.roster.members if _is_kept_away(one, case))


def who_can_be_kept_away(case: OpenCase, roster: VerifiedRoster) -> list[RosterMember]:
    """Everyone of the office who was not named for this case yet, by name."""
    members = (one for one in roster.roster.members if one.person not in case.excluded)
    return sorted(members, key=lambda one: one.name)


def working_on_cases(session: Session, roster: VerifiedRoster) -> list[RosterMember]:
    """Everyone who works on cases and can sign in, by name."""
    working = {one.id for one in colleagues(session) if one.may(Permission.SEE_CASES)}
    members = (one for one in roster.roster.members if one.person in working)
    return sorted(members, key=lambda one: one.name)


def _personal_keys(session: Session, case: OpenCase) -> set[bytes]:
    kinds = HolderKind.PERSON, HolderKind.POOL_MEMBER
    return {one.key_id for one in holders(session, case) if one.kind in kinds}


def _is_kept_away(member: RosterMember, case: OpenCase) -> bool:
    return is_kept_away(member, case.excluded, case.facts.authority)
