"""People on a roster who announce new keys of a case, without an office around them."""

from dataclasses import dataclass
from datetime import date

from crypto.case_keys import KeyChange
from crypto.keys import (
    CasePublicKey,
    IntakePrivateKey,
    KeyId,
    PersonalPrivateKey,
    RecoveryPrivateKey,
    Seed,
)
from crypto.roster import RosterSigningKey, VerifiedRoster
from crypto.roster_payload import CUSTODIAN, SIGNER, STAFF, Roster, RosterMember


@dataclass(frozen=True)
class Person:
    """Somebody of the office; whoever has no role of it may sign as well as anybody."""

    number: int
    roles: frozenset[str]

    @property
    def id(self) -> bytes:
        """As the roster names the person."""
        return bytes([self.number]) * 16

    @property
    def signing_key(self) -> RosterSigningKey:
        """What the person signs with."""
        return RosterSigningKey.from_seed(self._seed)

    @property
    def member(self) -> RosterMember:
        """The person on a roster."""
        public = PersonalPrivateKey(self._seed).public
        verify_key = self.signing_key.verify_key
        return RosterMember(self.id, f"person {self.number}", self.roles, public, verify_key)

    @property
    def _seed(self) -> Seed:
        return Seed(bytes([self.number]) * 32)

    def sign(self, case_id: bytes, position: int, old: KeyId, new: CasePublicKey) -> bytes:
        """The signature under a new key, by the first roster."""
        return KeyChange(case_id, position, old, new, self.id, 1).sign(self.signing_key)


STAFF_MEMBER = Person(61, frozenset({STAFF}))
KEEPER = Person(62, frozenset({CUSTODIAN, SIGNER}))


def rosters(*later: tuple[Person, ...]) -> tuple[VerifiedRoster, ...]:
    """The first roster with both people, and one after it for each group of people."""
    groups = ((STAFF_MEMBER, KEEPER), *later)
    return tuple(
        VerifiedRoster(_roster(number, group), bytes([number]) * 32)
        for number, group in enumerate(groups, 1)
    )


def _roster(serial: int, people: tuple[Person, ...]) -> Roster:
    return Roster(
        serial=serial,
        office="Ombuds Test",
        issued_on=date(2026, 11, 1),
        expires_on=date(2027, 11, 1),
        intake=IntakePrivateKey(Seed(b"i" * 32)).public,
        recovery=RecoveryPrivateKey(Seed(b"r" * 32)).public,
        members=tuple(each.member for each in people),
        signatures_needed=1,
        custodians_needed=1,
        previous=bytes([serial - 1]) * 32 if serial > 1 else None,
    )
