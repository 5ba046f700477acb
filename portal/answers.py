"""The answers of a form as questions and words, for the person who gave them."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from flask_babel import format_date
from flask_babel import gettext as _

from cases.actions.intake import Submission
from cases.domain.facts import (
    AUTHORITY_OTHER,
    AUTHORITY_UNKNOWN,
    ComplainantIdentity,
    ComplaintFacts,
    Facts,
    ProtectionFacts,
    ReportFacts,
)
from web.forms.complaint import ComplaintForm
from web.forms.offer import Offer
from web.forms.protection import ProtectionForm
from web.forms.report import ReportForm
from web.i18n import LANGUAGES
from web.labels import text_of

Row = tuple[str, str]
Answered = list[tuple[str, object]]


def rows(facts: Facts, offer: Offer) -> list[Row]:
    """Each question that was answered, as it was asked, with the answer in words."""
    found = [
        (_("Public service"), _service(facts, offer)),
        *_of_flow(facts, offer),
        (_("Reference of an earlier case"), facts.belongs_to),
        (_("Language of our answers"), LANGUAGES.get(facts.language, "")),
    ]
    words = [(label, _words(value)) for label, value in found]
    return [(label, text) for label, text in words if text]


def kept_away_rows(excluded: Iterable[bytes], other: str, offer: Offer) -> list[Row]:
    """Who cannot open it, and whom the person meant besides."""
    names = "\n".join(offer.people_called(excluded))
    found = (
        (_("People of the office who cannot open it"), names),
        (_("Who else should not see it"), other),
    )
    return [(str(label), text) for label, text in found if text]


def as_text(submission: Submission, offer: Offer) -> str:
    """All that was sent as plain text, to be copied."""
    away = kept_away_rows(submission.excluded, submission.excluded_other, offer)
    found = [*rows(submission.facts, offer), *away]
    return "\n\n".join(f"{label}\n{text}" for label, text in found)


def _of_flow(facts: Facts, offer: Offer) -> Answered:
    if isinstance(facts, ReportFacts):
        return _report(facts, offer)
    if isinstance(facts, ProtectionFacts):
        return _protection(facts, offer)
    return _complaint(facts, offer)


def _report(facts: ReportFacts, offer: Offer) -> Answered:
    asked = ReportForm(offer)
    return [
        (asked.what.label.text, facts.what),
        (asked.when_where.label.text, facts.when_where),
        (asked.how_known.label.text, (facts.how_known, facts.how_known_detail)),
        (asked.breaches.label.text, offer.words(offer.known.breaches, facts.breaches)),
        (asked.relation.label.text, facts.relation),
        (asked.internal_channel.label.text, facts.internal_channel),
        (asked.internal_when.label.text, facts.internal_when),
        (asked.internal_to.label.text, facts.internal_to),
        (asked.internal_follow_up.label.text, facts.internal_follow_up),
        (asked.internal_result.label.text, facts.internal_result),
        (asked.internal_reasons.label.text, facts.internal_reasons),
        (asked.internal_reason_detail.label.text, facts.internal_reason_detail),
        (asked.reprisals.label.text, (facts.reprisals, facts.reprisals_detail)),
        (
            asked.identity.label.text,
            _("Yes") if facts.anonymous else _("No: name or contact details given in confidence"),
        ),
        (asked.who_else_knows.label.text, facts.who_else_knows),
        (asked.no_acknowledgement.label.text, _("Yes") if facts.no_acknowledgement else ""),
    ]


def _complaint(facts: ComplaintFacts, offer: Offer) -> Answered:
    asked = ComplaintForm(offer)
    return [
        (asked.problem.label.text, facts.problem),
        (asked.facts_on.label.text, facts.facts_on),
        (asked.contacted_first.label.text, facts.contacted_first),
        (asked.contacted_when_unsatisfied.label.text, facts.contacted_when),
        (asked.service_answer.label.text, facts.service_answer),
        (asked.hopes.label.text, facts.hopes),
        (asked.service_reference.label.text, facts.service_reference),
        (asked.proceedings.label.text, facts.proceedings),
        (asked.complainant.label.text, (facts.complainant, facts.represented)),
        *_person(facts.identity, asked),
        (asked.identity_withheld.label.text, _("Yes") if facts.identity_withheld else ""),
    ]


def _protection(facts: ProtectionFacts, offer: Offer) -> Answered:
    asked = ProtectionForm(offer)
    return [
        (asked.what.label.text, facts.what),
        (asked.measures.label.text, offer.words(offer.known.retaliations, facts.measures)),
        (asked.measure_on.label.text, facts.measure_on),
        (asked.author.label.text, facts.author),
        (asked.employer_reason.label.text, facts.employer_reason),
        (asked.ground.label.text, (facts.ground, facts.report_reference)),
        (asked.reported_when.label.text, facts.reported_when),
        (asked.asks.label.text, facts.asks),
        (asked.may_contact_employer.label.text, facts.may_contact_employer),
        (asked.proceedings.label.text, facts.proceedings),
        *_person(facts.identity, asked),
    ]


def _person(who: ComplainantIdentity, asked: ComplaintForm | ProtectionForm) -> Answered:
    return [
        (asked.name.label.text, who.name),
        (asked.email.label.text, who.email),
        (asked.phone.label.text, who.phone),
        (asked.address.label.text, who.address),
        (asked.preferred.label.text, who.preferred),
    ]


def _words(value: object) -> str:
    if isinstance(value, StrEnum):
        return str(text_of(value))
    if isinstance(value, date):
        return str(format_date(value, "long"))
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_words, value)))
    return str(value) if value else ""


def _service(facts: Facts, offer: Offer) -> str:
    if facts.authority == AUTHORITY_UNKNOWN:
        return str(_("I don't know"))
    if facts.authority == AUTHORITY_OTHER:
        return facts.authority_other or str(_("Another service, not in this list"))
    return offer.service_name(facts.authority)
