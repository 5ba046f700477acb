"""Sessions of the portal: which door was opened with which key, under a seal.

A session lies under the hash of a token that only the cookie holds. What is in it (which door,
what lies behind it, the key, when it was opened and last used) is sealed under the token, so the
table tells neither who came back nor to what. The door is inside the seal: a mailbox's session
opens no consultation, and the reverse. Wrong words leave a session as well, which opens nothing
and gives them back to be put right: the answer to words is the same for all of them, to the byte.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed, SessionEnded, WordsOpenedNothing
from cases.models import MailboxSession
from cases.queries.mailboxes import mailbox_session
from crypto.errors import CryptoError
from crypto.padding import pad, unpad
from crypto.session import SessionToken, open_session, seal_session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=2)
# For the page that comes next, and not for whoever sits down here later.
GIVEN_BACK = timedelta(minutes=2)
TYPED_SIZE = 256  # bytes; ten words of ours have less


class Door(StrEnum):
    """What a session opens."""

    MAILBOX = "mailbox"
    CONSULTATION = "consultation"
    # A consultation that was answered in this session: it says so, and opens nothing.
    ANSWERED = "answered"
    # Wrong words were typed.
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Visit:
    """What a session holds under its seal.

    Attributes:
        door: what was opened.
        place: the mailbox's locator or the consultation's id.
        secret: the seed of its key; empty behind a door that opens nothing.
        typed: the words that opened nothing; never those that opened something.
    """

    door: Door
    place: bytes = field(repr=False)
    secret: bytes = field(repr=False)
    opened_at: datetime
    seen_at: datetime
    typed: str = field(default="", repr=False)

    def to_payload(self) -> bytes:
        """The payload of the seal, of one length for all."""
        moments = {name: _seconds(getattr(self, name)) for name in ("opened_at", "seen_at")}
        return pad(to_json({**vars(self), **moments}))

    @classmethod
    def from_payload(cls, payload: bytes) -> "Visit":
        """What `to_payload` wrote; Malformed, FactsMalformed or ValueError otherwise."""
        fields = JsonFields.parse(unpad(payload))
        return cls(
            door=fields.required("door", Door),
            place=fields.hex("place") or b"",
            secret=fields.hex("secret") or b"",
            opened_at=_moment(fields.number("opened_at")),
            seen_at=_moment(fields.number("seen_at")),
            typed=fields.text("typed"),
        )


def begin(session: Session, door: Door, place: bytes, secret: bytes, now: datetime) -> SessionToken:
    """Open a session."""
    return _begin(session, Visit(door, place, secret, now, now), now)


def begin_nowhere(session: Session, place: bytes, typed: str, now: datetime) -> SessionToken:
    """Leave the decoy of somebody who typed the wrong words; it gives them back where they were
    typed. `place` is the consultation's id, and empty for the mailbox."""
    kept = typed.encode()[:TYPED_SIZE].decode(errors="ignore")
    return _begin(session, Visit(Door.NOWHERE, place, b"", now, now, kept), now)


def _begin(session: Session, begun: Visit, now: datetime) -> SessionToken:
    """Put the session in its table.

    Sessions of earlier days go at the same time, and not by the clock: whoever floods the table
    with decoys also sweeps it.
    """
    purge_sessions(session, now.date())
    token = SessionToken.generate()
    session.add(
        MailboxSession(
            id=token.id,
            sealed=seal_session(begun.to_payload(), token),
            # The day alone; two hours can reach into the next one.
            purge_on=now.date() + timedelta(days=1),
        )
    )
    session.flush()
    return token


def visit(session: Session, token: SessionToken, now: datetime) -> Visit:
    """What the session of a token holds.

    Raises:
        WordsOpenedNothing: somebody typed wrong words a moment ago.
        SessionEnded: unknown, idle for 30 minutes or older than 2 hours, or behind no door.
    """
    row = mailbox_session(session, token.id)
    if row is None:
        raise SessionEnded
    try:
        found = Visit.from_payload(open_session(row.sealed, token))
    except (CryptoError, FactsMalformed, ValueError):
        raise SessionEnded from None
    if now - found.seen_at > IDLE or now - found.opened_at > ABSOLUTE:
        raise SessionEnded
    if found.door is Door.NOWHERE and now - found.opened_at < GIVEN_BACK:
        raise WordsOpenedNothing(found.place, found.typed)
    if found.door is Door.NOWHERE:
        raise SessionEnded
    return found


def touch(
    session: Session, token: SessionToken, now: datetime, began: datetime | None = None
) -> None:
    """Count the session as used now.

    Args:
        session: a writing session.
        token: the visitor's.
        now: when the request has all come.
        began: when it began, where that may be long ago: its files were on their way since.

    Raises:
        SessionEnded: it had ended already when the request began.
    """
    _put(session, token, replace(visit(session, token, began or now), seen_at=now))


def close_door(session: Session, token: SessionToken, now: datetime) -> None:
    """Take the key of an answered consultation out of its session. Raises SessionEnded."""
    found = visit(session, token, now)
    _put(session, token, replace(found, door=Door.ANSWERED, secret=b"", seen_at=now))


def sign_out(session: Session, token: SessionToken) -> None:
    """Destroy the session; one that is not there is no error."""
    session.execute(delete(MailboxSession).where(MailboxSession.id == token.id))


def purge_sessions(session: Session, today: date) -> int:
    """Delete the sessions that ended on an earlier day; returns how many."""
    gone = session.scalars(
        delete(MailboxSession).where(MailboxSession.purge_on < today).returning(MailboxSession.id)
    ).all()
    return len(gone)


def _put(session: Session, token: SessionToken, found: Visit) -> None:
    session.execute(
        update(MailboxSession)
        .where(MailboxSession.id == token.id)
        .values(sealed=seal_session(found.to_payload(), token))
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
