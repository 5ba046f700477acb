"""What people sign in with, made and used as the console does it, and rows of all of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions import factor_reset, passkeys, staff
from cases.actions.passkeys import Ceremony, PasskeySignature
from cases.actions.recovery_codes import make_recovery_codes
from cases.actions.signed_in import SignedIn
from cases.actions.staff import SignInFailed, Throttled
from crypto.passkeys import Place
from crypto.roster import VerifiedRoster
from crypto.session import SessionToken
from tests.support.office import PASSPHRASE, Office
from tests.support.passkeys import SecurityKey

PLACE = Place("zegel.test", "https://zegel.test")
SECRET = b"k" * 32


def at_the_console() -> Ceremony:
    """A browser without a session, at the console's door."""
    return Ceremony(PLACE, SECRET, SessionToken.generate())


def new_key() -> SecurityKey:
    """A security key that was never used."""
    return SecurityKey(PLACE.name, PLACE.origin)


def add(office: Office, by: SignedIn, key: SecurityKey, name: str = "Blue key") -> None:
    """Make a passkey with it."""
    now, here = office.clock.now(), at_the_console()
    with office.database.writing() as session:
        options = passkeys.creation_options(session, here, by, "Ombuds Test", now)
        passkeys.add_passkey(session, here, by, key.create(options), name, now)


def signature(office: Office, key: SecurityKey, here: Ceremony | None = None) -> PasskeySignature:
    """What a browser sends that asked for a challenge now."""
    here = here or at_the_console()
    return PasskeySignature(here, key.sign(passkeys.request_options(here, office.clock.now())))


def enter(
    office: Office, proof: PasskeySignature, login: str = "ingrid", passphrase: str = PASSPHRASE
) -> SessionToken | SignInFailed | Throttled:
    """Sign in with a passkey."""
    with office.database.writing() as session:
        return staff.sign_in_with(session, login, passphrase, proof, office.clock.now())


def type_code(
    office: Office, code: str, login: str = "ingrid", passphrase: str = PASSPHRASE
) -> SessionToken | SignInFailed | Throttled:
    """Sign in with a code of either kind."""
    with office.database.writing() as session:
        return staff.sign_in(session, login, passphrase, code, office.clock.now())


def codes_of(office: Office, by: SignedIn) -> tuple[str, ...]:
    """Ten new recovery codes."""
    with office.database.writing() as session:
        return make_recovery_codes(session, by, office.clock.now())


def names_of(office: Office, by: SignedIn) -> list[str]:
    """What a person calls her passkeys."""
    with office.database.reading() as session:
        return [each.name for each in passkeys.own_passkeys(session, by)]


def leave_rows_of_each(
    session: Session, by: SignedIn, colleague: str, roster: VerifiedRoster, now: datetime
) -> None:
    """A passkey and recovery codes of one person, who vouches for a colleague that lost hers."""
    here = at_the_console()
    options = passkeys.creation_options(session, here, by, roster.roster.office, now)
    answer = new_key().create(options)
    passkeys.add_passkey(session, here, by, answer, "Blue key", now)
    make_recovery_codes(session, by, now)
    factor_reset.vouch(session, colleague, by, roster, now)
