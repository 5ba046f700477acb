"""What one roster changes against another: everything that whoever signs or reads it must see."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crypto.roster import Roster, RosterMember


class RosterChange(StrEnum):
    """One kind of difference."""

    PERSON_ADDED = "person_added"
    PERSON_REMOVED = "person_removed"
    PERSON_RENAMED = "person_renamed"
    ROLES_CHANGED = "roles_changed"
    CONFLICTS_CHANGED = "conflicts_changed"
    # Nothing here changes keys yet: somebody else wrote such a roster.
    PERSON_KEYS_CHANGED = "person_keys_changed"
    INTAKE_KEY_CHANGED = "intake_key_changed"
    RECOVERY_KEY_CHANGED = "recovery_key_changed"
    SIGNATURES_NEEDED_CHANGED = "signatures_needed_changed"
    CUSTODIANS_NEEDED_CHANGED = "custodians_needed_changed"
    OFFICE_RENAMED = "office_renamed"
    VALIDITY_CHANGED = "validity_changed"


@dataclass(frozen=True)
class Difference:
    """One difference: `name` of the person it is about, what was there `before` and `after`."""

    change: RosterChange
    name: str = ""
    before: str = ""
    after: str = ""


_OF_THE_OFFICE: dict[RosterChange, Callable[[Roster], str]] = {
    RosterChange.INTAKE_KEY_CHANGED: lambda roster: roster.intake.key_id.hex(),
    RosterChange.RECOVERY_KEY_CHANGED: lambda roster: roster.recovery.key_id.hex(),
    RosterChange.SIGNATURES_NEEDED_CHANGED: lambda roster: str(roster.signatures_needed),
    RosterChange.CUSTODIANS_NEEDED_CHANGED: lambda roster: str(roster.custodians_needed),
    RosterChange.OFFICE_RENAMED: lambda roster: roster.office,
    RosterChange.VALIDITY_CHANGED: lambda roster: roster.expires_on.isoformat(),
}


def differences(before: Roster, after: Roster) -> tuple[Difference, ...]:
    """Every difference, people first, by name."""
    earlier, later = _by_person(before), _by_person(after)
    return (*_of_people(earlier, later), *_of_the_office(before, after))


def _by_person(roster: Roster) -> Mapping[bytes, RosterMember]:
    return {member.person: member for member in roster.members}


def _of_people(
    earlier: Mapping[bytes, RosterMember], later: Mapping[bytes, RosterMember]
) -> Iterator[Difference]:
    named = sorted({**earlier, **later}.values(), key=lambda member: (member.name, member.person))
    for member in named:
        was, now = earlier.get(member.person), later.get(member.person)
        if was is None:
            yield Difference(RosterChange.PERSON_ADDED, member.name, after=_roles(member))
            yield from _of_conflicts((), member.conflicts, member.name)
        elif now is None:
            yield Difference(RosterChange.PERSON_REMOVED, member.name, before=_roles(was))
        else:
            yield from _of_one(was, now)


def _of_one(was: RosterMember, now: RosterMember) -> Iterator[Difference]:
    if was.name != now.name:
        yield Difference(RosterChange.PERSON_RENAMED, now.name, was.name, now.name)
    if was.roles != now.roles:
        yield Difference(RosterChange.ROLES_CHANGED, now.name, _roles(was), _roles(now))
    yield from _of_conflicts(was.conflicts, now.conflicts, now.name)
    if (was.public, was.verify_key) != (now.public, now.verify_key):
        keys = was.public.key_id.hex(), now.public.key_id.hex()
        yield Difference(RosterChange.PERSON_KEYS_CHANGED, now.name, *keys)


def _of_conflicts(
    before: tuple[str, ...], after: tuple[str, ...], name: str
) -> Iterator[Difference]:
    if before != after:
        yield Difference(RosterChange.CONFLICTS_CHANGED, name, " ".join(before), " ".join(after))


def _of_the_office(before: Roster, after: Roster) -> Iterator[Difference]:
    for change, shown in _OF_THE_OFFICE.items():
        if shown(before) != shown(after):
            yield Difference(change, before=shown(before), after=shown(after))


def _roles(member: RosterMember) -> str:
    return " ".join(sorted(member.roles))
