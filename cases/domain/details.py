"""What a step carries beside its texts: one small value for each kind of step.

They are sealed with the step in the case's history and never changed: a second check does not
replace the first, it follows it. `dossier` reads what holds now from all of them.
"""

from dataclasses import dataclass
from datetime import date

from cases.domain.detail_codes import ConsultationKind as ConsultationKind
from cases.domain.detail_codes import ConsultationWay as ConsultationWay
from cases.domain.detail_codes import JustificationVerdict as JustificationVerdict
from cases.domain.detail_codes import LinkKind as LinkKind
from cases.domain.detail_codes import Met as Met
from cases.domain.detail_codes import MinutesState as MinutesState
from cases.domain.detail_codes import NormVerdict as NormVerdict
from cases.domain.detail_codes import PriorityLevel as PriorityLevel
from cases.domain.detail_codes import RecommendationResponse as RecommendationResponse
from cases.domain.detail_codes import ScanVerdict as ScanVerdict
from cases.domain.detail_codes import Substantiated as Substantiated
from cases.domain.detail_codes import WaiverGround as WaiverGround
from cases.domain.facts import FollowUp, InternalReason, ProtectionGround
from cases.domain.flows import Detail, Flow


@dataclass(frozen=True, repr=False)
class AdmissibilityCheck:
    """The three conditions, and the grounds of refusal found; `grounds` are codes."""

    competent: Met
    contacted: Met
    recent: Met
    grounds: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, repr=False)
class ReferralGiven:
    """To which body the person is pointed; `target` is a code, or empty when typed in `body`."""

    target: str
    body: str
    why: str


@dataclass(frozen=True, repr=False)
class Transmission:
    """To which authority the case is passed on, why, and what goes with it."""

    recipient: str
    why: str
    passed_on: str


@dataclass(frozen=True, repr=False)
class ScopeCheck:
    """Person, facts, service and general interest; whether the handlers are free of conflict."""

    person: Met
    facts: Met
    service: Met
    general_interest: Met
    conflict_free: bool
    breaches: tuple[str, ...] = ()
    conflict_note: str = ""

    @property
    def conditions(self) -> tuple[Met, ...]:
        """The four conditions."""
        return self.person, self.facts, self.service, self.general_interest


@dataclass(frozen=True, repr=False)
class InternalChannelCheck:
    """Whether the internal channel was used and what came of it, or why it was not."""

    used: bool
    when: str = ""
    to_whom: str = ""
    result: str = ""
    follow_up: FollowUp | None = None
    reasons: tuple[InternalReason, ...] = ()
    detail: str = ""


@dataclass(frozen=True, repr=False)
class AcknowledgementWaiver:
    """Why the report is not acknowledged."""

    ground: WaiverGround


@dataclass(frozen=True, repr=False)
class Findings:
    """What was found; the amounts are for the yearly figures (directive, article 27(2)(c))."""

    text: str
    verdict: Substantiated
    damage_estimated: str = ""
    amount_recovered: str = ""


@dataclass(frozen=True, repr=False)
class Priority:
    """How urgent the case is."""

    level: PriorityLevel


@dataclass(frozen=True, repr=False)
class NormAssessment:
    """One norm (a code) examined, with the reason."""

    norm: str
    verdict: NormVerdict
    why: str


@dataclass(frozen=True, repr=False)
class Recommendation:
    """What an addressee is recommended to do; `due_on` is when it is followed up."""

    id: bytes
    addressee: str
    text: str
    due_on: date | None = None


@dataclass(frozen=True, repr=False)
class RecommendationAnswer:
    """What became of a recommendation."""

    recommendation_id: bytes
    answer: RecommendationResponse
    answered_on: date
    why: str = ""


@dataclass(frozen=True, repr=False)
class Consultation:
    """A question to a public service. `marked`: words that few people know, as the investigator
    marked them; `language` is what the question is written in, empty for that of the case."""

    id: bytes
    kind: ConsultationKind
    service: str
    question: str
    due_on: date
    way: ConsultationWay
    service_other: str = ""
    marked: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, repr=False)
class ConsultationRelease:
    """The question may leave the office."""

    id: bytes


@dataclass(frozen=True, repr=False)
class NoticeRelease:
    """What a step told the public service may leave the office; `position` is of that step."""

    position: int


@dataclass(frozen=True, repr=False)
class ServiceAnswer:
    """What a public service answered; through the link, `text` stays in the consultation."""

    id: bytes
    received_on: date
    way: ConsultationWay
    text: str = ""


