"""Reading an identity that enough custodians agreed to open."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.changing import claim, locked, note_step, say
from cases.actions.clocks import restart_after_message
from cases.actions.identity_record import answers_of
from cases.actions.identity_requests import own_request
from cases.actions.identity_sealing import asker_of, open_request
from cases.actions.reading import OpenCase
from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.contents import Author, IdentityWork, Message, MessageKind, Step
from cases.domain.facts import Identity
from cases.domain.facts_json import identity_from_json
from cases.domain.identity_requests import RequestState
from cases.domain.reference import ReferenceData
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, FactsMalformed, NotFound, Refused
from cases.models import IdentityRequest
from cases.queries import identities as queries
from cases.queries.cases import identity
from cases.reasons import Reason
from crypto.errors import CryptoError
from crypto.identity import open_handed_over, open_identity
from crypto.roster import Roster, VerifiedRoster


def read(
    session: Session,
    opened: OpenCase,
    request_id: bytes,
    by: SignedIn,
    roster: VerifiedRoster,
    now: datetime,
    rules: ReferenceData,
) -> Identity:
    """The identity, put together from the shares that the custodians handed to this person.

    The first time, the reporter is told in the same transaction, unless the request says why not:
    nobody reads the name without it. Every reading is on the trail.

    Raises:
        NotFound: no such request on this case, or a colleague's.
        Refused: it is not granted, or its days are over.
        CaseDamaged: the shares do not open this identity.
        StaleCase: somebody changed the case since it was opened.
    """
    # The case first, as all who change requests of a case do.
    locked(session, opened)
    row = own_request(session, opened, request_id, by)
    if row.state != RequestState.GRANTED or row.expires_on < now.date():
        raise Refused(Reason.IDENTITY_REQUEST_ENDED)
    found = _opened_identity(session, opened, row, by)
    if row.read_on is None:
        _first_reading(session, opened, row, by, roster.roster, now, rules)
    record_staff(session, TrailEvent.IDENTITY_READ, now, by.member.id, opened.case_id)
    session.flush()
    return found


def _opened_identity(
    session: Session, opened: OpenCase, row: IdentityRequest, by: SignedIn
) -> Identity:
    sealed = identity(session, opened.case_id)
    if sealed is None:
        raise NotFound
    boxes = [each.box for each in queries.answers(session, row.id) if each.box]
    key = by.keys.personal
    try:
        shares = [open_handed_over(box, opened.case_id, row.id, key) for box in boxes]
        return identity_from_json(open_identity(sealed.body, opened.case_id, shares))
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None


def _first_reading(
    session: Session,
    opened: OpenCase,
    row: IdentityRequest,
    by: SignedIn,
    roster: Roster,
    now: datetime,
    rules: ReferenceData,
) -> None:
    statement, signed = open_request(row, row.case_key, opened.private)
    asker_of(statement, signed, roster)
    asking = statement.asking
    case = claim(session, opened, opened.version)
    row.read_on, position = now.date(), None
    if asking.tells and opened.mailbox_open:
        message = Message(Author.OFFICE, MessageKind.ANSWER, asking.message, by=by.member.name)
        position = say(session, case, opened, message, now)
        restart_after_message(session, case, now.date(), rules)
    step = Step(
        at=now,
        actor=by.member.name,
        actor_id=by.member.id,
        action=IdentityWork.READ,
        reason=asking.why_not,
        with_whom=", ".join(_agreed(session, opened, row, roster)),
        message_position=position,
    )
    note_step(session, case, opened, step, now)


def _agreed(session: Session, opened: OpenCase, row: IdentityRequest, roster: Roster) -> list[str]:
    names = {each.person: each.name for each in roster.members}
    answers = answers_of(session, opened, row, roster)
    return sorted(
        names.get(each.statement.custodian_id, "") for each in answers if each.statement.approves
    )
