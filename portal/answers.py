"""The answers of a report or complaint as questions and words, for the person who gave them."""

from datetime import date
from enum import StrEnum

from flask_babel import format_date
from flask_babel import gettext as _

from cases.domain.facts import (
    AUTHORITY_OTHER,
    AUTHORITY_UNKNOWN,
    ComplaintFacts,
    Facts,
    ReportFacts,
)
from cases.domain.registry import by_id
from web.forms.complaint import ComplaintForm
from web.forms.report import ReportForm
from web.i18n import LANGUAGES
from web.labels import text_of

Row = tuple[str, str]


def rows(facts: Facts, language: str) -> list[Row]:
    """Each question that was answered, as it was asked, with the answer in words."""
    found = _report(facts) if isinstance(facts, ReportFacts) else _complaint(facts)
    service = _service(facts, language)
    words = [(_("Public service"), service), *((label, _words(value)) for label, value in found)]
    return [(label, text) for label, text in words if text]


def as_text(facts: Facts, language: str) -> str:
    """The same as plain text, to be copied."""
    return "\n\n".join(f"{label}\n{text}" for label, text in rows(facts, language))


def _report(facts: ReportFacts) -> list[tuple[str, object]]:
    asked = ReportForm(facts.language)
    return [
        (asked.what.label.text, facts.what),
        (asked.when_where.label.text, facts.when_where),
        (asked.how_known.label.text, (facts.how_known, facts.how_known_detail)),
        (asked.relation.label.text, facts.relation),
        (asked.internal_channel.label.text, facts.internal_channel),
        (asked.internal_when.label.text, facts.internal_when),
        (asked.internal_to.label.text, facts.internal_to),
        (asked.internal_result.label.text, facts.internal_result),
        (asked.internal_reasons.label.text, facts.internal_reasons),
        (asked.internal_reason_detail.label.text, facts.internal_reason_detail),
        (asked.reprisals.label.text, (facts.reprisals, facts.reprisals_detail)),
        (
            asked.identity.label.text,
            _("Yes") if facts.anonymous else _("No: name or contact details given in confidence"),
        ),
        (asked.language.label.text, LANGUAGES.get(facts.language, "")),
    ]


def _complaint(facts: ComplaintFacts) -> list[tuple[str, object]]:
    asked = ComplaintForm(facts.language, date.max)
    who = facts.identity
    return [
        (asked.problem.label.text, facts.problem),
        (asked.facts_on.label.text, facts.facts_on),
        (asked.contacted_first.label.text, facts.contacted_first),
        (asked.service_answer.label.text, facts.service_answer),
        (asked.hopes.label.text, facts.hopes),
        (asked.service_reference.label.text, facts.service_reference),
        (asked.name.label.text, who.name),
        (asked.email.label.text, who.email),
        (asked.phone.label.text, who.phone),
        (asked.address.label.text, who.address),
        (asked.preferred.label.text, who.preferred),
        (asked.language.label.text, LANGUAGES.get(facts.language, "")),
    ]


def _words(value: object) -> str:
    if isinstance(value, StrEnum):
        return str(text_of(value))
    if isinstance(value, date):
        return str(format_date(value, "long"))
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_words, value)))
    return str(value) if value else ""


def _service(facts: Facts, language: str) -> str:
    if facts.authority == AUTHORITY_UNKNOWN:
        return str(_("I don't know"))
    if facts.authority == AUTHORITY_OTHER:
        return facts.authority_other or str(_("Another service, not in this list"))
    known = by_id(facts.authority)
    return known.name(language) if known else facts.authority
