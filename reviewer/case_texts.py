"""The facts of a case as rows for reading: (question, answer) pairs in sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from cases.domain.facts import (
    AUTHORITY_OTHER,
    AUTHORITY_UNKNOWN,
    ComplainantIdentity,
    ComplaintFacts,
    Facts,
    InternalChannel,
    InternalReason,
    ProtectionFacts,
    ReportFacts,
    Reprisals,
)
from cases.domain.reference import Coded
from web.i18n import LANGUAGES, current_language
from web.labels import text_of
from web.reference import reference

Rows = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows."""

    title: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class InternalChannelAnswer:
    """The prominent box of a report. `tone` is plain, good or watch."""

    answer: str
    tone: str
    rows: Rows
    reasons: tuple[str, ...]


def authority_name(authority: str, other: str) -> str:
    """The public service in the language of the page, or what the person typed."""
    if authority == AUTHORITY_UNKNOWN:
        return str(_("The person does not know which public service it is"))
    if authority == AUTHORITY_OTHER:
        return other or _("Another public service")
    found = reference().authority(authority)
    return found.name(current_language()) if found else authority


def service_name_in(facts: Facts, language: str) -> str:
    """The service in the language of a letter; empty where nobody knows which one it is."""
    found = reference().authority(facts.authority)
    return found.name(language) if found else facts.authority_other


def internal_channel(facts: Facts) -> InternalChannelAnswer | None:
    """Whether the internal channel was used, with what result, or why not; reports only."""
    if not isinstance(facts, ReportFacts):
        return None
    if facts.internal_channel is InternalChannel.USED:
        return InternalChannelAnswer(_("Yes, it was used"), "good", _internal_use(facts), ())
    reasons = tuple(_text(reason) for reason in facts.internal_reasons)
    if facts.internal_channel is InternalChannel.NOT_USED:
        answer = _("No, it was not used")
    else:
        answer = _("The person did not say")
    return InternalChannelAnswer(answer, _tone(facts), _internal_refusal(facts), reasons)


def fact_sections(facts: Facts) -> list[Section]:
    """Everything the person answered, in the order of the form."""
    match facts:
        case ReportFacts():
            return _report(facts)
        case ComplaintFacts():
            return _complaint(facts)
        case ProtectionFacts():
            return _protection(facts)


def _report(facts: ReportFacts) -> list[Section]:
    return [
        Section(
            _("The facts"),
            [
                (_("Public service"), authority_name(facts.authority, facts.authority_other)),
                (_("What happened"), facts.what),
                (_("When and where"), facts.when_where),
                (_("Kind of breach"), breach_names(facts.breaches)),
                (_("How the person knows"), _text(facts.how_known)),
                (_("More about that"), facts.how_known_detail),
                (_("Who else knows of it"), facts.who_else_knows),
            ],
        ),
        Section(
            _("The person"),
            [
                (_("Relation to the service"), _text(facts.relation)),
                (_("Reprisals"), _text(facts.reprisals)),
                (_("More about reprisals"), facts.reprisals_detail),
                (_("Acknowledgement"), _wanted(facts)),
                *_arrival(facts),
            ],
        ),
    ]


def _complaint(facts: ComplaintFacts) -> list[Section]:
    return [
        Section(
            _("The complaint"),
            [
                (_("Public service"), authority_name(facts.authority, facts.authority_other)),
                (_("The problem"), facts.problem),
                (_("Date of the facts"), _day(facts.facts_on)),
                (_("What the person hopes for"), facts.hopes),
                (_("Court case, appeal or another ombuds"), _text(facts.proceedings)),
            ],
        ),
        Section(
            _("First contact with the service"),
            [
                (_("Contacted first"), _text(facts.contacted_first)),
                (_("When, and how"), facts.contacted_when),
                (_("What the service answered"), facts.service_answer),
                (_("Reference at the service"), facts.service_reference),
            ],
        ),
        Section(
            _("The person"),
            [
                *_identity(facts.identity),
                (_("Complains for"), _text(facts.complainant)),
                (_("Who is represented"), facts.represented),
                *_arrival(facts),
            ],
        ),
    ]


def _protection(facts: ProtectionFacts) -> list[Section]:
    return [
        Section(
            _("The measure"),
            [
                (_("Employer"), authority_name(facts.authority, facts.authority_other)),
                (_("What was done to the person"), facts.what),
                (_("Kind of measure"), _names(facts.measures, reference().retaliations)),
                (_("Day of the measure"), _day(facts.measure_on)),
                (_("Who decided it"), facts.author),
                (_("Reason that the employer gave"), facts.employer_reason),
                (_("What the person asks for"), facts.asks),
                (_("Court case, appeal or another ombuds"), _text(facts.proceedings)),
            ],
        ),
        Section(
            _("The report or testimony before it"),
            [
                (_("What the person did"), _text(facts.ground)),
                (_("Reference of the report"), facts.report_reference),
                (_("When"), facts.reported_when),
                (_("May we contact the employer?"), _text(facts.may_contact_employer)),
            ],
        ),
        Section(_("The person"), [*_identity(facts.identity), *_arrival(facts)]),
    ]


def _identity(person: ComplainantIdentity) -> Rows:
    return [
        (_("Name"), person.name),
        (_("Email address"), person.email),
        (_("Phone number"), person.phone),
        (_("Postal address"), person.address),
        (_("Preferred way of contact"), _text(person.preferred)),
    ]


def _arrival(facts: Facts) -> Rows:
    rows = [
        (_("Language of contact"), language_name(facts.language)),
        (_("How it came in"), _text(facts.taken_by)),
    ]
    if facts.belongs_to:
        rows.append((_("Belongs to the case"), facts.belongs_to))
    return rows


def _wanted(facts: ReportFacts) -> str:
    return _("The person asks for none") if facts.no_acknowledgement else _("No objection")


def breach_names(codes: Iterable[str]) -> str:
    """The kinds of breach in the words of the office."""
    return _names(codes, reference().breaches)


def _names(codes: Iterable[str], known: Iterable[Coded]) -> str:
    """The words of codes; a code that is no longer in the list stays readable as it is."""
    words = {each.code: each.name(current_language()) for each in known}
    return "\n".join(words.get(code, code) for code in codes)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _internal_use(facts: ReportFacts) -> Rows:
    return [
        (_("When"), facts.internal_when),
        (_("To whom"), facts.internal_to),
        (_("With what result"), facts.internal_result),
        (_("Was anything done after that?"), _text(facts.internal_follow_up)),
    ]


def _internal_refusal(facts: ReportFacts) -> Rows:
    detail = facts.internal_reason_detail
    return [(_("In the person's own words"), detail)] if detail else []


def _tone(facts: ReportFacts) -> str:
    against = set(facts.internal_reasons) - {InternalReason.DID_NOT_KNOW}
    fears = facts.reprisals in (Reprisals.FEARED, Reprisals.HAPPENED)
    return "watch" if against or fears else "plain"


def _text(code: StrEnum | None) -> str:
    return str(text_of(code)) if code is not None else ""


def language_name(code: str) -> str:
    """A language in the words of the page's own."""
    locale = get_locale()
    name = locale.languages.get(code) if locale else None
    return name or LANGUAGES.get(code, code)
