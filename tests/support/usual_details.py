"""The usual details of each step, for tests that are about something else."""

from datetime import date

from cases.domain.details import (
    AcknowledgementWaiver,
    AdmissibilityCheck,
    Consent,
    Consultation,
    ConsultationKind,
    ConsultationRelease,
    ConsultationWay,
    ConsultationWithdrawal,
    Details,
    Disclosure,
    Findings,
    IdentityDisclosure,
    InternalChannelCheck,
    JustificationCheck,
    JustificationVerdict,
    LinkCheck,
    Met,
    Minutes,
    MinutesState,
    NormAssessment,
    NormVerdict,
    OtherFlowInvitation,
    Priority,
    PriorityLevel,
    ProsecutorNotice,
    Recommendation,
    RecommendationAnswer,
    RecommendationResponse,
    ReferralGiven,
    Retention,
    ScopeCheck,
    ServiceAnswer,
    Substantiated,
    Transmission,
    WaiverGround,
)
from cases.domain.facts import InternalReason, ProtectionGround
from cases.domain.flows import Action, Flow

TODAY, DUE = date(2026, 11, 23), date(2026, 12, 23)
QUESTION, ADVICE = b"question-0000001", b"advice-000000001"
ADMISSIBLE = AdmissibilityCheck(competent=Met.MET, contacted=Met.MET, recent=Met.MET)
NOT_CONTACTED = AdmissibilityCheck(
    competent=Met.MET, contacted=Met.NOT_MET, recent=Met.MET, grounds=("no_first_contact",)
)
IN_SCOPE = ScopeCheck(Met.MET, Met.MET, Met.MET, Met.MET, conflict_free=True)
OUT_OF_SCOPE = ScopeCheck(Met.MET, Met.NOT_MET, Met.MET, Met.UNCLEAR, conflict_free=True)
NOT_USED = InternalChannelCheck(used=False, reasons=(InternalReason.REPRISALS_FEARED,))
NOT_KNOWN = InternalChannelCheck(used=False, reasons=(InternalReason.DID_NOT_KNOW,))
RECOMMENDED = Recommendation(ADVICE, "the service", "Answer in time.", DUE)
CARRIED_OUT = RecommendationAnswer(ADVICE, RecommendationResponse.IMPLEMENTED, TODAY)
NO_LONGER_ASKED = ConsultationWithdrawal(QUESTION, "no longer needed")

USUAL: dict[Action, Details] = {
    Action.CHECK_ADMISSIBILITY: ADMISSIBLE,
    Action.REFER: ReferralGiven("federal", "", "It is a federal service."),
    Action.TRANSMIT: Transmission("the other office", "It is competent.", "everything"),
    Action.CHECK_SCOPE: IN_SCOPE,
    Action.CHECK_INTERNAL_CHANNEL: NOT_USED,
    Action.WAIVE_ACKNOWLEDGEMENT: AcknowledgementWaiver(WaiverGround.NOT_WANTED),
    Action.RECORD_FINDINGS: Findings("What was found.", Substantiated.PARTLY),
    Action.PRIORITISE: Priority(PriorityLevel.URGENT),
    Action.ASSESS_NORM: NormAssessment("law", NormVerdict.BREACHED, "The term had passed."),
    Action.RECOMMEND: RECOMMENDED,
    Action.ANSWER_RECOMMENDATION: CARRIED_OUT,
    Action.PREPARE_CONSULTATION: Consultation(
        id=QUESTION,
        kind=ConsultationKind.HEARING,
        service="mobility",
        question="What happened?",
        due_on=DUE,
        way=ConsultationWay.LETTER,
    ),
    Action.RELEASE_CONSULTATION: ConsultationRelease(QUESTION),
    Action.RECORD_SERVICE_ANSWER: ServiceAnswer(
        QUESTION, TODAY, ConsultationWay.LETTER, "This is our view."
    ),
    Action.WITHDRAW_CONSULTATION: NO_LONGER_ASKED,
    Action.NOTIFY_PROSECUTOR: ProsecutorNotice("Brussels", TODAY, "a theft"),
    Action.RECORD_DISCLOSURE: Disclosure("an order", "the judge", TODAY),
    Action.RECORD_MINUTES: Minutes(MinutesState.SIGNED, TODAY),
    Action.SET_IDENTITY_DISCLOSURE: IdentityDisclosure(withheld=False, how="by phone"),
    Action.CHECK_LINK: LinkCheck(ProtectionGround.REPORTED_HERE, Met.MET, "It came a week later."),
    Action.RECORD_CONSENT: Consent(True, "in the mailbox", TODAY),
    Action.ASSESS_JUSTIFICATION: JustificationCheck(
        JustificationVerdict.INSUFFICIENT, "It names no reason."
    ),
    Action.INVITE_OTHER_FLOW: OtherFlowInvitation(Flow.REPORT),
    Action.SET_RETENTION: Retention(12, 60, "a policy", "It was asked for."),
}
