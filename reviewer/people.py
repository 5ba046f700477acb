"""Who can open a case and to whom it can be given, by the keys on the signed roster."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.actions.conflicts import is_kept_away
from cases.actions.reading import Holding, OpenCase, holders
from cases.domain.grants import HolderKind
from cases.domain.roles import Permission
from cases.queries.staff import colleagues
from crypto.roster import RosterMember, VerifiedRoster
from crypto.roster_payload import INTAKE
from web.database import Session


@dataclass(frozen=True)
class Access:
    """Who can open a case and who must not, as names on the roster.

    Attributes:
        whole_pool: everyone at intake holds it, without exception.
        holders: people with a key of the case of their own; where the pool holds it by name,
            because somebody must not read it, those people are among them.
        kept_away: named for the case, or with a declared conflict of interest; they hold no key.
        still_able: the same, but they can open it: they declared the conflict later.
    """

    whole_pool: bool
    holders: list[str]
    kept_away: list[str]
    still_able: list[str]


NOBODY = Access(False, [], [], [])


def access_to(session: Session, case: OpenCase, roster: VerifiedRoster) -> Access:
    """Who can open a case and who must not."""
    found = holders(session, case)
    whole_pool = any(one.kind is HolderKind.INTAKE for one in found)
    held, members = _personal_keys(found), roster.roster.members
    able = {
        one.person
        for one in members
        if one.public.key_id in held or (whole_pool and INTAKE in one.roles)
    }
    away = [one for one in members if _is_kept_away(one, case)]
    return Access(
        whole_pool,
        holders=sorted(one.name for one in members if one.public.key_id in held),
        kept_away=sorted(one.name for one in away if one.person not in able),
        still_able=sorted(one.name for one in away if one.person in able),
    )


def colleagues_without(
    session: Session, case: OpenCase, roster: VerifiedRoster
) -> list[RosterMember]:
    """Colleagues who work on cases and have no key of this one yet, by name."""
    held = _personal_keys(holders(session, case))
    return [
        one
        for one in working_on_cases(session, roster)
        if one.public.key_id not in held and not _is_kept_away(one, case)
    ]


def who_can_be_kept_away(case: OpenCase, roster: VerifiedRoster) -> list[RosterMember]:
    """Everyone of the office who was not named for this case yet, by name."""
    members = (one for one in roster.roster.members if one.person not in case.excluded)
    return sorted(members, key=lambda one: one.name)


def working_on_cases(session: Session, roster: VerifiedRoster) -> list[RosterMember]:
    """Everyone who works on cases and can sign in, by name."""
    working = {one.id for one in colleagues(session) if one.may(Permission.SEE_CASES)}
    members = (one for one in roster.roster.members if one.person in working)
    return sorted(members, key=lambda one: one.name)


def _personal_keys(found: Iterable[Holding]) -> set[bytes]:
    kinds = HolderKind.PERSON, HolderKind.POOL_MEMBER
    return {one.key_id for one in found if one.kind in kinds}


def _is_kept_away(member: RosterMember, case: OpenCase) -> bool:
    return is_kept_away(member, case.excluded, case.facts.authority)
