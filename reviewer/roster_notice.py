"""What the front page says of the list of keys: that it changed, or that it is not believed."""

from dataclasses import dataclass
from datetime import date

from cases.actions.signed_in import SignedIn
from cases.domain.roles import INTAKE_KEY_ROLES
from cases.queries.rosters import acknowledged_serial
from crypto.roster import VerifiedRoster
from crypto.roster_changes import differences
from reviewer.roster_words import in_words
from web.database import db
from web.services import services


@dataclass(frozen=True)
class RosterNotice:
    """What changed since a person last said that she had read it.

    `fingerprint` names the roster that the page shows, so that a newer one is not taken for read.
    """

    issued_on: date
    fingerprint: str
    lines: tuple[str, ...]


def roster_notice(roster: VerifiedRoster | None, person: SignedIn) -> RosterNotice | None:
    """What the person has not read yet; None for all others than who opens new cases."""
    if roster is None or INTAKE_KEY_ROLES.isdisjoint(person.member.roles):
        return None
    read = max(1, acknowledged_serial(db(), person.member.id))
    if read >= roster.roster.serial:
        return None
    before = services().rosters.chain(services().today())[read - 1]
    lines = tuple(in_words(each) for each in differences(before.roster, roster.roster))
    return RosterNotice(roster.roster.issued_on, roster.fingerprint.hex(), lines)
