"""Who can open a case and to whom it can be given, by the keys on the signed roster."""

from cases.actions.reading import OpenCase, holders
from cases.domain.grants import HolderKind
from cases.domain.roles import Permission
from cases.queries.staff import colleagues
from crypto.roster import RosterMember, VerifiedRoster
from web.database import Session


def names_of_holders(session: Session, case: OpenCase, roster: VerifiedRoster) -> list[str]:
    """The people with a key of the case of their own, as the roster names them."""
    held = _personal_keys(session, case)
    return sorted(one.name for one in roster.roster.members if one.public.key_id in held)


def colleagues_without(
    session: Session, case: OpenCase, roster: VerifiedRoster
) -> list[RosterMember]:
    """Colleagues who work on cases and have no key of this one yet, by name."""
    held = _personal_keys(session, case)
    return [one for one in working_on_cases(session, roster) if one.public.key_id not in held]


def working_on_cases(session: Session, roster: VerifiedRoster) -> list[RosterMember]:
    """Everyone who works on cases and can sign in, by name."""
    working = {one.id for one in colleagues(session) if one.may(Permission.SEE_CASES)}
    members = (one for one in roster.roster.members if one.person in working)
    return sorted(members, key=lambda one: one.name)


def _personal_keys(session: Session, case: OpenCase) -> set[bytes]:
    return {one.key_id for one in holders(session, case) if one.kind is HolderKind.PERSON}
