"""FOR THE MEASUREMENT ONLY: applications whose derivations cost next to nothing, one with a leak.

With Argon2id in front, a small difference drowns in its noise; without it, it shows. The leak
is the one that somebody would write first: wrong words need no session.
"""

from dataclasses import replace
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from cases.actions import mailboxes
from cases.actions.mailboxes import MailboxSignIn
from cases.database import Database
from cases.queries.mailboxes import mailbox
from crypto.kdf import KdfCost
from crypto.receipt import ReceiptKeys
from crypto.session import SessionToken
from portal.application import create_portal
from reviewer.application import create_console
from web.clock import SystemClock
from web.services import Services, build_services
from web.settings import Audience, from_environment

_NEXT_TO_NOTHING = KdfCost(memory_kib=8, iterations=1, lanes=1)
_sign_in = mailboxes.sign_in


def portal() -> Flask:
    """The portal with cheap derivations."""
    return create_portal(_cheap(Audience.PORTAL))


def console() -> Flask:
    """The console with cheap derivations."""
    return create_console(_cheap(Audience.CONSOLE))


def leaking_portal() -> Flask:
    """The same portal, in which wrong words leave no session."""
    mailboxes.sign_in = _leaking
    return portal()


def _leaking(session: Session, keys: ReceiptKeys, now: datetime, typed: str = "") -> MailboxSignIn:
    if mailbox(session, keys.locator) is None:
        return MailboxSignIn(SessionToken.generate(), False)
    return _sign_in(session, keys, now, typed)


def _cheap(audience: Audience) -> Services:
    settings = from_environment(audience)
    cheap = replace(settings, receipt_cost=_NEXT_TO_NOTHING, passphrase_cost=_NEXT_TO_NOTHING)
    return build_services(cheap, Database(settings.database_url), SystemClock())
