"""Cases as the rules see them, for tests that need no database."""

from dataclasses import replace
from datetime import date
from typing import Any

from cases.domain.case_file import CaseFile
from cases.domain.details import (
    AdmissibilityCheck,
    Consent,
    Consultation,
    ConsultationKind,
    ConsultationRelease,
    ConsultationWay,
    Findings,
    InternalChannelCheck,
    JustificationCheck,
    JustificationVerdict,
    LinkCheck,
    Met,
    NormAssessment,
    NormVerdict,
    Recommendation,
    ScopeCheck,
    ServiceAnswer,
    Substantiated,
)
from cases.domain.dossier import Dossier, Recorded, fold
from cases.domain.facts import Facts, InternalReason, ProtectionGround
from cases.domain.flows import Action, Flow, State
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT

DAY = date(2026, 11, 23)
FACTS: dict[Flow, Facts] = {
    Flow.REPORT: REPORT,
    Flow.COMPLAINT: COMPLAINT,
    Flow.PROTECTION: PROTECTION,
}
ANN, BEN = b"a" * 16, b"b" * 16
ASKED, GIVEN = b"c" * 16, b"r" * 16

A = Action
ADMISSIBLE = AdmissibilityCheck(Met.MET, Met.MET, Met.MET)
NO_CONTACT = AdmissibilityCheck(Met.MET, Met.NOT_MET, Met.MET, ("no_first_contact",))
IN_SCOPE = ScopeCheck(Met.MET, Met.MET, Met.MET, Met.UNCLEAR, conflict_free=True)
OUT_OF_SCOPE = replace(IN_SCOPE, facts=Met.NOT_MET)
NOT_USED = InternalChannelCheck(used=False, reasons=(InternalReason.NONE_EXISTS,))
BREACHED = NormAssessment("law", NormVerdict.BREACHED, "the act says otherwise")
UPHELD = NormAssessment("law", NormVerdict.MET, "as the act says")
QUESTION = Consultation(
    ASKED, ConsultationKind.HEARING, "parking", "What do you say?", DAY, ConsultationWay.LETTER
)
FOUND = Findings("invoices without work", Substantiated.YES)
LINKED = LinkCheck(ProtectionGround.REPORTED_INTERNALLY, Met.MET, "a week after the report")
AGREED = Consent(True, "on the form", DAY)
NOT_JUSTIFIED = JustificationCheck(JustificationVerdict.INSUFFICIENT, "no reason given")
ADVICE = Recommendation(GIVEN, "the minister", "give the place back", DAY)

# Steps with what they carry, for a file to be made of.
PREPARED = (A.PREPARE_CONSULTATION, QUESTION)
RELEASED = (A.RELEASE_CONSULTATION, ConsultationRelease(ASKED))
ANSWERED = (A.RECORD_SERVICE_ANSWER, ServiceAnswer(ASKED, DAY, ConsultationWay.LETTER, "nothing"))


def dossier(*steps: Any, by: bytes = ANN) -> Dossier:
    """What the file says after these steps: an action, or an action with its details."""
    pairs = [step if isinstance(step, tuple) else (step, None) for step in steps]
    return fold(Recorded(DAY, action, by, details) for action, details in pairs)


def case_file(flow: Flow, state: State, *steps: Any, **changes: Any) -> CaseFile:
    """A case of the usual facts in this state after these steps."""
    return replace(CaseFile(state, FACTS[flow], dossier(*steps)), **changes)
