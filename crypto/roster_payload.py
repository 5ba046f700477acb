"""What a roster says, and its canonical bytes. Who may say it is in `crypto.roster`."""

from dataclasses import dataclass
from datetime import date

from crypto import strict_json as read
from crypto.errors import Malformed
from crypto.keys import IntakePublicKey, PersonalPublicKey, RecoveryPublicKey
from crypto.signing import VERIFY_KEY_SIZE

INTAKE, CUSTODIAN, SIGNER, STAFF = "intake", "custodian", "signer", "staff"
ROLES = frozenset({INTAKE, CUSTODIAN, SIGNER, STAFF})

FORMAT = "zegel-roster-payload/1"
# The same with the conflicts of interest of each member; a roster without any keeps the first.
FORMAT_WITH_CONFLICTS = "zegel-roster-payload/2"
PERSON_SIZE = 16
DIGEST_SIZE = 32
LONGEST_NAME = 200
MOST_MEMBERS = 500
LONGEST_CODE = 100
MOST_CONFLICTS = 200

_MEMBER_FIELDS = frozenset({"person", "name", "roles", "public", "verify_key"})
_MEMBER_FIELDS_WITH_CONFLICTS = _MEMBER_FIELDS | {"conflicts"}
_ROSTER_FIELDS = frozenset(
    {
        "format",
        "serial",
        "office",
        "issued_on",
        "expires_on",
        "intake",
        "recovery",
        "members",
        "signatures_needed",
        "custodians_needed",
        "previous",
    }
)


@dataclass(frozen=True, slots=True)
class RosterMember:
    """One person of the office.

    Attributes:
        person: 16 bytes, the person's id.
        name: as colleagues know the person.
        roles: some of "intake", "custodian", "signer", "staff".
        public: what is sealed to this person.
        verify_key: 32 bytes; checks this person's signatures under rosters.
        conflicts: codes of the authorities whose cases this person must not read, sorted.

    Raises:
        Malformed: something of the wrong size, an unknown role, or conflicts out of order.
    """

    person: bytes
    name: str
    roles: frozenset[str]
    public: PersonalPublicKey
    verify_key: bytes
    conflicts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.person) != PERSON_SIZE or len(self.verify_key) != VERIFY_KEY_SIZE:
            raise Malformed("an id or key of the wrong size")
        if not self.roles <= ROLES:
            raise Malformed("an unknown role")
        read.text(self.name, LONGEST_NAME)
        if self.conflicts != tuple(sorted(set(self.conflicts))):
            raise Malformed("conflicts out of order, or one twice")
        if len(self.conflicts) > MOST_CONFLICTS:
            raise Malformed("too many conflicts")
        for code in self.conflicts:
            read.text(code, LONGEST_CODE)


@dataclass(frozen=True, slots=True)
class Roster:
    """The keys an office answers for, on a day.

    Attributes:
        serial: 1 for the first roster, one more for each next.
        office: its name.
        issued_on, expires_on: the first and the last day it holds.
        intake: what new cases are granted to.
        recovery: what every case is granted to.
        members: the people of the office.
        signatures_needed: how many of its signers must sign the next roster.
        custodians_needed: how many custodians open an identity.
        previous: the fingerprint of the roster before it; None for the first.

    Raises:
        Malformed: the parts contradict each other.
    """

    serial: int
    office: str
    issued_on: date
    expires_on: date
    intake: IntakePublicKey
    recovery: RecoveryPublicKey
    members: tuple[RosterMember, ...]
    signatures_needed: int
    custodians_needed: int
    previous: bytes | None

    def __post_init__(self) -> None:
        read.text(self.office, LONGEST_NAME)
        _check_numbers(self)
        _check_members(self.members)

    def with_role(self, role: str) -> tuple[RosterMember, ...]:
        """The members who have a role, in the roster's order."""
        return tuple(member for member in self.members if role in member.roles)

    @property
    def has_conflicts(self) -> bool:
        """Whether somebody must not read the cases of some authority."""
        return any(member.conflicts for member in self.members)


def _check_numbers(roster: Roster) -> None:
    if (roster.serial == 1) != (roster.previous is None):
        raise Malformed("the first roster, and no other, follows none")
    if roster.previous is not None and len(roster.previous) != DIGEST_SIZE:
        raise Malformed("a digest of the wrong size")
    if roster.expires_on < roster.issued_on:
        raise Malformed("expires before it is issued")
    if not 1 <= roster.signatures_needed <= len(roster.with_role(SIGNER)):
        raise Malformed("more signatures needed than signers")
    if not 1 <= roster.custodians_needed <= len(roster.with_role(CUSTODIAN)) <= 16:
        raise Malformed("more custodians needed than there are, or more than 16")


