"""The table of transitions is complete, and every clock that starts is stopped."""

from collections import Counter

import pytest

from cases.domain.clocks import PERIODS
from cases.domain.flows import (
    ALL_CLOCKS,
    FINAL_STATE,
    FIRST_STATE,
    STARTED_AT_RECEIPT,
    TRANSITIONS,
    Action,
    ClockKind,
    Flow,
    Guard,
    State,
    states_of,
    transition,
    transitions_of,
)
from cases.domain.roles import ROLE_PERMISSIONS

FLOWS = list(Flow)


def _reachable(flow: Flow) -> set[State]:
    reached, before = {FIRST_STATE}, set[State]()
    while reached != before:
        before = set(reached)
        reached |= {row.target for row in transitions_of(flow) if reached & set(row.sources)}
    return reached


def test_every_state_belongs_to_a_flow() -> None:
    assert set(State) == states_of(Flow.REPORT) | states_of(Flow.COMPLAINT)


def test_every_action_and_guard_is_used() -> None:
    assert {row.action for row in TRANSITIONS} == set(Action)
    assert {row.guard for row in TRANSITIONS if row.guard} == set(Guard)


@pytest.mark.parametrize("flow", FLOWS)
def test_every_state_can_be_reached(flow: Flow) -> None:
    assert _reachable(flow) == states_of(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_every_state_but_the_final_one_leads_to_it(flow: Flow) -> None:
    leads = {FINAL_STATE}
    for _ in State:
        leads |= {s for row in transitions_of(flow) if row.target in leads for s in row.sources}

    assert leads == states_of(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_only_reopening_leaves_the_final_state(flow: Flow) -> None:
    leaving = [row.action for row in transitions_of(flow) if FINAL_STATE in row.sources]

    assert leaving == [Action.REOPEN]


@pytest.mark.parametrize("flow", FLOWS)
def test_an_action_has_one_row_in_a_flow(flow: Flow) -> None:
    counted = Counter(row.action for row in transitions_of(flow))

    assert set(counted.values()) == {1}


@pytest.mark.parametrize("flow", FLOWS)
def test_every_clock_that_starts_has_a_term(flow: Flow) -> None:
    started = set(STARTED_AT_RECEIPT[flow])
    started |= {kind for row in transitions_of(flow) for kind in row.starts}

    assert {kind for each, kind in PERIODS if each is flow} == started


@pytest.mark.parametrize("flow", FLOWS)
def test_no_clock_runs_in_a_closed_case(flow: Flow) -> None:
    """Every combination of state and running clocks that the table can lead to is visited."""
    start = (FIRST_STATE, frozenset(STARTED_AT_RECEIPT[flow]))
    seen, waiting = {start}, [start]
    while waiting:
        state, running = waiting.pop()
        for row in transitions_of(flow):
            after = (row.target, (running - set(row.stops)) | set(row.starts))
            if state in row.sources and after not in seen:
                seen.add(after)
                waiting.append(after)

    assert {running for state, running in seen if state is FINAL_STATE} == {frozenset[ClockKind]()}


def test_every_permission_that_a_row_asks_is_someones() -> None:
    given = frozenset[object]().union(*ROLE_PERMISSIONS.values())

    assert {row.permission for row in TRANSITIONS} <= given


def test_only_an_acknowledgement_gives_a_reference() -> None:
    giving = {row.action for row in TRANSITIONS if row.gives_reference}

    assert giving == {Action.ACKNOWLEDGE}


def test_what_ends_a_case_against_the_reporters_wish_needs_a_written_reason() -> None:
    for action in (Action.DECLARE_INADMISSIBLE, Action.TRANSMIT, Action.REFER, Action.REOPEN):
        rows = [row for row in TRANSITIONS if row.action is action]
        assert rows
        assert all(row.reason_required for row in rows)


def test_every_decision_but_closing_and_reopening_is_told() -> None:
    silent = {row.action for row in TRANSITIONS if not row.message_required}

    assert silent == {Action.CLOSE, Action.REOPEN}


def test_closing_stops_every_clock() -> None:
    assert all(row.stops == ALL_CLOCKS for row in TRANSITIONS if row.action is Action.CLOSE)


def test_an_action_of_the_other_flow_is_unknown() -> None:
    assert transition(Flow.COMPLAINT, Action.TRANSMIT) is None
