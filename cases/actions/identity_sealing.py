"""What is sealed and signed when somebody asks for an identity, and what custodians answer.

A request is sealed to the key of the case and to each custodian asked; an answer to the key of the
case. Anyone can seal, so both are signed, and who signed is looked up on the verified roster.
"""

from collections.abc import Sequence

from cases.domain.identity_requests import AnswerStatement, RequestStatement, Signed
from cases.errors import CaseDamaged, FactsMalformed
from cases.models import IdentityRequest
from crypto.envelope import Envelope, open_envelope, seal
from crypto.errors import CryptoError
from crypto.keys import CasePrivateKey, CasePublicKey, PersonalPrivateKey, PublicKey
from crypto.labels import Context, Purpose
from crypto.roster import Roster, RosterMember
from crypto.roster_payload import CUSTODIAN, INTAKE, STAFF
from crypto.signing import (
    RosterSigningKey,
    verifies_identity_answer,
    verifies_identity_request,
)


def member_of(roster: Roster, person: bytes) -> RosterMember | None:
    """A person as the roster names her."""
    return next((each for each in roster.members if each.person == person), None)


def request_context(case_id: bytes, request_id: bytes) -> Context:
    """What a request's envelope is bound to."""
    return Context(Purpose.IDENTITY_REQUEST, (case_id, request_id))


def answer_context(case_id: bytes, request_id: bytes, custodian_id: bytes) -> Context:
    """What an answer's envelope is bound to."""
    return Context(Purpose.IDENTITY_ANSWER, (case_id, request_id, custodian_id))


def seal_request(
    statement: RequestStatement,
    key: PersonalPrivateKey,
    to: Sequence[PublicKey],
) -> Envelope:
    """A request, signed with the asker's own key; the case's key comes first in `to`."""
    payload = statement.to_json()
    signature = RosterSigningKey.from_seed(key.seed).sign_identity_request(payload)
    context = request_context(statement.case_id, statement.request_id)
    return seal(Signed(payload, signature).to_json(), context, to)


def open_request(
    row: IdentityRequest, sealed_key: bytes, key: CasePrivateKey | PersonalPrivateKey
) -> tuple[RequestStatement, Signed]:
    """A request as it was signed; whose signature it is, the caller checks.

    Raises:
        CaseDamaged: it does not open, or says that it is another one.
    """
    try:
        context = request_context(row.case_id, row.id)
        signed = Signed.from_json(open_envelope(row.body, sealed_key, key, context))
        statement = RequestStatement.from_json(signed.statement)
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None
    named = (statement.case_id, statement.request_id, statement.asker_id)
    if named != (row.case_id, row.id, row.asker_id):
        raise CaseDamaged
    return statement, signed


def asker_of(statement: RequestStatement, signed: Signed, roster: Roster) -> RosterMember:
    """Who asks, as the roster names her, with the key to hand shares over to.

    Raises:
        CaseDamaged: the signature is not that of somebody on the roster who works on cases.
    """
    member = member_of(roster, statement.asker_id)
    if member is None or not member.roles & {INTAKE, STAFF}:
        raise CaseDamaged
    if not verifies_identity_request(signed.signature, signed.statement, member.verify_key):
        raise CaseDamaged
    return member


def seal_answer(
    statement: AnswerStatement, case_id: bytes, key: PersonalPrivateKey, to: CasePublicKey
) -> Envelope:
    """An answer, signed with the custodian's own key."""
    payload = statement.to_json()
    signature = RosterSigningKey.from_seed(key.seed).sign_identity_answer(payload)
    context = answer_context(case_id, statement.request_id, statement.custodian_id)
    return seal(Signed(payload, signature).to_json(), context, (to,))


def open_answer(
    body: bytes, sealed_key: bytes, key: CasePrivateKey, context: Context
) -> tuple[AnswerStatement, Signed]:
    """An answer as it was signed. Raises CaseDamaged: it does not open."""
    try:
        signed = Signed.from_json(open_envelope(body, sealed_key, key, context))
        return AnswerStatement.from_json(signed.statement), signed
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None


def is_custodians(statement: AnswerStatement, signed: Signed, roster: Roster) -> bool:
    """Whether a custodian of the roster signed this answer; False too when she left since."""
    member = member_of(roster, statement.custodian_id)
    if member is None or CUSTODIAN not in member.roles:
        return False
    return verifies_identity_answer(signed.signature, signed.statement, member.verify_key)
