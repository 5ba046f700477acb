"""The ten words of a question to a public service: drawn for its release, shown on one page."""

import secrets
from dataclasses import dataclass

from cases.actions.reading import open_case
from cases.actions.signed_in import require
from cases.domain.details import ConsultationWay
from cases.domain.policies import can_release
from cases.errors import NotFound
from crypto.consultation import ConsultationKeys, derive_consultation
from crypto.receipt import DRAFT_SIZE, ReceiptCode, draw_code
from reviewer.consultation_page import held_in
from reviewer.opened import identifier
from reviewer.session import signed_in
from web.cookies import browser
from web.services import services


@dataclass(frozen=True, repr=False)
class Handed:
    """What opens a question, shown to the person who releases it and to nobody after that."""

    words: ReceiptCode
    keys: ConsultationKeys


def new_draft() -> str:
    """What the page of a release carries: 32 random bytes in hexadecimal."""
    return secrets.token_hex(DRAFT_SIZE)


def draw(case_id: str, consultation_id: str, draft: str) -> Handed | None:
    """The words for a question that this person may release; None for one that goes by letter.

    They come from the page's draft and the browser's token, so that a button pressed twice, or an
    answer that was lost on the way, gives the same words. Neither alone gives them.

    In a transaction of its own, before the one that releases: the derivation must not hold the lock
    that the whole office waits for.

    Raises Refused, NotFound, Busy.
    """
    here, person = services(), signed_in()
    with here.database.reading() as session:
        case = open_case(session, identifier(case_id), person.keys)
    held = held_in(case, consultation_id)
    if not held.open:
        require(can_release(case.file, held.id, person.member.id))
    if held.asked.way is ConsultationWay.LETTER:
        return None
    language = held.asked.language or case.facts.language
    words = draw_code(_read(draft), browser().ensure().binding, language)
    with here.kdf_gate.place():
        return Handed(words, derive_consultation(words, held.id, here.settings.receipt_cost))


def _read(draft: str) -> bytes:
    """The draft of a page. Raises NotFound: no page of ours carries another."""
    try:
        found = bytes.fromhex(draft)
    except ValueError:
        raise NotFound from None
    if len(found) != DRAFT_SIZE:
        raise NotFound
    return found
