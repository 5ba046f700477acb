"""Every row of the table can be taken; what it needs is asked; nobody loses an update."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete

from cases.actions import transitions
from cases.actions.automatic import act_by_reporter
from cases.actions.mailboxes import delete_mailbox
from cases.actions.reading import office_thread
from cases.actions.transitions import Written
from cases.domain.contents import Author, MessageKind
from cases.domain.details import (
    Details,
    JustificationCheck,
    JustificationVerdict,
    LinkCheck,
    Met,
    NormAssessment,
    NormVerdict,
    NoticeRelease,
    RecommendationResponse,
)
from cases.domain.facts import Facts, ProtectionGround
from cases.domain.flows import TRANSITIONS, Action, Actor, Flow, State
from cases.domain.policies import Allowed, Denied
from cases.errors import (
    CaseDamaged,
    MessageRequired,
    NoticeRequired,
    ReasonRequired,
    Refused,
    StaleCase,
)
from cases.models import TransitionEntry
from cases.queries.cases import clocks, running_clocks
from cases.reasons import Reason
from tests.support.office import FixedClock, Office
from tests.support.scenes import Scene, scene
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT, report
from tests.support.usual_details import DUE, NOT_CONTACTED, NOT_KNOWN, OUT_OF_SCOPE, USUAL

A = Action
HEARD = (A.PREPARE_CONSULTATION, A.RELEASE_CONSULTATION, A.RECORD_SERVICE_ANSWER)
ROUTED = (A.ACKNOWLEDGE, A.CHECK_SCOPE, A.CHECK_INTERNAL_CHANNEL)
INVESTIGATED = (*ROUTED, A.ACCEPT_EXTERNAL)
ADMITTED = (A.ACKNOWLEDGE, A.CHECK_ADMISSIBILITY, A.ACCEPT)
EXAMINED = (*ADMITTED, A.START_EXAMINATION)
EVERYWHERE = (A.PRIORITISE, A.RECORD_MINUTES, A.NOTIFY_PROSECUTOR)

# A step, or a step with other details than the usual ones.
Steps = Sequence[Action | tuple[Action, Details]]
NO_LONGER = (A.WITHDRAW_CONSULTATION, USUAL[A.WITHDRAW_CONSULTATION])
SCOPE_MISSED = (A.CHECK_SCOPE, OUT_OF_SCOPE)
NOT_YET = (A.CHECK_ADMISSIBILITY, NOT_CONTACTED)
NORM_MET = (A.ASSESS_NORM, NormAssessment("law", NormVerdict.MET, "In time."))
NO_LINK = (A.CHECK_LINK, LinkCheck(ProtectionGround.TESTIFIED, Met.NOT_MET, "It was before."))
GOOD_REASON = (
    A.ASSESS_JUSTIFICATION,
    JustificationCheck(JustificationVerdict.SUFFICIENT, "The post was abolished for all."),
)
ASKED = (A.ACKNOWLEDGE, A.CHECK_LINK, A.RECORD_CONSENT, A.ASK_JUSTIFICATION, *HEARD)
FOLLOWED_UP = (A.CLOSE, A.ANSWER_RECOMMENDATION)
KEPT = (A.CLOSE, A.SET_RETENTION, A.HOLD_ERASURE, A.LIFT_HOLD)
CONCLUDED = (A.RECORD_FINDINGS, A.RECOMMEND, A.CONCLUDE, *FOLLOWED_UP)
CAME_BACK = (
    A.ACKNOWLEDGE,
    NOT_YET,
    A.ASK_SERVICE_FIRST,
    A.RESUME_AFTER_SERVICE,
    A.CHECK_ADMISSIBILITY,
)
FOUNDED = (A.ASSESS_NORM, A.CONCLUDE_FOUNDED, A.RECOMMEND, *FOLLOWED_UP)

PATHS: dict[Flow, Sequence[Steps]] = {
    Flow.REPORT: [
        [*INVESTIGATED, A.EXTEND_FEEDBACK, A.GIVE_FEEDBACK, *EVERYWHERE, *CONCLUDED, A.REOPEN],
        [*INVESTIGATED, *HEARD, A.RECORD_DISCLOSURE, A.RECORD_FINDINGS, A.CONCLUDE, A.CLOSE],
        [*INVESTIGATED, A.PREPARE_CONSULTATION, NO_LONGER, A.TRANSMIT, A.CLOSE],
        [*ROUTED, A.ADVISE_INTERNAL, A.ACCEPT_EXTERNAL, A.DISMISS_MINOR, A.CLOSE],
        [A.WAIVE_ACKNOWLEDGEMENT, A.CHECK_SCOPE, A.DISMISS_REPETITIVE, A.CLOSE],
        [A.ACKNOWLEDGE, A.INVITE_OTHER_FLOW, SCOPE_MISSED, A.DECLARE_INADMISSIBLE, A.CLOSE],
        [*ROUTED, A.ADVISE_INTERNAL, *KEPT],
    ],
    Flow.COMPLAINT: [
        [*ADMITTED, A.CONCLUDE_RECONCILED, A.CLOSE, A.REOPEN],
        [*CAME_BACK, A.ACCEPT, A.SUSPEND, A.RESUME, A.START_EXAMINATION, *HEARD, *FOUNDED],
        [*EXAMINED, *HEARD, A.ASSESS_NORM, A.CONCLUDE_PARTLY_FOUNDED, A.CLOSE],
        [*EXAMINED, *HEARD, NORM_MET, A.CONCLUDE_UNFOUNDED, A.CLOSE],
        [*ADMITTED, A.CONCLUDE_UNFOUNDED_ON_PAPERS, A.CLOSE],
        [*EXAMINED, A.PREPARE_CONSULTATION, NO_LONGER, A.TRANSMIT, A.CLOSE],
        [A.ACKNOWLEDGE, NOT_YET, A.DECLARE_INADMISSIBLE, A.CLOSE],
        [A.ACKNOWLEDGE, A.CHECK_ADMISSIBILITY, A.REFER, *KEPT],
        [A.INVITE_OTHER_FLOW, A.SET_IDENTITY_DISCLOSURE, *EVERYWHERE, A.WITHDRAW, A.CLOSE],
    ],
    Flow.PROTECTION: [
        [*ASKED, A.ASSESS_JUSTIFICATION, A.RECOMMEND, A.CONCLUDE_REPRISAL, *FOLLOWED_UP, A.REOPEN],
        [*ASKED, GOOD_REASON, A.CONCLUDE_JUSTIFIED, A.CLOSE],
        [A.ACKNOWLEDGE, NO_LINK, A.CONCLUDE_NOT_LINKED, *KEPT],
        [A.ACKNOWLEDGE, *EVERYWHERE, A.DECLARE_INADMISSIBLE, A.CLOSE],
        [*ASKED[:4], A.PREPARE_CONSULTATION, NO_LONGER, A.WITHDRAW, A.CLOSE],
    ],
}
ALL_PATHS = [(flow, path) for flow, paths in PATHS.items() for path in paths]
# One of each flow is enough there: the rules are the same, the rows are another database's.
ON_A_DATABASE = [
    *(("sqlite", flow, path) for flow, path in ALL_PATHS),
    *(("postgresql", flow, paths[0]) for flow, paths in PATHS.items()),
]
FACTS: dict[Flow, Facts] = {
    Flow.REPORT: REPORT,
    Flow.COMPLAINT: COMPLAINT,
    Flow.PROTECTION: PROTECTION,
}


def _action(step: Action | tuple[Action, Details]) -> Action:
    return step if isinstance(step, Action) else step[0]


def test_the_paths_take_every_action_that_staff_take() -> None:
    taken = {(flow, _action(step)) for flow, path in ALL_PATHS for step in path}

    expected = {(row.flow, row.action) for row in TRANSITIONS if row.actor is Actor.STAFF}
    # Linking needs a second case and a release a second person; they have tests of their own.
    assert taken == {pair for pair in expected if pair[1] not in (A.LINK_CASE, A.RELEASE_NOTICE)}


@pytest.mark.parametrize(
    ("backend", "flow", "path"), ON_A_DATABASE, ids=lambda value: str(value)[:40]
)
def test_a_case_goes_its_way_and_the_reporter_reads_each_step(
    office: Office, flow: Flow, path: Steps
) -> None:
    ours = scene(office, FACTS[flow])
    for step in path:
        action = _action(step)
        # Whoever prepares a question about a report does not release it.
        login = "ingrid" if action is A.PREPARE_CONSULTATION else "hilde"
        details = None if isinstance(step, Action) else step[1]
        acted = ours.act(action, login, f"about {action}", f"because {action}", details)

    actions = [_action(step) for step in path]
    thread = ours.reporters_thread()
    assert [message.action for message in thread.messages[1:]] == actions
    assert [message.text for message in thread.messages[1:]] == [f"about {a}" for a in actions]
    assert thread.messages[-1].state is acted.state
    assert {message.author for message in thread.messages[1:]} == {Author.OFFICE}
    assert {message.kind for message in thread.messages[1:]} == {MessageKind.DECISION}
    assert thread.warnings == ()
    with office.database.reading() as session:
        case = ours.open(session)
        assert office_thread(session, case).messages == thread.messages
    assert [step.action for step in case.history] == actions
    assert [step.reason for step in case.history] == [f"because {a}" for a in actions]
    assert [step.message_position for step in case.history] == [*range(2, len(case.history) + 2)]
    assert case.history[0].at == office.clock.now()
    assert case.file.running == frozenset() or acted.state is not State.CLOSED


def test_a_reference_is_given_when_a_case_is_acknowledged(office: Office) -> None:
    first, second, other = scene(office), scene(office), scene(office, COMPLAINT)

    references = [each.act(A.ACKNOWLEDGE).reference for each in (second, first, other)]

    assert references == ["SI.2026.0001", "SI.2026.0002", "OM.2026.0001"]
    assert first.reporters_thread().messages[-1].reference == "SI.2026.0002"


def test_a_service_that_a_step_does_not_tell_is_not_told_whatever_was_written(
    office: Office,
) -> None:
    ours = scene(office, COMPLAINT)
    ours.go(*EXAMINED, A.CONCLUDE_UNFOUNDED_ON_PAPERS)

    with office.database.reading() as session:
        assert [step.notice for step in ours.open(session).history] == [""] * 5


def test_the_message_that_gives_the_reference_can_name_it(office: Office) -> None:
    ours = scene(office, COMPLAINT)

    ours.act(A.ACKNOWLEDGE, message="Your reference is {reference}. {Reference} {0} stay.")

    text = ours.reporters_thread().messages[-1].text
    assert text == "Your reference is OM.2026.0001. {Reference} {0} stay."


def test_a_reopened_case_keeps_its_reference(office: Office) -> None:
    ours = scene(office)
    given = ours.act(A.ACKNOWLEDGE, "hilde").reference
    ours.act(A.CHECK_SCOPE, details=OUT_OF_SCOPE)
    acted = ours.go(A.DECLARE_INADMISSIBLE, A.CLOSE, A.REOPEN, login="hilde")

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


def _running(ours: Scene) -> dict[str, date]:
    with ours.office.database.reading() as session:
        return {clock.kind: clock.due_on for clock in running_clocks(session, ours.case_id)}


def test_clocks_stop_and_start_with_the_steps(office: Office, clock: FixedClock) -> None:
    ours = scene(office, COMPLAINT)
    due = []
    for action in (A.ACKNOWLEDGE, A.CHECK_ADMISSIBILITY, A.ACCEPT, A.CONCLUDE_UNFOUNDED_ON_PAPERS):
        clock.advance(days=1)
        ours.act(action)
        due.append(_running(ours))

    assert due == [
        {"admissibility": date(2026, 12, 8)},
        {"admissibility": date(2026, 12, 8)},
        {"news": date(2026, 12, 26)},
        {},
    ]
    with office.database.reading() as session:
        stopped = {clock.kind: clock.stopped_on for clock in clocks(session, ours.case_id)}
    assert stopped == {
        "acknowledgement": date(2026, 11, 24),
        "admissibility": date(2026, 11, 26),
        "news": date(2026, 11, 27),
    }


def test_a_clock_stands_still_while_the_case_is_on_hold(office: Office, clock: FixedClock) -> None:
    ours = scene(office, COMPLAINT)
    ours.go(*ADMITTED)
    clock.advance(days=10)
    ours.act(A.SUSPEND)
    with office.database.reading() as session:
        assert ours.open(session).due_on is None
    clock.advance(days=100)

    ours.act(A.RESUME)

    # The message that says so is news, and promises the next within thirty days.
    assert _running(ours) == {"news": date(2027, 4, 12)}


def test_feedback_is_extended_once_to_six_months_from_receipt(
    office: Office, clock: FixedClock
) -> None:
    ours = scene(office)
    ours.go(*INVESTIGATED)
    clock.advance(days=80)
    ours.act(A.EXTEND_FEEDBACK)

    assert _running(ours) == {"feedback": date(2027, 5, 23)}
    with pytest.raises(Refused) as refused:
        ours.act(A.EXTEND_FEEDBACK)
    assert refused.value.reason is Reason.NOT_YET_EXTENDED


def test_each_recommendation_has_a_clock_that_outlives_the_case(office: Office) -> None:
    ours = scene(office)
    ours.go(*INVESTIGATED, A.RECORD_FINDINGS, A.RECOMMEND)
    other = replace(USUAL[A.RECOMMEND], id=b"advice-000000002", due_on=date(2027, 1, 31))
    ours.act(A.RECOMMEND, details=other)
    ours.go(A.CONCLUDE, A.CLOSE)

    accepted = replace(USUAL[A.ANSWER_RECOMMENDATION], answer=RecommendationResponse.ACCEPTED)
    ours.act(A.ANSWER_RECOMMENDATION, details=accepted)
    with office.database.reading() as session:
        assert len(running_clocks(session, ours.case_id)) == 2
    ours.act(A.ANSWER_RECOMMENDATION)

    assert _running(ours) == {"recommendation": date(2027, 1, 31)}
    with pytest.raises(Refused) as refused:
        ours.act(A.ANSWER_RECOMMENDATION)
    assert refused.value.reason is Reason.UNKNOWN_SUBJECT


def test_whoever_prepared_a_question_about_a_report_does_not_release_it(office: Office) -> None:
    ours = scene(office)
    ours.go(*INVESTIGATED, A.PREPARE_CONSULTATION)

    with pytest.raises(Refused) as refused:
        ours.act(A.RELEASE_CONSULTATION)

    assert refused.value.reason is Reason.SECOND_PERSON_NEEDED
    ours.act(A.RELEASE_CONSULTATION, "hilde")
    assert _running(ours)["consultation"] == DUE


def test_the_person_takes_a_waiting_complaint_up_again(office: Office) -> None:
    ours = scene(office, COMPLAINT)
    ours.act(A.ACKNOWLEDGE)
    ours.act(A.CHECK_ADMISSIBILITY, details=NOT_CONTACTED)
    ours.act(A.ASK_SERVICE_FIRST)
    token, today = ours.come_back(), office.clock.now().date()
    with office.database.writing() as session:
        mailbox = ours.mailbox(session, token)
        act_by_reporter(session, mailbox, A.REPORTER_CAME_BACK, today, office.rules())

    with office.database.reading() as session:
        case = ours.open(session)
    assert case.state is State.ADMISSIBILITY
    assert case.dossier.admissibility is None
    assert (case.history[-1].action, case.history[-1].at) == (A.REPORTER_CAME_BACK, None)
    assert _running(ours) == {"admissibility": date(2026, 12, 7)}


def test_the_person_chooses_the_external_channel_against_the_advice(office: Office) -> None:
    ours = scene(office, report(reprisals=None))
    ours.go(A.ACKNOWLEDGE, A.CHECK_SCOPE)
    ours.act(A.CHECK_INTERNAL_CHANNEL, details=NOT_KNOWN)
    ours.act(A.ADVISE_INTERNAL, reason="")
    token, today = ours.come_back(), office.clock.now().date()
    with office.database.writing() as session:
        mailbox = ours.mailbox(session, token)
        act_by_reporter(session, mailbox, A.REPORTER_CHOSE_EXTERNAL, today, office.rules())

    with pytest.raises(Refused) as refused:
        ours.act(A.ADVISE_INTERNAL)

    assert refused.value.reason is Reason.EXTERNAL_NOT_CHOSEN
    assert ours.act(A.ACCEPT_EXTERNAL, reason="").state is State.INVESTIGATION


def test_a_message_is_asked_where_the_reporter_must_read_one(office: Office) -> None:
    with pytest.raises(MessageRequired):
        scene(office).act(A.ACKNOWLEDGE, message="")


def test_a_case_can_be_closed_without_a_word(office: Office) -> None:
    ours = scene(office)
    ours.act(A.ACKNOWLEDGE)
    ours.act(A.CHECK_SCOPE, details=OUT_OF_SCOPE)
    ours.act(A.DECLARE_INADMISSIBLE)
    ours.act(A.CLOSE, message="", reason="")

    assert len(ours.reporters_thread().messages) == 3


def test_the_internal_channel_is_advised_against_a_reason_only_with_a_written_one(
    office: Office,
) -> None:
    ours = scene(office)
    ours.go(*ROUTED)

    with pytest.raises(ReasonRequired):
        ours.act(A.ADVISE_INTERNAL, reason="  ")

    acted = ours.act(A.ADVISE_INTERNAL, reason="the chief has left since")
    assert acted.state is State.ADVISED_INTERNAL


def test_the_external_channel_needs_a_reason_where_the_answers_speak_for_the_internal_one(
    office: Office,
) -> None:
    ours = scene(office, report(reprisals=None))
    ours.go(A.ACKNOWLEDGE, A.CHECK_SCOPE)
    ours.act(A.CHECK_INTERNAL_CHANNEL, details=NOT_KNOWN)

    with pytest.raises(ReasonRequired):
        ours.act(A.ACCEPT_EXTERNAL, reason="")


def test_nobody_is_told_who_was_never_asked_and_whoever_was_asked_is_told(office: Office) -> None:
    on_papers, heard = scene(office, COMPLAINT), scene(office, COMPLAINT)
    on_papers.go(*EXAMINED)
    heard.go(*EXAMINED, *HEARD)
    heard.act(A.ASSESS_NORM, details=NORM_MET[1])

    for ours, action, reason in (
        (on_papers, A.CONCLUDE_UNFOUNDED, Reason.SERVICE_CONTACTED),
        (heard, A.CONCLUDE_UNFOUNDED_ON_PAPERS, Reason.SERVICE_NOT_CONTACTED),
    ):
        with pytest.raises(Refused) as refused:
            ours.act(action)
        assert refused.value.reason is reason
    with pytest.raises(NoticeRequired):
        heard.act(A.CONCLUDE_UNFOUNDED, notice=" ")


def test_an_action_out_of_turn_is_refused_and_changes_nothing(office: Office) -> None:
    ours = scene(office)

    for action in (A.CONCLUDE, A.CONCLUDE_FOUNDED):
        with pytest.raises(Refused) as refused:
            ours.act(action)
        assert refused.value.reason is Reason.NOT_IN_THIS_STATE

    with office.database.reading() as session:
        case = ours.open(session)
        assert (case.state, case.version) == (State.RECEIVED, 1)
        assert case.history == ()


def test_only_the_head_can_reopen(office: Office) -> None:
    ours = scene(office)
    ours.act(A.ACKNOWLEDGE)
    ours.act(A.CHECK_SCOPE, details=OUT_OF_SCOPE)
    ours.go(A.DECLARE_INADMISSIBLE, A.CLOSE)

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
    ours.act(A.CHECK_SCOPE, "hilde")

    with office.database.writing() as session:
        case, now = ours.open(session), office.clock.now()
        with pytest.raises(StaleCase):
            transitions.act(
                session, case, A.CHECK_SCOPE, Written(), ingrid, page, now, office.rules()
            )
    with office.database.reading() as session:
        assert len(ours.open(session).history) == 2


def test_of_two_who_decide_at_the_same_moment_one_is_told(office: Office) -> None:
    ours = scene(office)
    office.signed_in("ingrid")
    with office.database.reading() as session:
        opened = ours.open(session)

    def decide(_: int) -> str:
        by, now = office.signed_in("ingrid"), office.clock.now()
        try:
            with office.database.writing() as session:
                transitions.act(
                    session, opened, A.ACKNOWLEDGE, Written("m"), by, 1, now, office.rules()
                )
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
    assert offered.pop(A.ANSWER_RECOMMENDATION) == Denied(Reason.A_RECOMMENDATION_OPEN)
    assert offered.pop(A.REPORTER_CHOSE_EXTERNAL) == Denied(Reason.NOT_BY_STAFF)
    assert offered.pop(A.CHECK_SCOPE) == Denied(Reason.NOT_IN_THIS_STATE)
    assert {action for action, verdict in offered.items() if isinstance(verdict, Allowed)} == {
        A.WAIVE_ACKNOWLEDGEMENT,
        A.PRIORITISE,
        A.RECORD_MINUTES,
        A.RECORD_DISCLOSURE,
        A.NOTIFY_PROSECUTOR,
        A.LINK_CASE,
        A.INVITE_OTHER_FLOW,
        A.HOLD_ERASURE,
    }


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


def test_a_letter_about_a_report_waits_for_a_second_person(office: Office) -> None:
    ours = scene(office)
    ours.go(*INVESTIGATED, A.RECORD_FINDINGS)
    ours.act(A.RECOMMEND, notice="Answer in time.")
    with office.database.reading() as session:
        case = ours.open(session)
    position = case.history[-1].position
    assert case.file.notice_waits(position)

    with pytest.raises(Refused) as refused:
        ours.act(A.RELEASE_NOTICE, "ingrid", details=NoticeRelease(position))
    assert refused.value.reason is Reason.SECOND_PERSON_NEEDED
    ours.act(A.RELEASE_NOTICE, "hilde", details=NoticeRelease(position))

    with office.database.reading() as session:
        assert not ours.open(session).file.notice_waits(position)
    with pytest.raises(Refused) as refused:
        ours.act(A.RELEASE_NOTICE, "hilde", details=NoticeRelease(position))
    assert refused.value.reason is Reason.A_NOTICE_WAITING


def test_a_letter_about_a_complaint_with_a_known_author_leaves_at_once(office: Office) -> None:
    known, withheld = (
        scene(office, replace(COMPLAINT, identity_withheld=each)) for each in (False, True)
    )
    waits = []
    for ours in (known, withheld):
        ours.go(*EXAMINED)
        ours.act(A.RECOMMEND, notice="Answer in time.")
        with office.database.reading() as session:
            case = ours.open(session)
        waits.append(case.file.notice_waits(case.history[-1].position))

    assert waits == [False, True]


@pytest.mark.parametrize("position", [2, 3])
def test_a_case_whose_history_lost_a_step_is_damaged(office: Office, position: int) -> None:
    """Otherwise somebody who can write to the tables could take back that a name stays secret."""
    ours = scene(office, COMPLAINT)
    ours.go(A.ACKNOWLEDGE, A.CHECK_ADMISSIBILITY, A.ACCEPT)
    with office.database.writing() as session:
        lost = delete(TransitionEntry).where(
            TransitionEntry.case_id == ours.case_id, TransitionEntry.position == position
        )
        session.execute(lost)

    with office.database.reading() as session, pytest.raises(CaseDamaged):
        ours.open(session)
