"""The keys of a person who joins, and the invitation that they are wrapped under."""

import os
from collections.abc import Collection
from dataclasses import dataclass, field

from cases.actions.enrolment import invitation_secret
from cases.domain.roles import INTAKE_KEY_ROLES, Role
from cases.errors import Refused
from cases.models.base import new_id
from cases.reasons import Reason
from crypto.grants import grant_intake
from crypto.kdf import KdfCost
from crypto.keys import PersonalPrivateKey, PersonalPublicKey, Seed
from crypto.passphrase import wrap_seed
from crypto.receipt import DRAFT_SIZE, ReceiptCode, draw_code
from crypto.roster import RosterMember, RosterSigningKey
from crypto.roster_payload import CUSTODIAN, INTAKE, SIGNER, STAFF

_ROSTER_ROLES = {
    Role.INTAKE: INTAKE,
    Role.HEAD: INTAKE,
    Role.CUSTODIAN: CUSTODIAN,
    Role.ADMINISTRATOR: SIGNER,
}


@dataclass(frozen=True)
class NewPerson:
    """Someone to invite."""

    login: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Joiner:
    """A person with the keys that exist only while the invitation is written."""

    person: NewPerson
    staff_id: bytes
    seed: Seed = field(repr=False)
    code: ReceiptCode = field(repr=False)

    @property
    def member(self) -> RosterMember:
        """The person on a roster."""
        return RosterMember(
            person=self.staff_id,
            name=self.person.name,
            roles=roster_roles(self.person.roles),
            public=self.public,
            verify_key=self.signing_key.verify_key,
        )

    @property
    def public(self) -> PersonalPublicKey:
        """What is sealed to the person."""
        return PersonalPrivateKey(self.seed).public

    @property
    def signing_key(self) -> RosterSigningKey:
        """With which the person signs rosters."""
        return RosterSigningKey.from_seed(self.seed)

    def wrapped_seed(self, cost: KdfCost) -> bytes:
        """The seed under the invitation code."""
        return wrap_seed(self.seed, invitation_secret(self.code), self.staff_id, cost)


def joiner(person: NewPerson) -> Joiner:
    """Draw keys and an invitation code for a person."""
    code = draw_code(os.urandom(DRAFT_SIZE), b"invitation", "en")
    return Joiner(person, new_id(), Seed.generate(), code)


def roster_roles(roles: Collection[Role]) -> frozenset[str]:
    """What a roster says of somebody with these roles."""
    return frozenset({STAFF, *(_ROSTER_ROLES.get(role, STAFF) for role in roles)})


def intake_box(
    roles: Collection[Role], intake: Seed | None, public: PersonalPublicKey
) -> bytes | None:
    """The intake seed sealed to a person whose roles need it, or None where they do not.

    Raises:
        Refused: the intake key is not there to be given.
    """
    if INTAKE_KEY_ROLES.isdisjoint(roles):
        return None
    if intake is None:
        raise Refused(Reason.NO_PERMISSION)
    return grant_intake(intake, public)
