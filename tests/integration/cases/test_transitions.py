"""Every row of the table can be taken; what it needs is asked; nobody loses an update."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from cases.actions import transitions
from cases.actions.mailboxes import delete_mailbox
from cases.actions.reading import history, office_thread
from cases.domain.clocks import ClockKind
from cases.domain.contents import Author, MessageKind
from cases.domain.facts import Facts
from cases.domain.flows import TRANSITIONS, Action, Flow, State
from cases.domain.policies import Allowed, Denied
from cases.errors import MessageRequired, ReasonRequired, Refused, StaleCase
from cases.queries.cases import clocks, running_clocks
from cases.reasons import Reason
from tests.support.office import FixedClock, Office
from tests.support.scenes import scene
from tests.support.submissions import COMPLAINT, REPORT, report

A = Action
PATHS: dict[Flow, Sequence[Sequence[Action]]] = {
    Flow.REPORT: [
        [A.ACKNOWLEDGE, A.ACCEPT_EXTERNAL, A.GIVE_FEEDBACK, A.CONCLUDE, A.CLOSE, A.REOPEN],
        [A.ACKNOWLEDGE, A.ADVISE_INTERNAL, A.ACCEPT_EXTERNAL, A.TRANSMIT, A.CLOSE],
        [A.ACKNOWLEDGE, A.DECLARE_INADMISSIBLE, A.CLOSE],
        [A.ACKNOWLEDGE, A.ADVISE_INTERNAL, A.CLOSE],
    ],
    Flow.COMPLAINT: [
        [A.ACKNOWLEDGE, A.ACCEPT, A.CONCLUDE_RECONCILED, A.CLOSE, A.REOPEN],
        [A.ACKNOWLEDGE, A.ASK_SERVICE_FIRST, A.ACCEPT, A.CONCLUDE_FOUNDED, A.CLOSE],
        [A.ACKNOWLEDGE, A.ACCEPT, A.CONCLUDE_PARTLY_FOUNDED, A.CLOSE],
        [A.ACKNOWLEDGE, A.ACCEPT, A.CONCLUDE_UNFOUNDED, A.CLOSE],
        [A.ACKNOWLEDGE, A.DECLARE_INADMISSIBLE, A.CLOSE],
        [A.ACKNOWLEDGE, A.REFER, A.CLOSE],
        [A.WITHDRAW, A.CLOSE],
    ],
}
ALL_PATHS = [(flow, path) for flow, paths in PATHS.items() for path in paths]
FACTS: dict[Flow, Facts] = {Flow.REPORT: REPORT, Flow.COMPLAINT: COMPLAINT}


def test_the_paths_take_every_action_of_both_flows() -> None:
    taken = {(flow, action) for flow, path in ALL_PATHS for action in path}

    assert taken == {(row.flow, row.action) for row in TRANSITIONS}


@pytest.mark.parametrize(("flow", "path"), ALL_PATHS, ids=lambda value: str(value)[:40])
def test_a_case_goes_its_way_and_the_reporter_reads_each_step(
    office: Office, flow: Flow, path: Sequence[Action]
) -> None:
    ours = scene(office, FACTS[flow])

    for action in path:
        acted = ours.act(action, "hilde", f"about {action}", f"because {action}")

    thread = ours.reporters_thread()
    assert [message.action for message in thread.messages[1:]] == list(path)
    assert [message.text for message in thread.messages[1:]] == [f"about {a}" for a in path]
    assert thread.messages[-1].state is acted.state
    assert {message.author for message in thread.messages[1:]} == {Author.OFFICE}
    assert {message.kind for message in thread.messages[1:]} == {MessageKind.DECISION}
    assert thread.warnings == ()
    with office.database.reading() as session:
        case = ours.open(session)
        steps = history(session, case)
        assert office_thread(session, case).messages == thread.messages
    assert [step.action for step in steps] == list(path)
    assert [step.reason for step in steps] == [f"because {action}" for action in path]
    assert {step.actor for step in steps} == {"Hilde Head"}
    assert steps[0].at == office.clock.now()
    assert steps[-1].to_state is acted.state is case.state


def test_a_reference_is_given_when_a_case_is_acknowledged(office: Office) -> None:
    first, second, other = scene(office), scene(office), scene(office, COMPLAINT)

    references = [each.act(A.ACKNOWLEDGE).reference for each in (second, first, other)]

    assert references == ["SI.2026.0001", "SI.2026.0002", "OM.2026.0001"]
    assert first.reporters_thread().messages[-1].reference == "SI.2026.0002"


def test_a_reopened_case_keeps_its_reference(office: Office) -> None:
    ours = scene(office)
    given = ours.act(A.ACKNOWLEDGE, "hilde").reference
    for action in (A.DECLARE_INADMISSIBLE, A.CLOSE, A.REOPEN):
        acted = ours.act(action, "hilde")

    assert acted.reference == given


def test_a_refused_action_uses_no_number(office: Office) -> None:
    ours = scene(office)
    with pytest.raises(MessageRequired):
        ours.act(A.ACKNOWLEDGE, message=" ")

    assert ours.act(A.ACKNOWLEDGE).reference == "SI.2026.0001"


def test_references_given_at_once_have_no_gap_and_no_double(office: Office) -> None:
    scenes = [scene(office) for _ in range(8)]
    office.signed_in("ingrid")

    with ThreadPoolExecutor(2) as threads:
        given = list(threads.map(lambda each: each.act(A.ACKNOWLEDGE).reference, scenes))

    assert sorted(given, key=str) == [f"SI.2026.{number:04d}" for number in range(1, 9)]


def test_clocks_stop_and_start_with_the_steps(office: Office, clock: FixedClock) -> None:
    ours = scene(office, COMPLAINT)
    due = []
    for action in (A.ACKNOWLEDGE, A.ACCEPT, A.CONCLUDE_FOUNDED):
        clock.advance(days=1)
        ours.act(action)
        with office.database.reading() as session:
            due.append((set(running_clocks(session, ours.case_id)), ours.open(session).due_on))

    assert due == [
        ({ClockKind.ADMISSIBILITY}, date(2026, 12, 8)),
        ({ClockKind.NEWS}, date(2026, 12, 25)),
        (set(), None),
    ]
    with office.database.reading() as session:
        stopped = {clock.kind: clock.stopped_on for clock in clocks(session, ours.case_id)}
    assert stopped == {
        "acknowledgement": date(2026, 11, 24),
        "admissibility": date(2026, 11, 25),
        "news": date(2026, 11, 26),
    }


def test_a_message_is_asked_where_the_reporter_must_read_one(office: Office) -> None:
    with pytest.raises(MessageRequired):
        scene(office).act(A.ACKNOWLEDGE, message="")


def test_a_case_can_be_closed_without_a_word(office: Office) -> None:
    ours = scene(office)
    ours.act(A.ACKNOWLEDGE)
    ours.act(A.DECLARE_INADMISSIBLE)
    ours.act(A.CLOSE, message="", reason="")

    assert len(ours.reporters_thread().messages) == 3


def test_the_internal_channel_is_advised_against_a_reason_only_with_a_written_one(
    office: Office,
) -> None:
    ours = scene(office)
    ours.act(A.ACKNOWLEDGE)

    with pytest.raises(ReasonRequired):
        ours.act(A.ADVISE_INTERNAL, reason="  ")

    acted = ours.act(A.ADVISE_INTERNAL, reason="the chief has left since")
    assert acted.state is State.ADVISED_INTERNAL


def test_the_internal_channel_is_advised_freely_where_nothing_speaks_against_it(
    office: Office,
) -> None:
    ours = scene(office, report(internal_reasons=(), reprisals=None))
    ours.act(A.ACKNOWLEDGE)

    assert ours.act(A.ADVISE_INTERNAL, reason="").state is State.ADVISED_INTERNAL


def test_an_action_out_of_turn_is_refused_and_changes_nothing(office: Office) -> None:
    ours = scene(office)

    for action in (A.CONCLUDE, A.CONCLUDE_FOUNDED):
        with pytest.raises(Refused) as refused:
            ours.act(action)
        assert refused.value.reason is Reason.NOT_IN_THIS_STATE

    with office.database.reading() as session:
        case = ours.open(session)
        assert (case.state, case.version) == (State.RECEIVED, 1)
        assert history(session, case) == ()


def test_only_the_head_can_reopen(office: Office) -> None:
    ours = scene(office)
    for action in (A.ACKNOWLEDGE, A.DECLARE_INADMISSIBLE, A.CLOSE):
        ours.act(action)

    with pytest.raises(Refused) as refused:
        ours.act(A.REOPEN, "ingrid")

    assert refused.value.reason is Reason.NO_PERMISSION
    assert ours.act(A.REOPEN, "hilde").state is State.ASSESSMENT


def test_the_second_of_two_who_decide_from_one_page_is_told(office: Office) -> None:
    ours = scene(office)
    ingrid = office.signed_in("ingrid")
    ours.act(A.ACKNOWLEDGE)
    with office.database.reading() as session:
        page = ours.open(session).version
    ours.act(A.DECLARE_INADMISSIBLE, "hilde")

    with office.database.writing() as session:
        case = ours.open(session)
        with pytest.raises(StaleCase):
            transitions.act(session, case, A.TRANSMIT, "m", "r", ingrid, page, office.clock.now())
    with office.database.reading() as session:
        assert ours.open(session).state is State.INADMISSIBLE


def test_of_two_who_decide_at_the_same_moment_one_is_told(office: Office) -> None:
    ours = scene(office)
    office.signed_in("ingrid")
    with office.database.reading() as session:
        opened = ours.open(session)

    def decide(_: int) -> str:
        by, now = office.signed_in("ingrid"), office.clock.now()
        try:
            with office.database.writing() as session:
                transitions.act(session, opened, A.ACKNOWLEDGE, "m", "", by, 1, now)
        except StaleCase:
            return "told"
        return "done"

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(decide, range(4)))

    assert sorted(outcomes) == ["done", "told", "told", "told"]
    assert len(ours.reporters_thread().messages) == 2


def test_what_is_available_is_what_the_action_allows(office: Office) -> None:
    ours = scene(office)
    with office.database.reading() as session:
        offered = {
            row.action: verdict
            for row, verdict in transitions.available(
                ours.open(session), office.signed_in("ingrid")
            )
        }

    assert offered.pop(A.ACKNOWLEDGE) == Allowed(message_required=True)
    assert offered.pop(A.REOPEN) == Denied(Reason.NO_PERMISSION)
    assert set(offered.values()) == {Denied(Reason.NOT_IN_THIS_STATE)}


def test_a_decision_after_the_mailbox_is_gone_stays_in_the_file(office: Office) -> None:
    ours = scene(office)
    token, today = ours.come_back(), office.clock.now().date()
    with office.database.writing() as session:
        delete_mailbox(session, ours.mailbox(session, token), token, today)

    ours.act(A.ACKNOWLEDGE)

    with office.database.reading() as session:
        thread = office_thread(session, ours.open(session))
    assert [message.kind for message in thread.messages] == ["submission", "decision"]
    assert thread.warnings == ()


def test_a_step_after_the_mailbox_is_gone_needs_no_message(office: Office) -> None:
    ours = scene(office)
    token, today = ours.come_back(), office.clock.now().date()
    with office.database.writing() as session:
        delete_mailbox(session, ours.mailbox(session, token), token, today)

    ours.act(A.ACKNOWLEDGE, message="")

    with office.database.reading() as session:
        thread = office_thread(session, ours.open(session))
    assert [message.kind for message in thread.messages] == ["submission"]
