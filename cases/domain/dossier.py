"""What a case's file says now: its steps, read from the first to the last.

Nothing here is stored. Every step stays as it was taken; a later check, consent or assessment of
the same norm counts instead of the earlier one, and a case that comes back is checked anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cases.domain.details import (
    AdmissibilityCheck,
    CaseLink,
    Consent,
    Consultation,
    ConsultationRelease,
    ConsultationWithdrawal,
    Details,
    Findings,
    IdentityDisclosure,
    InternalChannelCheck,
    JustificationCheck,
    LinkCheck,
    Minutes,
    NormAssessment,
    NoticeRelease,
    OtherFlowInvitation,
    Priority,
    Recommendation,
    RecommendationAnswer,
    RecommendationResponse,
    Retention,
    ScopeCheck,
    ServiceAnswer,
)
from cases.domain.flows import Action

# The case comes back: what was checked before may no longer be so.
_COMES_BACK = frozenset(
    {
        Action.REPORTER_CAME_BACK,
        Action.SERVICE_DAY_PASSED,
        Action.RESUME_AFTER_SERVICE,
        Action.REOPEN,
    }
)
_HOLDS = frozenset({Action.HOLD_ERASURE, Action.LIFT_HOLD})
_ENDED = frozenset(
    {
        RecommendationResponse.REFUSED,
        RecommendationResponse.IMPLEMENTED,
        RecommendationResponse.NOT_IMPLEMENTED,
    }
)


@dataclass(frozen=True)
class Recorded:
    """A step as far as rules need to know it; `actor_id` is empty for nobody of the office."""

    day: date
    action: Action
    actor_id: bytes
    details: Details | None = field(default=None, repr=False)
    position: int = 0
    tells_service: bool = False


@dataclass(frozen=True)
class NoticeFile:
    """What a step tells the public service, and who let it out of the office."""

    position: int
    action: Action
    given_by: bytes
    released_by: bytes = b""
    released_on: date | None = None

    @property
    def released(self) -> bool:
        """Whether a second person read it."""
        return bool(self.released_by)


@dataclass(frozen=True, repr=False)
class ConsultationFile:
    """A consultation and what became of it."""

    asked: Consultation
    prepared_on: date
    prepared_by: bytes
    released_on: date | None = None
    released_by: bytes = b""
    answer: ServiceAnswer | None = None
    withdrawal: ConsultationWithdrawal | None = None

    @property
    def id(self) -> bytes:
        """The consultation's id."""
        return self.asked.id

    @property
    def finished(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.answer is not None or self.withdrawal is not None

    @property
    def prepared(self) -> bool:
        """Whether it waits for its release."""
        return self.released_on is None and not self.finished

    @property
    def open(self) -> bool:
        """Whether the service has yet to answer."""
        return self.released_on is not None and not self.finished


@dataclass(frozen=True, repr=False)
class RecommendationFile:
    """A recommendation and every answer to it, the oldest first."""

    given: Recommendation
    given_on: date
    answers: tuple[RecommendationAnswer, ...] = ()

    @property
    def id(self) -> bytes:
        """The recommendation's id."""
        return self.given.id

    @property
    def open(self) -> bool:
        """Whether it is still followed up."""
        return not self.answers or self.answers[-1].answer not in _ENDED


@dataclass(frozen=True, repr=False)
class Dossier:
    """What holds now."""

    admissibility: AdmissibilityCheck | None = None
    scope: ScopeCheck | None = None
    internal_channel: InternalChannelCheck | None = None
    chose_external: bool = False
    norms: Mapping[str, NormAssessment] = field(default_factory=dict)
    consultations: Mapping[bytes, ConsultationFile] = field(default_factory=dict)
    notices: Mapping[int, NoticeFile] = field(default_factory=dict)
    recommendations: Mapping[bytes, RecommendationFile] = field(default_factory=dict)
    findings: Findings | None = None
    link: LinkCheck | None = None
    consent: Consent | None = None
    justification: JustificationCheck | None = None
    priority: Priority | None = None
    minutes: Minutes | None = None
    identity: IdentityDisclosure | None = None
    invitation: OtherFlowInvitation | None = None
    links: tuple[CaseLink, ...] = ()
    extended: bool = False
    # Of a case that is closed: since when, and how long it is kept.
    closed_on: date | None = None
    retention: Retention | None = None
    on_hold: bool = False

    @property
    def service_contacted(self) -> bool:
        """Whether a question has left the office, answered or not."""
        return any(each.released_on is not None for each in self.consultations.values())


def fold(steps: Iterable[Recorded]) -> Dossier:
    """The file after these steps, which are in order."""
    dossier = Dossier()
    for step in steps:
        dossier = after(dossier, step)
    return dossier


def after(dossier: Dossier, step: Recorded) -> Dossier:
    """The file after one more step."""
    if step.tells_service:
        notice = NoticeFile(step.position, step.action, step.actor_id)
        dossier = replace(dossier, notices={**dossier.notices, step.position: notice})
    return _course(dossier, step)


def _course(dossier: Dossier, step: Recorded) -> Dossier:
    if step.action in _COMES_BACK:
        return _checked_anew(dossier, step.action)
    if step.action is Action.REPORTER_CHOSE_EXTERNAL:
        return replace(dossier, chose_external=True)
    if step.action is Action.EXTEND_FEEDBACK:
        return replace(dossier, extended=True)
    if step.action in _HOLDS:
        return replace(dossier, on_hold=step.action is Action.HOLD_ERASURE)
    if step.action is Action.CLOSE:
        dossier = replace(dossier, closed_on=step.day)
    return _with_details(dossier, step)


def _checked_anew(dossier: Dossier, action: Action) -> Dossier:
    again = replace(dossier, admissibility=None)
    if action is not Action.REOPEN:
        return again
    # Feedback is owed again, with a term of its own; what was found stays in the file. How long it
    # is kept is chosen anew when it is closed again.
    return replace(
        again,
        scope=None,
        internal_channel=None,
        link=None,
        justification=None,
        extended=False,
        closed_on=None,
        retention=None,
    )


def _with_details(dossier: Dossier, step: Recorded) -> Dossier:
    match step.details:
        case AdmissibilityCheck() as check:
            return replace(dossier, admissibility=check)
        case ScopeCheck() as check:
            return replace(dossier, scope=check)
        case InternalChannelCheck() as check:
            return replace(dossier, internal_channel=check)
        case NormAssessment() as assessment:
            return replace(dossier, norms={**dossier.norms, assessment.norm: assessment})
        case Findings() as findings:
            return replace(dossier, findings=findings)
        case LinkCheck() as check:
            return replace(dossier, link=check)
        case Consent() as consent:
            return replace(dossier, consent=consent)
        case JustificationCheck() as check:
            return replace(dossier, justification=check)
        case Priority() as priority:
            return replace(dossier, priority=priority)
        case Retention() as retention:
            return replace(dossier, retention=retention)
        case Minutes() as minutes:
            return replace(dossier, minutes=minutes)
        case IdentityDisclosure() as disclosure:
            return replace(dossier, identity=disclosure)
        case OtherFlowInvitation() as invitation:
            return replace(dossier, invitation=invitation)
        case CaseLink() as link:
            return replace(dossier, links=(*dossier.links, link))
        case NoticeRelease(position=position) if position in dossier.notices:
            found = dossier.notices[position]
            released = replace(found, released_by=step.actor_id, released_on=step.day)
            return replace(dossier, notices={**dossier.notices, position: released})
        case Recommendation() | RecommendationAnswer():
            return _recommended(dossier, step)
        case _:
            return _consulted(dossier, step)


def _recommended(dossier: Dossier, step: Recorded) -> Dossier:
    held = dict(dossier.recommendations)
    match step.details:
        case Recommendation() as given:
            held[given.id] = RecommendationFile(given, step.day)
        case RecommendationAnswer() as answer if answer.recommendation_id in held:
            before = held[answer.recommendation_id]
            held[before.id] = replace(before, answers=(*before.answers, answer))
    return replace(dossier, recommendations=held)


def _consulted(dossier: Dossier, step: Recorded) -> Dossier:
    held = dict(dossier.consultations)
    match step.details:
        case Consultation() as asked:
            held[asked.id] = ConsultationFile(asked, step.day, step.actor_id)
        case ConsultationRelease(id=found) if found in held:
            held[found] = replace(held[found], released_on=step.day, released_by=step.actor_id)
        case ServiceAnswer(id=found) as answer if found in held:
            held[found] = replace(held[found], answer=answer)
        case ConsultationWithdrawal(id=found) as withdrawal if found in held:
            held[found] = replace(held[found], withdrawal=withdrawal)
    return replace(dossier, consultations=held)
