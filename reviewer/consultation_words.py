"""The ten words of a question to a public service: drawn for its release, shown once."""

from dataclasses import dataclass

from cases.actions.reading import open_case
from cases.actions.signed_in import require
from cases.domain.details import ConsultationWay
from cases.domain.policies import can_release
from crypto.consultation import ConsultationKeys, derive_consultation, draw_passphrase
from crypto.receipt import ReceiptCode
from reviewer.consultation_page import held_in
from reviewer.opened import identifier
from reviewer.session import signed_in
from web.services import services


@dataclass(frozen=True, repr=False)
class Handed:
    """What opens a question, shown to the person who releases it and to nobody after that."""

    words: ReceiptCode
    keys: ConsultationKeys


def draw(case_id: str, consultation_id: str) -> Handed | None:
    """New words for a question that this person may release; None for one that goes by letter.

    In a transaction of its own, before the one that releases: the derivation must not hold the lock
    that the whole office waits for.

    Raises Refused, NotFound, Busy.
    """
    here, person = services(), signed_in()
    with here.database.reading() as session:
        case = open_case(session, identifier(case_id), person.keys)
    held = held_in(case, consultation_id)
    require(can_release(case.file, held.id, person.member.id))
    if held.asked.way is ConsultationWay.LETTER:
        return None
    words = draw_passphrase(held.asked.language or case.facts.language)
    with here.kdf_gate.place():
        return Handed(words, derive_consultation(words, held.id, here.settings.receipt_cost))
