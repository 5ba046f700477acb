"""The details of a step in words, as rows for reading."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from flask_babel import format_date
from flask_babel import gettext as _

from cases.domain import details as of
from cases.domain.reference import Coded, in_language
from reviewer.case_texts import Rows, authority_name
from reviewer.keeping import retention_rows
from web.i18n import current_language
from web.labels import text_of
from web.reference import reference


def detail_rows(details: of.Details | None) -> Rows:
    """What the step says, without what was left empty."""
    if details is None:
        return []
    return [(term, value) for term, value in _WORDS[type(details)](details) if value]


def grounds_in_words(codes: Iterable[str]) -> str:
    """Grounds of refusal, one on a line."""
    return _names(codes, reference().grounds)


def norm_name(code: str) -> str:
    """A norm, also one that is no longer in force."""
    return _names((code,), reference().norms)


def recipient_of(given: of.ReferralGiven) -> str:
    """The body that the person was pointed to."""
    known = (each for each in reference().referrals if each.id == given.target)
    found = next(known, None)
    return found.body(current_language()) if found else given.body or given.target


def _admissibility(check: of.AdmissibilityCheck) -> Rows:
    return [
        (_("The office is competent"), _text(check.competent)),
        (_("The person went to the service first"), _text(check.contacted)),
        (_("The facts are recent enough"), _text(check.recent)),
        (_("Grounds of refusal"), grounds_in_words(check.grounds) or _("None")),
        (_("Explanation"), check.explanation),
    ]


def _referral(given: of.ReferralGiven) -> Rows:
    return [(_("Referred to"), recipient_of(given)), (_("Why"), given.why)]


def _transmission(sent: of.Transmission) -> Rows:
    return [
        (_("Passed on to"), sent.recipient),
        (_("Why"), sent.why),
        (_("What was passed on"), sent.passed_on),
    ]


def _scope(check: of.ScopeCheck) -> Rows:
    return [
        (_("The person may report"), _text(check.person)),
        (_("The facts are a breach of integrity"), _text(check.facts)),
        (_("Kind of breach"), _names(check.breaches, reference().breaches)),
        (_("The service is in scope"), _text(check.service)),
        (_("The general interest is at stake"), _text(check.general_interest)),
        (_("Free of a conflict of interest"), _yes_no(check.conflict_free)),
        (_("The conflict"), check.conflict_note),
    ]


def _internal_channel(check: of.InternalChannelCheck) -> Rows:
    return [
        (_("The internal channel was used"), _yes_no(check.used)),
        (_("When"), check.when),
        (_("To whom"), check.to_whom),
        (_("With what result"), check.result),
        (_("Was anything done after that?"), _text(check.follow_up)),
        (_("Why not"), "\n".join(_text(each) for each in check.reasons)),
        (_("More about the reason"), check.detail),
    ]


def _findings(found: of.Findings) -> Rows:
    return [
        (_("Result"), _text(found.verdict)),
        (_("What was found"), found.text),
        (_("Estimated damage"), found.damage_estimated),
        (_("Amount recovered"), found.amount_recovered),
    ]


def _norm(assessed: of.NormAssessment) -> Rows:
    return [
        (_("Norm"), norm_name(assessed.norm)),
        (_("What we found"), _text(assessed.verdict)),
        (_("Why"), assessed.why),
    ]


def _recommendation(given: of.Recommendation) -> Rows:
    return [
        (_("To whom"), given.addressee),
        (_("Recommendation"), given.text),
        (_("Answer wanted by"), _day(given.due_on)),
    ]


def _recommendation_answer(answer: of.RecommendationAnswer) -> Rows:
    return [
        (_("What became of it"), _text(answer.answer)),
        (_("Day"), _day(answer.answered_on)),
        (_("Reasons"), answer.why),
    ]


def _consultation(asked: of.Consultation) -> Rows:
    return [
        (_("What is asked"), _text(asked.kind)),
        (_("Public service"), authority_name(asked.service, asked.service_other)),
        (_("Question"), asked.question),
        (_("Answer wanted by"), _day(asked.due_on)),
        (_("How"), _text(asked.way)),
    ]


def _service_answer(answer: of.ServiceAnswer) -> Rows:
    return [
        (_("Answer received on"), _day(answer.received_on)),
        (_("How"), _text(answer.way)),
        (_("Answer"), answer.text),
    ]


def _prosecutor(notice: of.ProsecutorNotice) -> Rows:
    return [
        (_("Public prosecutor"), notice.office),
        (_("Sent on"), _day(notice.sent_on)),
        (_("What was told"), notice.content),
    ]


def _disclosure(told: of.Disclosure) -> Rows:
    return [
        (_("Legal basis"), told.basis),
        (_("To whom"), told.recipient),
        (_("The person was told on"), _day(told.told_on)),
        (_("Why the person was not told before"), told.why_not_told),
    ]


def _minutes(minutes: of.Minutes) -> Rows:
    return [
        (_("Minutes"), _text(minutes.state)),
        (_("Day"), _day(minutes.on)),
        (_("Note"), minutes.note),
    ]


def _link(check: of.LinkCheck) -> Rows:
    return [
        (_("What came before the measure"), _text(check.report)),
        (_("Reference of the report"), check.report_reference),
        (_("The measure is linked to it"), _text(check.linked)),
        (_("Why"), check.why),
    ]


def _consent(consent: of.Consent) -> Rows:
    return [
        (_("We may contact the employer"), _yes_no(consent.given)),
        (_("How the person said so"), consent.how),
        (_("Day"), _day(consent.given_on)),
    ]


_WORDS: dict[type[of.Details], Callable[..., Rows]] = {
    of.AdmissibilityCheck: _admissibility,
    of.ReferralGiven: _referral,
    of.Transmission: _transmission,
    of.ScopeCheck: _scope,
    of.InternalChannelCheck: _internal_channel,
    of.AcknowledgementWaiver: lambda waiver: [(_("Why"), _text(waiver.ground))],
    of.Findings: _findings,
    of.Priority: lambda priority: [(_("Priority"), _text(priority.level))],
    of.NormAssessment: _norm,
    of.Recommendation: _recommendation,
    of.RecommendationAnswer: _recommendation_answer,
    of.Consultation: _consultation,
    of.ConsultationRelease: lambda released: [],
    of.NoticeRelease: lambda released: [],
    of.ServiceAnswer: _service_answer,
    of.ConsultationWithdrawal: lambda withdrawn: [(_("Why"), withdrawn.why)],
    of.ProsecutorNotice: _prosecutor,
    of.Disclosure: _disclosure,
    of.Minutes: _minutes,
    of.CaseLink: lambda link: [(_text(link.kind), link.other_reference)],
    of.IdentityDisclosure: lambda said: [
        (_("Identity kept from the service"), _yes_no(said.withheld)),
        (_("How the person said so"), said.how),
    ],
    of.LinkCheck: _link,
    of.Consent: _consent,
    of.JustificationCheck: lambda check: [
        (_("Result"), _text(check.verdict)),
        (_("Why"), check.why),
    ],
    of.OtherFlowInvitation: lambda invited: [(_("Invited to send a"), _text(invited.flow))],
    of.Retention: retention_rows,
    of.FileScan: lambda scan: [
        (_("Result"), _text(scan.verdict)),
        (_("What it is called"), scan.signature),
        (_("Scanner"), scan.engine),
    ],
}


def _names(codes: Iterable[str], known: Iterable[Coded]) -> str:
    words = {each.code: in_language(each.names, current_language()) for each in known}
    return "\n".join(words.get(code, code) for code in codes)


def _text(code: StrEnum | None) -> str:
    return str(text_of(code)) if code is not None else ""


def _yes_no(answer: bool) -> str:
    return _("Yes") if answer else _("No")


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
