"""A submission becomes a case: sealed, granted, on the clock, and once only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from cases.actions.intake import Received, Submission
from cases.actions.mailboxes import mailbox_thread, open_mailbox, sign_in
from cases.actions.reading import holders, office_thread, open_case
from cases.domain.contents import Author, MessageKind
from cases.domain.facts import ComplaintFacts, ReportFacts
from cases.domain.facts_json import identity_from_json
from cases.domain.flows import ClockKind, Flow, State
from cases.domain.grants import HolderKind
from cases.queries import cases as queries
from crypto.grants import open_case_grant
from crypto.identity import open_identity, open_share
from crypto.keys import RecoveryPrivateKey, Seed
from crypto.secret_sharing import combine
from tests.support.office import MORNING, Office
from tests.support.submissions import COMPLAINT, IDENTITY, REPORT, receipt_keys, report, submit

TODAY = MORNING.date()


@pytest.mark.parametrize(
    ("facts", "clocks"),
    [
        (
            REPORT,
            {
                ClockKind.ACKNOWLEDGEMENT: date(2026, 11, 30),
                ClockKind.FEEDBACK: date(2027, 2, 23),
            },
        ),
        (COMPLAINT, {ClockKind.ACKNOWLEDGEMENT: date(2026, 11, 30)}),
    ],
    ids=["report", "complaint"],
)
def test_a_new_case_is_received_and_on_the_clock(
    office: Office, facts: ReportFacts | ComplaintFacts, clocks: dict[ClockKind, date]
) -> None:
    ingrid = office.signed_in("ingrid")
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), TODAY, facts)

    with office.database.reading() as session:
        case = open_case(session, received.case_id, ingrid.keys)
        running = queries.running_clocks(session, case.case_id)

    assert (case.flow, case.state, case.reference) == (facts.flow, State.RECEIVED, None)
    assert (case.received_on, case.version, case.in_pool) == (TODAY, 1, True)
    assert {clock.kind: clock.due_on for clock in running} == clocks
    assert case.due_on == min(clocks.values())
    assert case.facts == facts


def test_both_sides_read_the_submission(office: Office) -> None:
    ingrid = office.signed_in("ingrid")
    with office.database.writing() as session:
        received, keys = submit(session, office.roster(), TODAY)
        token = sign_in(session, keys, MORNING).token

    with office.database.reading() as session:
        case = open_case(session, received.case_id, ingrid.keys)
        mailbox = open_mailbox(session, token, MORNING)
        threads = [office_thread(session, case), mailbox_thread(session, mailbox)]

    for thread in threads:
        (message,) = thread.messages
        assert thread.warnings == ()
        assert (message.author, message.kind) == (Author.REPORTER, MessageKind.SUBMISSION)
        assert message.facts == REPORT
    assert case.mailbox_public == keys.address.public
    assert mailbox.first_key == case.private.public


def test_the_same_form_sent_twice_is_one_case(office: Office) -> None:
    keys = receipt_keys()
    with office.database.writing() as session:
        first, _ = submit(session, office.roster(), TODAY, keys=keys)
    with office.database.writing() as session:
        second, _ = submit(session, office.roster(), TODAY, report(what="other"), keys=keys)

    assert second == Received(first.case_id, repeated=True)
    with office.database.reading() as session:
        assert session.execute(text('SELECT count(*) FROM "case"')).scalar_one() == 1
        assert session.execute(text("SELECT count(*) FROM message")).scalar_one() == 1


def test_the_same_form_sent_at_the_same_moment_is_one_case(office: Office) -> None:
    keys, roster = receipt_keys(), office.roster()

    def send(_: int) -> Received:
        with office.database.writing() as session:
            return submit(session, roster, TODAY, keys=keys)[0]

    with ThreadPoolExecutor(4) as threads:
        received = list(threads.map(send, range(8)))

    assert sorted(each.repeated for each in received) == [False] + [True] * 7
    assert len({each.case_id for each in received}) == 1


def test_a_case_is_granted_to_the_pool_and_to_recovery(office: Office) -> None:
    ingrid, roster = office.signed_in("ingrid"), office.roster().roster
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), TODAY)

    with office.database.reading() as session:
        case = open_case(session, received.case_id, ingrid.keys)
        granted = {holding.kind: holding.key_id for holding in holders(session, case)}
        boxes = {grant.holder_kind: grant.box for grant in queries.grants(session, case.case_id)}

    assert granted == {
        HolderKind.INTAKE: roster.intake.key_id,
        HolderKind.RECOVERY: roster.recovery.key_id,
    }
    recovery = RecoveryPrivateKey(Seed(combine(office.recovery_shares[:2])))
    assert open_case_grant(boxes["recovery"], case.case_id, recovery) == case.private


def test_an_identity_opens_for_two_custodians_and_not_for_the_office(office: Office) -> None:
    custodians = [office.signed_in(login).keys.personal for login in ("carla", "cem")]
    with office.database.writing() as session:
        facts = report(anonymous=False)
        received, _ = submit(session, office.roster(), TODAY, facts, identity=IDENTITY)

    with office.database.reading() as session:
        case = open_case(session, received.case_id, office.signed_in("ingrid").keys)
        row = queries.identity(session, case.case_id)
        boxes = {
            share.key_id: share.box for share in queries.identity_shares(session, case.case_id)
        }

    assert case.identity_sealed
    assert case.sheet.identity_sealed
    assert row is not None
    assert (row.needed, len(boxes)) == (2, 3)
    shares = [
        open_share(boxes[custodian.public.key_id], case.case_id, custodian)
        for custodian in custodians
    ]
    assert identity_from_json(open_identity(row.body, case.case_id, shares)) == IDENTITY


def test_an_anonymous_report_has_no_identity_to_open(office: Office) -> None:
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), TODAY)

    with office.database.reading() as session:
        assert queries.identity(session, received.case_id) is None


def test_a_complainants_identity_travels_in_the_facts_only() -> None:
    with pytest.raises(ValueError, match="belongs to the facts"):
        Submission(COMPLAINT, IDENTITY)


def test_the_trail_knows_the_day_of_a_submission_and_no_time(office: Office) -> None:
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), TODAY)

    with office.database.reading() as session:
        rows = session.execute(
            text("SELECT day, at, actor_id, event FROM trail WHERE case_id = :id"),
            {"id": received.case_id},
        ).all()
    assert [(row.at, row.actor_id, row.event) for row in rows] == [(None, None, "case_received")]


def test_a_case_received_later_is_due_later(office: Office) -> None:
    later = TODAY + timedelta(days=3)
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), later)

    with office.database.reading() as session:
        assert queries.case_row(session, received.case_id).due_on == later + timedelta(days=7)
        assert queries.case_row(session, received.case_id).flow_value is Flow.REPORT
