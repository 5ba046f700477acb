"""Rows of everything that people sign in with, as the console writes them."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions import factor_reset, passkeys
from cases.actions.passkeys import Ceremony
from cases.actions.recovery_codes import make_recovery_codes
from cases.actions.signed_in import SignedIn
from crypto.passkeys import Place
from crypto.roster import VerifiedRoster
from crypto.session import SessionToken
from tests.support.passkeys import SecurityKey

PLACE = Place("zegel.test", "https://zegel.test")


def leave_rows_of_each(
    session: Session, by: SignedIn, colleague: str, roster: VerifiedRoster, now: datetime
) -> None:
    """A passkey and recovery codes of one person, who vouches for a colleague that lost hers."""
    here = Ceremony(PLACE, b"k" * 32, SessionToken.generate())
    options = passkeys.creation_options(session, here, by, roster.roster.office, now)
    answer = SecurityKey(PLACE.name, PLACE.origin).create(options)
    passkeys.add_passkey(session, here, by, answer, "Blue key", now)
    make_recovery_codes(session, by, now)
    factor_reset.vouch(session, colleague, by, roster, now)
