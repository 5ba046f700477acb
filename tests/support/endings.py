"""Cases whose file has ended, for tests of what becomes of them."""

from datetime import date

from cases.actions import correspondence
from cases.actions.erasure import digest_of, erase_due
from cases.domain.details import Minutes, MinutesState, Retention
from cases.domain.flows import Action
from cases.evidence_store import EvidenceStore
from cases.queries.erasures import due
from tests.support.consulting import TO_WHERE_A_SERVICE_IS_ASKED, Consulting
from tests.support.custody import custody_of_a_name
from tests.support.evidence import uploaded
from tests.support.office import Office
from tests.support.scenes import Scene, scene

NOT_AT_ALL = Retention(0, 60, "a policy", "The person asked for it.")
DISMISSED = (Action.ACKNOWLEDGE, Action.CHECK_SCOPE, Action.DISMISS_REPETITIVE, Action.CLOSE)


def ended(office: Office) -> Scene:
    """A closed report that need not be kept any more."""
    ours = scene(office)
    ours.go(*DISMISSED)
    ours.act(Action.SET_RETENTION, details=NOT_AT_ALL)
    return ours


def ended_with_everything(office: Office, store: EvidenceStore) -> Scene:
    """The same with rows in every table that a case can have some in: a name that custodians
    guard and somebody asked for, a question by link, a note, a file, a message."""
    named = custody_of_a_name(office)
    ours, today = named.scene, office.clock.now().date()
    named.answer("carla", named.ask())
    asking = Consulting(ours)
    ours.go(*TO_WHERE_A_SERVICE_IS_ASKED[ours.flow])
    consultation_id, _ = asking.asked()
    minutes = Minutes(MinutesState.SIGNED, today, "agreed")
    ours.act(Action.RECORD_MINUTES, details=minutes)
    _keep_a_file(ours, store, today)
    asking.withdraw(consultation_id)
    ours.go(Action.DISMISS_MINOR, Action.CLOSE)
    ours.act(Action.SET_RETENTION, details=NOT_AT_ALL)
    return ours


def erase_everything_due(office: Office, login: str = "hilde") -> tuple[bytes, ...]:
    """Erase what is due, having read of it; gives the ids of the files."""
    by, now = office.signed_in(login), office.clock.now()
    with office.database.writing() as session:
        read = digest_of(due(session, now.date(), 1000))
        files = erase_due(session, read, by, now)
    office.database.scrub()
    return files


def _keep_a_file(ours: Scene, store: EvidenceStore, today: date) -> None:
    office, by = ours.office, ours.office.signed_in("ingrid")
    file = uploaded(office.database, store, today)
    now, rules = office.clock.now(), office.rules()
    with office.database.writing() as session:
        case = ours.open(session)
        correspondence.add_note(session, case, "a note", by, now)
    with office.database.writing() as session:
        case = ours.open(session)
        correspondence.reply(
            session, case, "Read this.", by, case.version, now, rules, attachments=(file,)
        )
