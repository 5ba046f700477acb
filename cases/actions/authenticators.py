"""Setting up an authenticator app for somebody who is signed in: the old one counts no more."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.enrolment import OneTimeCodes
from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.one_time_codes import new_secret, provisioning_uri, step_of
from cases.domain.trail import TrailEvent
from cases.errors import WrongOneTimeCode
from cases.models import Staff
from crypto.errors import CryptoError
from crypto.labels import Purpose
from crypto.personal import open_personal, seal_personal


@dataclass(frozen=True, repr=False)
class Offer:
    """A secret for an authenticator app that no code has confirmed yet."""

    secret: str
    login: str

    def uri(self, office: str) -> str:
        """What the drawing holds."""
        return provisioning_uri(self.secret, self.login, office)

    def sealed(self, by: SignedIn) -> str:
        """What the page keeps, for this person only."""
        secret, seed = self.secret.encode("ascii"), by.keys.personal.seed
        return base64.b64encode(seal_personal(secret, seed, Purpose.TOTP_OFFER)).decode("ascii")


def offer(by: SignedIn, sealed: str = "") -> Offer:
    """What the page offered before; a new secret where it carries none of ours."""
    try:
        raw = base64.b64decode(sealed.encode("ascii"), validate=True)
        secret = open_personal(raw, by.keys.personal.seed, Purpose.TOTP_OFFER).decode("ascii")
    except (CryptoError, ValueError, binascii.Error):
        secret = new_secret()
    return Offer(secret, by.member.login)


def set_up(session: Session, by: SignedIn, offered: Offer, code: str, now: datetime) -> None:
    """Take the offered secret for the person's one-time codes.

    Args:
        session: a writing session.
        by: whose.
        offered: as the page showed it.
        code: what the app shows now, as proof; it works once.
        now: aware.

    Raises:
        WrongOneTimeCode: it is not the current one.
    """
    step = step_of(code, offered.secret, now, 0)
    if step is None:
        raise WrongOneTimeCode
    sealed = OneTimeCodes(offered.secret, step).sealed(by.keys.personal.seed)
    session.execute(
        update(Staff)
        .where(Staff.id == by.member.id)
        .values(totp_sealed=sealed, totp_last_step=step)
    )
    record_staff(session, TrailEvent.TOTP_CHANGED, now, by.member.id)