def _check_members(members: tuple[RosterMember, ...]) -> None:
    """One person, one key, one signature: nobody counts twice towards a threshold."""
    if len(members) > MOST_MEMBERS:
        raise Malformed("too many members")
    for distinct in (
        {member.person for member in members},
        {member.public for member in members},
        {member.verify_key for member in members},
    ):
        if len(distinct) != len(members):
            raise Malformed("a person or key twice")


def encode(roster: Roster) -> bytes:
    """The canonical bytes of a roster: what is signed and fingerprinted."""
    previous = None if roster.previous is None else read.encode_bytes(roster.previous)
    return read.write(
        {
            "format": FORMAT_WITH_CONFLICTS if roster.has_conflicts else FORMAT,
            "serial": roster.serial,
            "office": roster.office,
            "issued_on": roster.issued_on.isoformat(),
            "expires_on": roster.expires_on.isoformat(),
            "intake": read.encode_bytes(roster.intake.to_bytes()),
            "recovery": read.encode_bytes(roster.recovery.to_bytes()),
            "members": [_encode_member(member, roster.has_conflicts) for member in roster.members],
            "signatures_needed": roster.signatures_needed,
            "custodians_needed": roster.custodians_needed,
            "previous": previous,
        }
    )


def _encode_member(member: RosterMember, with_conflicts: bool) -> dict[str, object]:
    fields: dict[str, object] = {
        "person": read.encode_bytes(member.person),
        "name": member.name,
        "roles": sorted(member.roles),
        "public": read.encode_bytes(member.public.to_bytes()),
        "verify_key": read.encode_bytes(member.verify_key),
    }
    return {**fields, "conflicts": list(member.conflicts)} if with_conflicts else fields


def decode(payload: bytes) -> Roster:
    """The roster in canonical bytes.

    Raises:
        Malformed: another format, an unknown or missing member, a wrong type, or bytes that are
            not the canonical ones.
    """
    value = read.members(read.read(payload), _ROSTER_FIELDS)
    if value["format"] not in (FORMAT, FORMAT_WITH_CONFLICTS):
        raise Malformed("unknown version")
    with_conflicts = value["format"] == FORMAT_WITH_CONFLICTS
    members = tuple(
        _decode_member(member, with_conflicts)
        for member in read.items(value["members"], MOST_MEMBERS)
    )
    previous = value["previous"]
    roster = Roster(
        serial=read.whole(value["serial"]),
        office=read.text(value["office"], LONGEST_NAME),
        issued_on=read.day(value["issued_on"]),
        expires_on=read.day(value["expires_on"]),
        intake=IntakePublicKey.from_bytes(read.decode_bytes(value["intake"])),
        recovery=RecoveryPublicKey.from_bytes(read.decode_bytes(value["recovery"])),
        members=members,
        signatures_needed=read.whole(value["signatures_needed"]),
        custodians_needed=read.whole(value["custodians_needed"]),
        previous=None if previous is None else read.sized_bytes(previous, DIGEST_SIZE),
    )
    # A role twice or out of order, for instance, or the second format without a conflict.
    if encode(roster) != payload:
        raise Malformed("not canonical")
    return roster


def _decode_member(encoded: read.Value, with_conflicts: bool) -> RosterMember:
    fields = _MEMBER_FIELDS_WITH_CONFLICTS if with_conflicts else _MEMBER_FIELDS
    value = read.members(encoded, fields)
    conflicts = read.items(value["conflicts"], MOST_CONFLICTS) if with_conflicts else ()
    return RosterMember(
        person=read.sized_bytes(value["person"], PERSON_SIZE),
        name=read.text(value["name"], LONGEST_NAME),
        roles=frozenset(read.text(role, 20) for role in read.items(value["roles"], len(ROLES))),
        public=PersonalPublicKey.from_bytes(read.decode_bytes(value["public"])),
        verify_key=read.sized_bytes(value["verify_key"], VERIFY_KEY_SIZE),
        conflicts=tuple(read.text(code, LONGEST_CODE) for code in conflicts),
    )
