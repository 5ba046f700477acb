"""The facts of a case as rows for reading: (question, answer) pairs in sections."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from cases.domain.facts import (
    AUTHORITY_OTHER,
    AUTHORITY_UNKNOWN,
    ComplaintFacts,
    Facts,
    InternalChannel,
    InternalReason,
    ReportFacts,
    Reprisals,
)
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
    if isinstance(facts, ReportFacts):
        return _report(facts)
    return _complaint(facts)


def _report(facts: ReportFacts) -> list[Section]:
    return [
        Section(
            _("The facts"),
            [
                (_("Public service"), authority_name(facts.authority, facts.authority_other)),
                (_("What happened"), facts.what),
                (_("When and where"), facts.when_where),
                (_("How the person knows"), _text(facts.how_known)),
                (_("More about that"), facts.how_known_detail),
            ],
        ),
        Section(
            _("The person"),
            [
                (_("Relation to the service"), _text(facts.relation)),
                (_("Reprisals"), _text(facts.reprisals)),
                (_("More about reprisals"), facts.reprisals_detail),
                (_("Language of contact"), language_name(facts.language)),
            ],
        ),
    ]


def _complaint(facts: ComplaintFacts) -> list[Section]:
    person = facts.identity
    return [
        Section(
            _("The complaint"),
            [
                (_("Public service"), authority_name(facts.authority, facts.authority_other)),
                (_("The problem"), facts.problem),
                (_("Date of the facts"), format_date(facts.facts_on) if facts.facts_on else ""),
                (_("What the person hopes for"), facts.hopes),
            ],
        ),
        Section(
            _("First contact with the service"),
            [
                (_("Contacted first"), _text(facts.contacted_first)),
                (_("What the service answered"), facts.service_answer),
                (_("Reference at the service"), facts.service_reference),
            ],
        ),
        Section(
            _("The person"),
            [
                (_("Name"), person.name),
                (_("Email address"), person.email),
                (_("Phone number"), person.phone),
                (_("Postal address"), person.address),
                (_("Preferred way of contact"), _text(person.preferred)),
                (_("Language of contact"), language_name(facts.language)),
            ],
        ),
    ]


def _internal_use(facts: ReportFacts) -> Rows:
    return [
        (_("When"), facts.internal_when),
        (_("To whom"), facts.internal_to),
        (_("With what result"), facts.internal_result),
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
