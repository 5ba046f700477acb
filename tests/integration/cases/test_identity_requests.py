"""A name given in confidence opens by custodians who agree, for one person, for a while."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from cases.actions import jobs, rekeying
from cases.actions.changing import claim
from cases.domain.contents import Author, IdentityWork
from cases.domain.identity_requests import Asking, RequestState
from cases.errors import MessageRequired, NotFound, ReasonRequired, Refused
from cases.queries.cases import identity_shares
from cases.reasons import Reason
from crypto.errors import CryptoError
from crypto.identity import open_handed_over, open_share
from tests.support.custody import SILENT, TELLING, Custody, change, custody_of_a_name, rows
from tests.support.databases import on_both_databases
from tests.support.office import FixedClock, Office
from tests.support.submissions import IDENTITY


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def ours(office: Office) -> Custody:
    # Before days pass: an invitation does not wait for ever.
    for login in ("carla", "cas", "cem"):
        office.signed_in(login)
    return custody_of_a_name(office)


def on_the_trail(office: Office) -> list[object]:
    found = rows(
        office,
        "SELECT event FROM trail JOIN trail_link ON entry_id = id"
        " WHERE event LIKE 'identity%' ORDER BY position",
    )
    return [event for (event,) in found]


@on_both_databases
def test_two_custodians_who_agree_open_the_name_for_whoever_asked(ours: Custody) -> None:
    request_id = ours.ask()

    assert ours.answer("carla", request_id) is RequestState.ASKED
    assert ours.answer("cas", request_id) is RequestState.GRANTED
    assert ours.read(request_id) == IDENTITY

    assert on_the_trail(ours.office) == [
        "identity_asked",
        "identity_approved",
        "identity_approved",
        "identity_read",
    ]
    assert ours.office.steps() == [IdentityWork.ASK, IdentityWork.READ]


@on_both_databases
def test_of_two_custodians_at_once_the_second_grants(ours: Custody) -> None:
    request_id = ours.ask()

    with ThreadPoolExecutor(2) as pool:
        states = set(pool.map(lambda login: ours.answer(login, request_id), ("carla", "cas")))

    assert states == {RequestState.ASKED, RequestState.GRANTED}
    assert ours.read(request_id) == IDENTITY


def test_a_custodian_reads_the_request_and_nothing_of_the_case(ours: Custody) -> None:
    ours.ask()

    (question,) = ours.waiting("carla").questions

    assert question.asker.name == "Ingrid Intake"
    assert question.asking == TELLING
    assert question.needed == 2
    with ours.office.database.reading() as session, pytest.raises(NotFound):
        ours.scene.open(session, "carla")


def test_the_reporter_is_told_before_the_name_is_read_and_once(ours: Custody) -> None:
    request_id = ours.granted()
    assert len(ours.scene.reporters_thread().messages) == 1

    ours.read(request_id)
    ours.read(request_id)

    thread = ours.scene.reporters_thread()
    told = [each.text for each in thread.messages if each.author is Author.OFFICE]
    assert told == [TELLING.message]
    assert thread.warnings == ()


def test_a_reporter_is_not_told_where_that_would_endanger_the_investigation(
    ours: Custody,
) -> None:
    ours.read(ours.granted(asking=SILENT))

    assert len(ours.scene.reporters_thread().messages) == 1
    with ours.office.database.reading() as session:
        step = ours.scene.open(session).history[-1]
    assert (step.action, step.reason) == (IdentityWork.READ, SILENT.why_not)
    assert step.with_whom == "Carla Custodian, Cas Custodian"


def test_a_colleague_on_the_case_sees_the_request_and_cannot_read_the_name(
    ours: Custody,
) -> None:
    request_id = ours.granted()

    (seen,) = ours.requests("hilde")
    assert (seen.state, seen.readable, seen.asking) == (RequestState.GRANTED, False, TELLING)
    assert [(each.statement.reason, each.proven) for each in seen.answers] == [
        ("needed", True),
        ("needed", True),
    ]
    with pytest.raises(NotFound):
        ours.read(request_id, "hilde")
    (box, *_) = [row[0] for row in rows(ours.office, "SELECT box FROM identity_answer")]
    key = ours.office.signed_in("hilde").keys.personal
    with pytest.raises(CryptoError):
        open_handed_over(box, ours.scene.case_id, request_id, key)  # type: ignore[arg-type]


def test_one_custodian_is_not_enough(ours: Custody) -> None:
    request_id = ours.ask()
    ours.answer("carla", request_id)

    with pytest.raises(Refused) as refused:
        ours.read(request_id)

    assert refused.value.reason is Reason.IDENTITY_REQUEST_ENDED


def nothing_readable_of(office: Office, request_id: bytes) -> bool:
    readers = rows(office, "SELECT * FROM identity_request_reader")
    boxes = rows(office, "SELECT box FROM identity_answer WHERE box IS NOT NULL")
    return not readers and not boxes


def refuse(ours: Custody, request_id: bytes) -> None:
    ours.answer("carla", request_id)
    ours.answer("cas", request_id, approves=False)
    assert ours.answer("cem", request_id, approves=False) is RequestState.REFUSED


def take_back(ours: Custody, request_id: bytes) -> None:
    ours.answer("carla", request_id)
    ours.withdraw(request_id)


def wait_too_long(ours: Custody, request_id: bytes) -> None:
    ours.answer("carla", request_id)
    pass_days(ours, 15)


def let_a_grant_pass(ours: Custody, request_id: bytes) -> None:
    ours.answer("carla", request_id)
    ours.answer("cas", request_id)
    pass_days(ours, 8)


def pass_days(ours: Custody, days: int) -> None:
    assert isinstance(ours.office.clock, FixedClock)
    ours.office.clock.advance(days=days)
    with ours.office.database.writing() as session:
        assert jobs.end_identity_requests(session, ours.office.clock.now()) == 1
        assert jobs.end_identity_requests(session, ours.office.clock.now()) == 0


@pytest.mark.parametrize(
    ("ending", "state"),
    [
        (refuse, RequestState.REFUSED),
        (take_back, RequestState.WITHDRAWN),
        (wait_too_long, RequestState.EXPIRED),
        (let_a_grant_pass, RequestState.OVER),
    ],
)
def test_a_request_that_ended_leaves_nothing_readable(
    ours: Custody, ending: Callable[[Custody, bytes], None], state: RequestState
) -> None:
    request_id = ours.ask()

    ending(ours, request_id)

    (seen,) = ours.requests()
    assert (seen.state, seen.readable) == (state, False)
    assert nothing_readable_of(ours.office, request_id)
    assert ours.waiting("cem").questions == ()
    assert on_the_trail(ours.office)[-1] == "identity_request_ended"
    with pytest.raises(Refused):
        ours.read(request_id)
    with pytest.raises(Refused):
        ours.answer("cem", request_id)


def test_days_that_are_over_count_without_the_daily_jobs(ours: Custody, clock: FixedClock) -> None:
    granted = ours.granted()
    waits = custody_of_a_name(ours.office)
    asked = waits.ask()

    clock.advance(days=7)
    assert ours.read(granted) == IDENTITY
    clock.advance(days=1)
    with pytest.raises(Refused):
        ours.read(granted)
    clock.advance(days=7)
    assert waits.waiting().questions == ()
    with pytest.raises(Refused):
        waits.answer("carla", asked)


def test_nobody_decides_about_a_request_of_their_own(ours: Custody) -> None:
    """Whoever asks is left out, also where she guards names as well."""
    ours.ask()

    asked = rows(ours.office, "SELECT key_id FROM identity_request_reader")

    people = {login: ours.scene.colleague(login) for login in ("carla", "cas", "cem", "ingrid")}
    assert {key for (key,) in asked} == {
        people[login].public.key_id for login in ("carla", "cas", "cem")
    }


def test_one_question_at_a_time(ours: Custody) -> None:
    request_id = ours.ask()
    for login in ("ingrid", "hilde"):
        with pytest.raises(Refused) as refused:
            ours.ask(login)
        assert refused.value.reason is Reason.IDENTITY_ASKED_ALREADY

    ours.answer("carla", request_id)
    ours.answer("cas", request_id)

    # What was granted to one does not serve another.
    assert ours.ask("hilde")
    with pytest.raises(Refused):
        ours.ask("ingrid")


def test_a_custodian_answers_once(ours: Custody) -> None:
    request_id = ours.ask()
    ours.answer("carla", request_id)

    with pytest.raises(Refused) as refused:
        ours.answer("carla", request_id)

    assert refused.value.reason is Reason.IDENTITY_ANSWERED_ALREADY
    assert ours.waiting("carla").questions == ()
    assert len(ours.waiting("cas").questions) == 1


def test_an_anonymous_report_has_no_name_to_ask_for(office: Office) -> None:
    anonymous = custody_of_a_name(office, None)

    with pytest.raises(Refused) as refused:
        anonymous.ask()

    assert refused.value.reason is Reason.NO_IDENTITY_SEALED


def test_an_excluded_custodian_is_not_asked_and_has_no_share(office: Office) -> None:
    ours = custody_of_a_name(office, without=("cem",))
    request_id = ours.ask()

    assert ours.waiting("cem").questions == ()
    with pytest.raises(NotFound):
        ours.answer("cem", request_id)
    key = office.signed_in("cem").keys.personal
    with office.database.reading() as session:
        boxes = [row.box for row in identity_shares(session, ours.scene.case_id)]
    assert len(boxes) == 3
    for box in boxes:
        with pytest.raises(CryptoError):
            open_share(box, ours.scene.case_id, key)
    # Two are left, and two are needed: one refusal decides.
    assert ours.answer("carla", request_id, approves=False) is RequestState.REFUSED


def test_too_few_custodians_with_a_share_are_not_asked(ours: Custody) -> None:
    change(ours.office, "UPDATE identity_share SET box = x''")

    with pytest.raises(Refused) as refused:
        ours.ask()

    assert refused.value.reason is Reason.TOO_FEW_CUSTODIANS


@pytest.mark.parametrize(
    ("asking", "error"),
    [
        (replace(TELLING, reason=" "), ReasonRequired),
        (replace(TELLING, message=""), MessageRequired),
        (replace(SILENT, why_not=""), ReasonRequired),
    ],
)
def test_who_asks_says_why_and_what_the_reporter_reads(
    ours: Custody, asking: Asking, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ours.ask(asking=asking)

    assert rows(ours.office, "SELECT * FROM identity_request") == []


def test_a_custodian_says_why_she_refuses_or_agrees(ours: Custody) -> None:
    request_id = ours.ask()

    with pytest.raises(ReasonRequired):
        ours.answer("carla", request_id, reason=" ")


def change_key(ours: Custody, login: str, excluded: frozenset[bytes] = frozenset()) -> None:
    by, now = ours.office.signed_in(login), ours.office.clock.now()
    with ours.office.database.writing() as session:
        case = ours.scene.open(session, login)
        claim(session, case, case.version)
        rekeying.change_key(session, case, by, ours.office.roster(), now, excluded)


def test_a_request_that_waits_ends_when_the_case_gets_a_new_key(ours: Custody) -> None:
    """An answer would be sealed to the old key."""
    request_id = ours.ask()
    ours.answer("carla", request_id)

    change_key(ours, "ingrid")

    (seen,) = ours.requests("hilde")
    assert (seen.state, seen.asking) == (RequestState.EXPIRED, TELLING)
    assert [each.statement.reason for each in seen.answers] == ["needed"]
    assert nothing_readable_of(ours.office, request_id)
    assert ours.ask()


def test_what_was_granted_stays_so_under_a_new_key_unless_the_asker_is_kept_away(
    ours: Custody,
) -> None:
    request_id = ours.granted()
    change_key(ours, "hilde")
    assert ours.read(request_id) == IDENTITY

    change_key(ours, "hilde", frozenset({ours.office.signed_in("ingrid").member.id}))

    assert [each.state for each in ours.requests("hilde")] == [RequestState.OVER]
    assert nothing_readable_of(ours.office, request_id)
