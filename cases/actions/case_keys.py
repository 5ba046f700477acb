"""Which key of the case a message must name: how each side of a thread knows.

A case may get another key. The office remembers the earlier ones in its sheet. The reporter has
the key of the first day in her own record, and learns the others from messages that somebody of
the office signed.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cases.domain.case_keys import EarlierKey, KeyAnnouncement, key_at
from crypto.case_keys import KeyChange
from crypto.errors import Malformed
from crypto.keys import CasePublicKey, KeyId
from crypto.roster import VerifiedRoster


class CaseKeys(ABC):
    """The keys of a case as one side knows them at some place of the thread."""

    @abstractmethod
    def at(self, position: int) -> bytes:
        """The id of the key that a message at this position names."""

    @abstractmethod
    def after(self, position: int, announced: KeyAnnouncement) -> "CaseKeys | None":
        """What the side knows from there on; None where it does not believe the announcement."""


@dataclass(frozen=True)
class RememberedKeys(CaseKeys):
    """The office's: whoever opened the case knows its key, and the sheet names those before."""

    current: KeyId
    earlier: Sequence[EarlierKey] = ()

    def at(self, position: int) -> bytes:
        return key_at(position, self.earlier, self.current)

    def after(self, position: int, announced: KeyAnnouncement) -> "RememberedKeys":
        return self


@dataclass(frozen=True)
class AnnouncedKeys(CaseKeys):
    """The reporter's: the first key, until somebody of the office signs that there is another.

    Attributes:
        case_id: 16 bytes.
        public: the key in force.
        rosters: every roster of the office; without one, no announcement is believed.
    """

    case_id: bytes
    public: CasePublicKey = field(repr=False)
    rosters: Sequence[VerifiedRoster] = field(repr=False)

    def at(self, position: int) -> bytes:
        return self.public.key_id

    def after(self, position: int, announced: KeyAnnouncement) -> "AnnouncedKeys | None":
        try:
            new = CasePublicKey.from_bytes(announced.public)
        except Malformed:
            return None
        change = KeyChange(
            case_id=self.case_id,
            position=position,
            old=self.public.key_id,
            new=new,
            person=announced.person,
            serial=announced.serial,
        )
        if not change.verifies(announced.signature, self.rosters):
            return None
        return replace(self, public=new)
