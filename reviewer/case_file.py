"""What the file of a case holds now, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from cases.actions.reading import HistoryEntry, OpenCase
from cases.domain.details import NormVerdict, PriorityLevel, RecommendationResponse
from cases.domain.dossier import ConsultationFile, RecommendationFile
from cases.domain.flows import FINAL_STATE, FIRST_STATE, Action, State
from cases.domain.reference import Norm
from reviewer.case_texts import Rows, Section, authority_name
from reviewer.detail_texts import detail_rows, norm_name
from web.labels import text_of

_NORM_TONES = {
    NormVerdict.MET: "done",
    NormVerdict.BREACHED: "refused",
    NormVerdict.NOT_ASSESSED: "waiting",
}
_RESPONSE_TONES = {
    RecommendationResponse.ACCEPTED: "active",
    RecommendationResponse.REFUSED: "refused",
    RecommendationResponse.IMPLEMENTED: "done",
    RecommendationResponse.NOT_IMPLEMENTED: "refused",
}
_RECEIPTS = (Action.ACKNOWLEDGE, Action.WAIVE_ACKNOWLEDGEMENT)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A verdict in words and shape."""

    text: LazyString | str
    tone: str


@dataclass(frozen=True, slots=True)
class NormRow:
    """One norm that was examined."""

    name: str
    verdict: Tagged
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation with its last answer; `url` records a next one, empty when it ended."""

    addressee: str
    text: str
    due_on: date | None
    became: Tagged
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One question to a public service."""

    kind: LazyString
    service: str
    due_on: date
    state: Tagged


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step of the history: what it recorded, and whether the case moved with it."""

    entry: HistoryEntry
    recorded: Rows
    moved: bool


@dataclass(frozen=True, slots=True)
class ExactDays:
    """The days on which other terms may depend; None where it has not come to it."""

    lodged_on: date
    acknowledged_on: date | None
    closed_on: date | None


def checks(case: OpenCase) -> list[Section]:
    """What was checked and found, with the newest of each."""
    file = case.dossier
    found = (
        (_("Admissibility"), file.admissibility),
        (_("Scope"), file.scope),
        (_("Internal channel, as the office checked it"), file.internal_channel),
        (_("Link with the report"), file.link),
        (_("Consent to contact the employer"), file.consent),
        (_("Justification of the employer"), file.justification),
        (_("Findings"), file.findings),
    )
    return [Section(title, detail_rows(details)) for title, details in found if details]


def norm_rows(case: OpenCase) -> list[NormRow]:
    """The norms that were examined, each with a link to examine it again."""
    return [
        NormRow(
            norm_name(each.norm),
            Tagged(text_of(each.verdict), _NORM_TONES[each.verdict]),
            each.why,
            _step_url(case, Action.ASSESS_NORM, each.norm),
        )
        for each in case.dossier.norms.values()
    ]


def norms_left(case: OpenCase, known: Iterable[Norm]) -> list[tuple[str, str]]:
    """(name, address) of the norms that nobody looked at yet."""
    return [
        (norm_name(norm.code), _step_url(case, Action.ASSESS_NORM, norm.code))
        for norm in known
        if norm.code not in case.dossier.norms
    ]


def recommendation_rows(case: OpenCase) -> list[RecommendationRow]:
    """Every recommendation, with what became of it."""
    return [_recommendation(case, each) for each in case.dossier.recommendations.values()]


def _recommendation(case: OpenCase, found: RecommendationFile) -> RecommendationRow:
    last = found.answers[-1] if found.answers else None
    waits = Tagged(_("No answer yet"), "waiting")
    url = _step_url(case, Action.ANSWER_RECOMMENDATION, found.id.hex()) if found.open else ""
    return RecommendationRow(
        found.given.addressee,
        found.given.text,
        found.given.due_on,
        Tagged(text_of(last.answer), _RESPONSE_TONES[last.answer]) if last else waits,
        last.why if last else "",
        url,
    )


def consultation_rows(case: OpenCase) -> list[ConsultationRow]:
    """Every question to a public service, with how it stands."""
    return [
        ConsultationRow(
            text_of(each.asked.kind),
            authority_name(each.asked.service, each.asked.service_other),
            each.asked.due_on,
            _stands(each),
        )
        for each in case.dossier.consultations.values()
    ]


def _stands(found: ConsultationFile) -> Tagged:
    if found.answer is not None:
        return Tagged(_("Answered"), "done")
    if found.withdrawal is not None:
        return Tagged(_("Withdrawn"), "closed")
    if found.prepared:
        return Tagged(_("Waiting for its release"), "new")
    return Tagged(_("Waiting for the answer"), "waiting")


def priority_tag(case: OpenCase) -> Tagged | None:
    """Only what is more urgent than usual is said."""
    found = case.dossier.priority
    if found is None or found.level is PriorityLevel.NORMAL:
        return None
    return Tagged(_("Priority: %(level)s", level=text_of(found.level)), "new")


def history_rows(case: OpenCase) -> list[HistoryRow]:
    """Every step, the oldest first."""
    before = (FIRST_STATE, *(each.to_state for each in case.history))
    return [
        HistoryRow(entry, detail_rows(entry.details), entry.to_state is not state)
        for entry, state in zip(case.history, before, strict=False)
    ]


def exact_days(case: OpenCase) -> ExactDays:
    """Lodged, acknowledged, closed."""
    closed = [each.day for each in case.history if _closes(each)]
    receipts = [each.day for each in case.history if each.action in _RECEIPTS]
    return ExactDays(
        lodged_on=case.received_on,
        acknowledged_on=receipts[0] if receipts else None,
        closed_on=closed[-1] if closed and case.state is FINAL_STATE else None,
    )


def _closes(entry: HistoryEntry) -> bool:
    return entry.to_state is State.CLOSED and isinstance(entry.action, Action)


def _step_url(case: OpenCase, action: Action, about: str) -> str:
    return url_for("transition.page", case_id=case.case_id.hex(), name=action.value, about=about)
