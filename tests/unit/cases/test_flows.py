"""The tables of transitions are complete, and every clock that starts has a term and an end."""

from collections import Counter

import pytest

from cases.domain.details import DETAIL_CLASSES
from cases.domain.flows import (
    AUTOMATIC_ACTIONS,
    FINAL_STATE,
    FIRST_STATE,
    STARTED_AT_RECEIPT,
    STOPPED_BY_CLOSING,
    TRANSITIONS,
    WITH_A_SUBJECT,
    Action,
    Actor,
    ClockKind,
    Detail,
    Flow,
    Guard,
    Need,
    Notice,
    State,
    Transition,
    outcomes_of,
    states_of,
    transition,
    transitions_of,
)
from cases.domain.needs import PREDICATES
from cases.domain.reference import Unit, shipped
from cases.domain.roles import ROLE_PERMISSIONS
from cases.reasons import Reason

FLOWS = list(Flow)
A = Action


def _by_staff(flow: Flow) -> list[Transition]:
    return [row for row in transitions_of(flow) if row.actor is Actor.STAFF]


def _reachable(flow: Flow) -> set[State]:
    reached, before = {FIRST_STATE}, set[State]()
    while reached != before:
        before = set(reached)
        reached |= {
            row.target for row in transitions_of(flow) if row.target and reached & {*row.sources}
        }
    return reached


def _row(flow: Flow, action: Action) -> Transition:
    row = transition(flow, action)
    assert row is not None
    return row


def test_every_state_belongs_to_a_flow() -> None:
    assert set(State) == {state for flow in Flow for state in states_of(flow)}


def test_every_action_is_a_row_of_some_flow() -> None:
    assert {row.action for row in TRANSITIONS} == set(Action)


def test_every_need_is_used_and_has_a_rule_and_a_reason() -> None:
    used = {need for row in TRANSITIONS for need in row.needs}

    assert set(PREDICATES) == set(Need)
    assert {need.value for need in Need} <= {reason.value for reason in Reason}
    # Asked together with a consultation's own state, and by the pages.
    assert set(Need) - used == set()


def test_every_guard_and_detail_is_used_and_has_its_class() -> None:
    assert {row.guard for row in TRANSITIONS if row.guard} == set(Guard)
    # A scan of a file is a step of no flow.
    used = {row.detail for row in TRANSITIONS if row.detail} | {Detail.FILE_SCAN}
    assert used == set(Detail) == set(DETAIL_CLASSES)
    assert len(set(DETAIL_CLASSES.values())) == len(Detail)


def test_every_row_names_where_it_comes_from() -> None:
    assert [row for row in TRANSITIONS if not row.source.strip()] == []


def test_every_row_starts_somewhere() -> None:
    assert all(row.sources and len(set(row.sources)) == len(row.sources) for row in TRANSITIONS)


@pytest.mark.parametrize("flow", FLOWS)
def test_an_action_has_one_row_in_a_flow(flow: Flow) -> None:
    counted = Counter(row.action for row in transitions_of(flow))

    assert set(counted.values()) == {1}