@dataclass(frozen=True, repr=False)
class ConsultationWithdrawal:
    """The question is no longer asked."""

    id: bytes
    why: str


@dataclass(frozen=True, repr=False)
class ProsecutorNotice:
    """What was told to which public prosecutor, and when."""

    office: str
    sent_on: date
    content: str


@dataclass(frozen=True, repr=False)
class Disclosure:
    """An identity that the law obliged the office to disclose; why the person was not told before,
    where she was not (directive, article 16(3))."""

    basis: str
    recipient: str
    told_on: date | None = None
    why_not_told: str = ""


@dataclass(frozen=True, repr=False)
class Minutes:
    """How the person agreed to what staff wrote down."""

    state: MinutesState
    on: date
    note: str = ""


@dataclass(frozen=True, repr=False)
class CaseLink:
    """Another case that belongs to this one."""

    kind: LinkKind
    other_id: bytes
    other_reference: str


@dataclass(frozen=True, repr=False)
class IdentityDisclosure:
    """Whether the service may learn who complains, and how the person said so."""

    withheld: bool
    how: str


@dataclass(frozen=True, repr=False)
class LinkCheck:
    """Whether a measure is linked to a report or to testimony."""

    report: ProtectionGround
    linked: Met
    why: str
    report_reference: str = ""


@dataclass(frozen=True, repr=False)
class Consent:
    """Whether the employer may be asked, and how and when the person said so."""

    given: bool
    how: str
    given_on: date


@dataclass(frozen=True, repr=False)
class JustificationCheck:
    """What the employer's justification is worth, and why."""

    verdict: JustificationVerdict
    why: str


@dataclass(frozen=True, repr=False)
class OtherFlowInvitation:
    """In which other flow the person is invited to lodge the matter, as a case of its own."""

    flow: Flow


@dataclass(frozen=True, repr=False)
class Retention:
    """How many months from its closing the file of a case is kept; 0: it need not be kept.

    `proposed` is what the rule said on the day of closing, by the `source` that stood beside it.
    """

    months: int
    proposed: int
    source: str
    why: str = ""


@dataclass(frozen=True, repr=False)
class FileScan:
    """One file, looked at by a virus scanner; `signature` names what was found."""

    file_id: bytes
    engine: str
    verdict: ScanVerdict
    signature: str = ""


Details = (
    AdmissibilityCheck
    | ReferralGiven
    | Transmission
    | ScopeCheck
    | InternalChannelCheck
    | AcknowledgementWaiver
    | Findings
    | Priority
    | NormAssessment
    | Recommendation
    | RecommendationAnswer
    | Consultation
    | ConsultationRelease
    | NoticeRelease
    | ServiceAnswer
    | ConsultationWithdrawal
    | ProsecutorNotice
    | Disclosure
    | Minutes
    | CaseLink
    | IdentityDisclosure
    | LinkCheck
    | Consent
    | JustificationCheck
    | OtherFlowInvitation
    | FileScan
    | Retention
)

DETAIL_CLASSES: dict[Detail, type[Details]] = {
    Detail.ADMISSIBILITY: AdmissibilityCheck,
    Detail.REFERRAL: ReferralGiven,
    Detail.TRANSMISSION: Transmission,
    Detail.SCOPE: ScopeCheck,
    Detail.INTERNAL_CHANNEL: InternalChannelCheck,
    Detail.WAIVER: AcknowledgementWaiver,
    Detail.FINDINGS: Findings,
    Detail.PRIORITY: Priority,
    Detail.NORM: NormAssessment,
    Detail.RECOMMENDATION: Recommendation,
    Detail.RECOMMENDATION_ANSWER: RecommendationAnswer,
    Detail.CONSULTATION: Consultation,
    Detail.CONSULTATION_RELEASE: ConsultationRelease,
    Detail.NOTICE_RELEASE: NoticeRelease,
    Detail.SERVICE_ANSWER: ServiceAnswer,
    Detail.CONSULTATION_WITHDRAWAL: ConsultationWithdrawal,
    Detail.PROSECUTOR_NOTICE: ProsecutorNotice,
    Detail.DISCLOSURE: Disclosure,
    Detail.MINUTES: Minutes,
    Detail.CASE_LINK: CaseLink,
    Detail.IDENTITY_DISCLOSURE: IdentityDisclosure,
    Detail.LINK_CHECK: LinkCheck,
    Detail.CONSENT: Consent,
    Detail.JUSTIFICATION: JustificationCheck,
    Detail.OTHER_FLOW: OtherFlowInvitation,
    Detail.FILE_SCAN: FileScan,
    Detail.RETENTION: Retention,
}
