"""What a step's details must fit in the file: no answer to a question that was never asked."""

from cases.domain.case_file import CaseFile
from cases.domain.details import (
    DETAIL_CLASSES,
    AdmissibilityCheck,
    Consultation,
    ConsultationRelease,
    ConsultationWithdrawal,
    Details,
    Disclosure,
    Findings,
    InternalChannelCheck,
    JustificationCheck,
    LinkCheck,
    Met,
    NormAssessment,
    NoticeRelease,
    ProsecutorNotice,
    Recommendation,
    RecommendationAnswer,
    RecommendationResponse,
    ReferralGiven,
    Retention,
    ServiceAnswer,
    Transmission,
)
from cases.domain.flows import Transition
from cases.domain.policies import Allowed, Denied, Verdict, can_release, can_release_notice
from cases.domain.reference.kinds import LONGEST_KEPT
from cases.reasons import Reason

# Texts without which a step says nothing: the file must show why.
_WRITTEN: dict[type[Details], tuple[str, ...]] = {
    Transmission: ("recipient", "why"),
    ReferralGiven: ("why",),
    NormAssessment: ("why",),
    LinkCheck: ("why",),
    JustificationCheck: ("why",),
    Findings: ("text",),
    Recommendation: ("addressee", "text"),
    Consultation: ("question",),
    ConsultationWithdrawal: ("why",),
    ProsecutorNotice: ("office", "content"),
    Disclosure: ("basis", "recipient"),
}
_WITHOUT_WHY = frozenset({RecommendationResponse.ACCEPTED, RecommendationResponse.IMPLEMENTED})


def check_details(
    row: Transition, details: Details | None, file: CaseFile, person: bytes
) -> Verdict:
    """Whether these details belong to this step of this case, taken by this person.

    Raises:
        ValueError: details of another kind, or none where the step has some; a bug of the caller.
    """
    expected = DETAIL_CLASSES[row.detail] if row.detail else type(None)
    if type(details) is not expected:
        raise ValueError(f"{row.action} carries {expected.__name__}")
    if details is not None and _a_text_is_missing(details):
        return Denied(Reason.WHY_MISSING)
    return _fits(details, file, person)


def _a_text_is_missing(details: Details) -> bool:
    written = _WRITTEN.get(type(details), ())
    if any(not getattr(details, name).strip() for name in written):
        return True
    match details:
        case RecommendationAnswer() as answer:
            return answer.answer not in _WITHOUT_WHY and not answer.why.strip()
        case Disclosure() as told:
            # Directive, article 16(3): told before, unless the investigation would suffer.
            return told.told_on is None and not told.why_not_told.strip()
        case ReferralGiven() as given:
            return not (given.target or given.body.strip())
        case Retention() as kept:
            # Another period than the rule's is chosen by somebody, who says why.
            return kept.months != kept.proposed and not kept.why.strip()
        case _:
            return False


def _fits(details: Details | None, file: CaseFile, person: bytes) -> Verdict:
    match details:
        # What is asked or recommended twice would hide what became of the first.
        case Consultation(id=found):
            return _known(found not in file.dossier.consultations)
        case Recommendation(id=found):
            return _known(found not in file.dossier.recommendations)
        case NoticeRelease(position=position):
            return can_release_notice(file, position, person)
        case ConsultationRelease(id=found):
            return can_release(file, found, person)
        case ServiceAnswer(id=found):
            asked = file.dossier.consultations.get(found)
            return _known(asked is not None and asked.open)
        case ConsultationWithdrawal(id=found):
            held = file.dossier.consultations.get(found)
            return _known(held is not None and not held.finished)
        case RecommendationAnswer(recommendation_id=found):
            given = file.dossier.recommendations.get(found)
            return _known(given is not None and given.open)
        case InternalChannelCheck() as check if not check.used and not (
            check.reasons or check.detail
        ):
            return Denied(Reason.REASONS_MISSING)
        case InternalChannelCheck() as check if check.used and check.follow_up is None:
            return Denied(Reason.FOLLOW_UP_MISSING)
        case AdmissibilityCheck() as check:
            return _grounds_fit(check)
        case Retention(months=months) if not 0 <= months <= LONGEST_KEPT:
            return Denied(Reason.PERIOD_UNUSABLE)
        case _:
            return Allowed()


def _grounds_fit(check: AdmissibilityCheck) -> Verdict:
    """A condition that is not met is a ground of refusal, and the file says which."""
    expected = (
        (check.competent, "not_competent"),
        (check.contacted, "no_first_contact"),
        (check.recent, "facts_too_old"),
    )
    missing = [code for met, code in expected if met is Met.NOT_MET and code not in check.grounds]
    return Denied(Reason.GROUND_MISSING) if missing else Allowed()


def _known(known: bool) -> Verdict:
    return Allowed() if known else Denied(Reason.UNKNOWN_SUBJECT)