@pytest.mark.parametrize("flow", FLOWS)
def test_every_state_can_be_reached(flow: Flow) -> None:
    assert _reachable(flow) == states_of(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_staff_can_lead_every_state_to_the_final_one(flow: Flow) -> None:
    leads = {FINAL_STATE}
    for _ in State:
        leads |= {s for row in _by_staff(flow) if row.target in leads for s in row.sources}

    assert leads == states_of(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_only_reopening_leaves_the_final_state(flow: Flow) -> None:
    at_the_end = {
        row.action: row.target for row in transitions_of(flow) if FINAL_STATE in row.sources
    }

    # After closing a recommendation is followed up, a related case is noted, and it is decided how
    # long the file is kept; no more.
    assert {action for action, target in at_the_end.items() if target} == {A.REOPEN}
    kept_from_the_service = {A.RELEASE_NOTICE} if flow is not Flow.PROTECTION else set()
    assert set(at_the_end) == {
        A.REOPEN,
        A.ANSWER_RECOMMENDATION,
        A.LINK_CASE,
        A.SET_RETENTION,
        A.HOLD_ERASURE,
        A.LIFT_HOLD,
        *kept_from_the_service,
    }


@pytest.mark.parametrize("flow", FLOWS)
def test_a_case_is_closed_from_its_outcomes_and_from_nowhere_else(flow: Flow) -> None:
    closing = [row for row in transitions_of(flow) if row.target is FINAL_STATE]

    assert [row.action for row in closing] == [A.CLOSE]
    assert set(closing[0].sources) == set(outcomes_of(flow))
    assert closing[0].stops == STOPPED_BY_CLOSING


def test_closing_stops_every_clock_but_that_of_a_recommendation() -> None:
    assert set(ClockKind) - set(STOPPED_BY_CLOSING) == {ClockKind.RECOMMENDATION}
    assert {ClockKind.CONSULTATION, ClockKind.RECOMMENDATION} == WITH_A_SUBJECT
    final = [row for row in TRANSITIONS if ClockKind.RECOMMENDATION in row.stops]
    assert {row.action for row in final} == {A.ANSWER_RECOMMENDATION}


@pytest.mark.parametrize("flow", FLOWS)
def test_every_clock_of_a_flow_has_a_shipped_term_with_a_source(flow: Flow) -> None:
    rules = shipped()
    started = set(STARTED_AT_RECEIPT[flow])
    started |= {kind for row in transitions_of(flow) for kind in row.starts}

    assert {row.clock for row in rules.periods if row.flow is flow} == started
    assert all(row.period.source and row.period.length > 0 for row in rules.periods)


def test_every_clock_that_a_row_touches_can_run_in_its_flow() -> None:
    for flow in Flow:
        rows = transitions_of(flow)
        started = set(STARTED_AT_RECEIPT[flow]) | {kind for row in rows for kind in row.starts}
        touched = {kind for row in rows for kind in (*row.suspends, *row.resumes, *row.extends)}

        assert touched <= started


def test_what_is_extended_has_an_extended_term_and_what_is_suspended_is_resumed() -> None:
    rules = shipped()
    for row in TRANSITIONS:
        for kind in row.extends:
            terms = [
                each.period for each in rules.periods if (each.flow, each.clock) == (row.flow, kind)
            ]
            assert {term.extended for term in terms} == {(6, Unit.MONTHS)}
    for flow in Flow:
        rows = transitions_of(flow)
        assert {k for row in rows for k in row.suspends} == {k for row in rows for k in row.resumes}


def test_every_permission_that_a_row_asks_is_someones() -> None:
    given = frozenset[object]().union(*ROLE_PERMISSIONS.values())

    assert {row.permission for row in TRANSITIONS} <= given


def test_a_reference_is_given_with_the_first_step_of_the_office() -> None:
    giving = {row.action for row in TRANSITIONS if row.gives_reference}

    assert giving == {A.ACKNOWLEDGE, A.WAIVE_ACKNOWLEDGEMENT}
    assert {row.sources for row in TRANSITIONS if row.gives_reference} == {(FIRST_STATE,)}


def test_only_the_machine_takes_the_steps_of_a_day_and_they_carry_nothing() -> None:
    of_time = [row for row in TRANSITIONS if row.actor is Actor.TIME]

    assert {row.action for row in of_time} == set(AUTOMATIC_ACTIONS)
    assert all(row.detail is None and not row.message_required for row in of_time)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.flow}-{row.action}")
def test_nobody_but_staff_has_to_write_anything(row: Transition) -> None:
    if row.actor is not Actor.STAFF:
        assert not row.message_required
        assert not row.reason_required
        assert row.notice is Notice.NEVER


# Every step to an outcome is told to the person; the others that are told, with why.
TOLD_BESIDES = {
    A.ACKNOWLEDGE,
    A.ACCEPT,
    A.ASK_SERVICE_FIRST,
    A.SUSPEND,
    A.RESUME,
    A.ACCEPT_EXTERNAL,
    A.EXTEND_FEEDBACK,
    A.GIVE_FEEDBACK,
    A.ASK_JUSTIFICATION,
    A.INVITE_OTHER_FLOW,
}


@pytest.mark.parametrize("flow", FLOWS)
def test_every_outcome_is_told_to_the_person(flow: Flow) -> None:
    told = {row.action for row in _by_staff(flow) if row.message_required}
    deciding = {row.action for row in _by_staff(flow) if row.target in outcomes_of(flow)}

    assert deciding <= told
    assert told - deciding <= TOLD_BESIDES


def test_what_ends_a_case_against_the_reporters_wish_gives_its_reason() -> None:
    for action in (
        A.DECLARE_INADMISSIBLE,
        A.DISMISS_MINOR,
        A.DISMISS_REPETITIVE,
        A.WITHDRAW,
        A.EXTEND_FEEDBACK,
        A.WAIVE_ACKNOWLEDGEMENT,
        A.PRIORITISE,
        A.REOPEN,
        A.SET_RETENTION,
        A.HOLD_ERASURE,
        A.LIFT_HOLD,
    ):
        rows = [row for row in TRANSITIONS if row.action is action]
        assert rows
        assert all(row.reason_required for row in rows), action


@pytest.mark.parametrize(
    ("flow", "action", "notice"),
    [
        # Manifestly inadmissible: the service is not told; unless it was asked before.
        (Flow.COMPLAINT, A.DECLARE_INADMISSIBLE, Notice.IF_CONTACTED),
        (Flow.COMPLAINT, A.ASK_SERVICE_FIRST, Notice.NEVER),
        (Flow.COMPLAINT, A.CONCLUDE_UNFOUNDED_ON_PAPERS, Notice.NEVER),
        (Flow.COMPLAINT, A.CONCLUDE_UNFOUNDED, Notice.ALWAYS),
        (Flow.COMPLAINT, A.CONCLUDE_FOUNDED, Notice.ALWAYS),
        (Flow.COMPLAINT, A.CONCLUDE_PARTLY_FOUNDED, Notice.ALWAYS),
        (Flow.COMPLAINT, A.CONCLUDE_RECONCILED, Notice.IF_CONTACTED),
        (Flow.REPORT, A.ADVISE_INTERNAL, Notice.NEVER),
        (Flow.REPORT, A.ACCEPT_EXTERNAL, Notice.NEVER),
        (Flow.REPORT, A.CONCLUDE, Notice.IF_CONTACTED),
        (Flow.PROTECTION, A.CONCLUDE_NOT_LINKED, Notice.NEVER),
        (Flow.PROTECTION, A.CONCLUDE_JUSTIFIED, Notice.ALWAYS),
        (Flow.PROTECTION, A.CONCLUDE_REPRISAL, Notice.ALWAYS),
        *((flow, A.RECOMMEND, Notice.ALWAYS) for flow in Flow),
    ],
)
def test_the_service_is_told_of_what_the_procedure_says(
    flow: Flow, action: Action, notice: Notice
) -> None:
    assert _row(flow, action).notice is notice


def test_routing_and_investigation_of_a_report_stand_behind_the_internal_channel_check() -> None:
    into = {
        state: {r.action for r in transitions_of(Flow.REPORT) if r.target is state}
        for state in State
    }

    # Back to routing on the reporter's word: advice was given there before, after the check.
    assert into[State.ROUTING] == {A.CHECK_INTERNAL_CHANNEL, A.REPORTER_CHOSE_EXTERNAL}
    assert into[State.INVESTIGATION] == {A.ACCEPT_EXTERNAL}
    for action in (A.ACCEPT_EXTERNAL, A.ADVISE_INTERNAL):
        assert Need.INTERNAL_CHANNEL_CHECKED in _row(Flow.REPORT, action).needs
    assert _row(Flow.REPORT, A.REPORTER_CHOSE_EXTERNAL).sources == (State.ADVISED_INTERNAL,)


def test_no_question_leaves_the_office_once_it_has_decided_but_to_put_something_right() -> None:
    for flow in Flow:
        sources = set(_row(flow, A.RELEASE_CONSULTATION).sources)

        assert sources == set(_row(flow, A.PREPARE_CONSULTATION).sources)
        assert sources & set(outcomes_of(flow)) <= {State.FOUNDED, State.PARTLY_FOUNDED}


def test_an_action_of_another_flow_is_unknown() -> None:
    assert transition(Flow.COMPLAINT, A.CHECK_INTERNAL_CHANNEL) is None
    assert transition(Flow.PROTECTION, A.INVITE_OTHER_FLOW) is None
