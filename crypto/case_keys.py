"""That a case has a new key: a statement that somebody of the office signs.

Whoever writes to a case, but holds no key of the office, believes another key than the first one
only with such a statement. It names the key that it follows and its place in the thread, so that
an old one cannot be shown again, and the roster by which it is to be judged: who signed may have
left the office since.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto.keys import CasePublicKey, KeyId
from crypto.roster import VerifiedRoster
from crypto.roster_payload import INTAKE, STAFF, RosterMember
from crypto.signing import RosterSigningKey, verifies_case_key

_HANDLE_CASES = frozenset({INTAKE, STAFF})
_NUMBER_SIZE = 4


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What is signed.

    Attributes:
        case_id: 16 bytes.
        position: of the message that says so, in the thread of the case.
        old: the key until then, by its id.
        new: the key from then on.
        person: 16 bytes; who signs, as the roster names them.
        serial: of the roster in force on that day.
    """

    case_id: bytes
    position: int
    old: KeyId
    new: CasePublicKey
    person: bytes
    serial: int

    def sign(self, key: RosterSigningKey) -> bytes:
        """The signature of the person whose key this is."""
        return key.sign_case_key(self._statement())

    def verifies(self, signature: bytes, rosters: Sequence[VerifiedRoster]) -> bool:
        """Whether somebody who handled cases under the roster that is named signed this.

        Args:
            signature: believed by nobody yet.
            rosters: every roster of the office, verified.
        """
        signer = _member(self.person, self.serial, rosters)
        if signer is None or not signer.roles & _HANDLE_CASES:
            return False
        return verifies_case_key(signature, self._statement(), signer.verify_key)

    def _statement(self) -> bytes:
        numbers = (self.position, self.serial)
        position, serial = (each.to_bytes(_NUMBER_SIZE, "big") for each in numbers)
        parts = (self.case_id, position, self.old, self.person, serial, self.new.to_bytes())
        return b"".join(len(part).to_bytes(_NUMBER_SIZE, "big") + part for part in parts)


def _member(person: bytes, serial: int, rosters: Sequence[VerifiedRoster]) -> RosterMember | None:
    for each in rosters:
        if each.roster.serial == serial:
            return next((one for one in each.roster.members if one.person == person), None)
    return None
