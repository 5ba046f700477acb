"""Everything the archive says of a case, read and opened at once for whoever exports it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cases.actions.case_files import files_of
from cases.actions.consultations import GivenAnswer, answer_of
from cases.actions.reading import OpenCase, notes, office_thread
from cases.actions.threads import Thread
from cases.domain.contents import Note
from cases.domain.flows import ClockKind
from cases.domain.trail import TrailEvent
from cases.queries.cases import clocks
from cases.queries.staff import names_of_everyone
from cases.queries.trail import of_case
from reviewer.dossier.members import ArchivedFile, placed
from reviewer.office_name import office_name
from reviewer.session import signed_in
from web.database import Session
from web.services import services


@dataclass(frozen=True)
class Term:
    """A deadline of the case."""

    kind: ClockKind
    started_on: date
    due_on: date
    stopped_on: date | None
    suspended_on: date | None
    extended_on: date | None


@dataclass(frozen=True)
class TrailRow:
    """A row of the audit trail. `at` and `who` are empty where only the day is known."""

    day: date
    at: datetime | None
    event: TrailEvent
    who: str


@dataclass(frozen=True, repr=False)
class Gathered:
    """A case as its archive tells it; `notes` are empty where they stay in the office."""

    case: OpenCase
    thread: Thread
    notes: tuple[Note, ...]
    answers: Mapping[bytes, GivenAnswer]
    terms: tuple[Term, ...]
    trail: tuple[TrailRow, ...]
    files: tuple[ArchivedFile, ...]
    handler: str
    office: str
    exported_by: str
    exported_at: datetime


def gather(session: Session, case: OpenCase, with_notes: bool) -> Gathered:
    """The case for its archive. Raises CaseDamaged: a note does not open."""
    names = names_of_everyone(session)
    thread = office_thread(session, case)
    return Gathered(
        case=case,
        thread=thread,
        notes=notes(session, case) if with_notes else (),
        answers=_answers(session, case),
        terms=_terms(session, case),
        trail=_trail(session, case, names),
        files=placed(files_of(case, thread)),
        handler=names.get(case.handler_id or b"", ""),
        office=office_name(),
        exported_by=signed_in().member.name,
        exported_at=services().now(),
    )


def _answers(session: Session, case: OpenCase) -> dict[bytes, GivenAnswer]:
    found = {
        held.id: answer_of(session, case, held) for held in case.dossier.consultations.values()
    }
    return {each: answer for each, answer in found.items() if answer is not None}


def _terms(session: Session, case: OpenCase) -> tuple[Term, ...]:
    return tuple(
        Term(
            ClockKind(row.kind),
            row.started_on,
            row.due_on,
            row.stopped_on,
            row.suspended_on,
            row.extended_on,
        )
        for row in clocks(session, case.case_id)
    )


def _trail(session: Session, case: OpenCase, names: Mapping[bytes, str]) -> tuple[TrailRow, ...]:
    return tuple(
        TrailRow(row.day, row.at, TrailEvent(row.event), names.get(row.actor_id or b"", ""))
        for row in of_case(session, case.case_id)
    )
