"""Nothing that a person typed lies readable in the database, its log or a journal."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import LargeBinary, String, select

from cases.actions import assignment, correspondence, mailboxes, transitions
from cases.actions.reading import open_case
from cases.actions.transitions import Written
from cases.database import Database
from cases.domain.contents import MessageKind
from cases.domain.facts import ComplainantIdentity, Identity
from cases.domain.flows import Action
from cases.domain.reference import shipped
from cases.models import Base
from tests.support.office import MORNING, PASSPHRASE, FixedClock, Office, found
from tests.support.submissions import COMPLAINT, REPORT, submit

TODAY = MORNING.date()
CANARY = "Kanarie"
SENTENCE = f"{CANARY} zingt in elk veld"


def _everything_typed(office: Office) -> None:
    """A whole journey in which every field that takes text holds the canary."""
    # Plain text only: a choice is one of a few words and no canary.
    texts = {name: SENTENCE for name, value in vars(REPORT).items() if type(value) is str}
    facts = replace(REPORT, **texts)
    person = ComplainantIdentity(*[SENTENCE] * 4)
    complaint = replace(COMPLAINT, problem=SENTENCE, hopes=SENTENCE, identity=person)
    igor, ingrid = office.signed_in("igor"), office.signed_in("ingrid")
    colleague = next(
        each for each in office.roster().roster.members if each.person == igor.member.id
    )
    with office.database.writing() as session:
        submit(session, office.roster(), TODAY, complaint)
        received, keys = submit(
            session, office.roster(), TODAY, facts, Identity(SENTENCE, SENTENCE)
        )
    with office.database.writing() as session:
        case = open_case(session, received.case_id, ingrid.keys)
        written, rules = Written(SENTENCE, SENTENCE, SENTENCE), shipped()
        acted = transitions.act(
            session, case, Action.ACKNOWLEDGE, written, ingrid, 1, MORNING, rules
        )
        case = open_case(session, received.case_id, ingrid.keys)
        assignment.share(session, case, colleague, ingrid, acted.version, MORNING)
        case = open_case(session, received.case_id, ingrid.keys)
        correspondence.reply(session, case, SENTENCE, ingrid, case.version, MORNING, rules)
        correspondence.add_note(session, case, SENTENCE, ingrid, MORNING)
    with office.database.writing() as session:
        token = mailboxes.sign_in(session, keys, MORNING).token
        mailbox = mailboxes.open_mailbox(session, token, MORNING)
        mailboxes.write(session, mailbox, SENTENCE, MessageKind.REPLY, TODAY)


def test_no_file_of_sqlite_holds_what_was_typed(sqlite_database: Database, tmp_path: Path) -> None:
    office = found(tmp_path / "home", sqlite_database, FixedClock())
    _everything_typed(office)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    leaked = [
        (path.name, word)
        for path in files
        for word in (CANARY, PASSPHRASE)
        if word.encode() in path.read_bytes() or word.encode("utf-16-le") in path.read_bytes()
    ]

    assert len(files) >= 3
    assert leaked == []


def test_no_column_holds_what_was_typed_on_either_database(office: Office) -> None:
    _everything_typed(office)

    with office.database.reading() as session:
        for table in Base.metadata.tables.values():
            for row in session.execute(select(table)):
                assert CANARY not in repr(tuple(row)), table.name


def test_only_these_columns_hold_text() -> None:
    """A new column of text must be thought about: whatever is not listed here is sealed."""
    readable = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, LargeBinary)
    }

    assert readable == {
        "case.flow",
        "case.state",
        "case.reference",
        "case_grant.holder_kind",
        "clock.kind",
        "transition.to_state",
        "transition.automatic",
        "consultation.state",
        # What the office makes public anyway, and no case is named in it.
        "reference_edit.kind",
        "reference_edit.key",
        "reference_edit.body",
        "staff.email",
        "evidence.state",
        "identity_request.state",
        "reference_counter.flow",
        "pressure_count.kind",
        # As the same columns of staff, which they become.
        "proposed_person.login",
        "proposed_person.name",
        "proposed_person.roles",
        "staff.login",
        "staff.name",
        "staff.roles",
        "staff.state",
        "trail.event",
    }


def test_the_size_of_a_submission_tells_only_its_bucket(office: Office) -> None:
    with office.database.writing() as session:
        for words in (1, 30):
            submit(session, office.roster(), TODAY, replace(REPORT, what="word " * words))

    with office.database.reading() as session:
        bodies = session.execute(select(Base.metadata.tables["message"].c.body)).scalars().all()
    assert len(bodies) == 2
    assert len({len(body) for body in bodies}) == 1
