"""Who else can help: other bodies by subject, for what the office may not examine.

Names only, no addresses: names last longer, and no page of ours links to another site.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.reference.languages import Certainty, Words, in_language


class ReferralKind(StrEnum):
    """What a body is named for."""

    COMPLAINT = "complaint"
    REPORT = "report"
    # What happens to one person at work: no report, and other laws apply.
    WORK = "work"
    OTHER = "other"


@dataclass(frozen=True)
class Referral:
    """One subject and who can help with it."""

    id: str
    kind: ReferralKind
    subjects: Words
    bodies: Words
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    certainty: Certainty = Certainty.UNCERTAIN

    def subject(self, language: str) -> str:
        """What it is about; English where the language is unknown."""
        return in_language(self.subjects, language)

    def body(self, language: str) -> str:
        """Who can help, several divided by semicolons; English where the language is unknown."""
        return in_language(self.bodies, language)
