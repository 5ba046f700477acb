"""How long a file is kept: the rule for each outcome and day, and the day on which it ends."""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain.details import Retention
from cases.domain.dossier import Recorded, fold
from cases.domain.flows import Action, Flow, State, outcomes_of
from cases.domain.reference import (
    Certainty,
    ReferenceData,
    RetentionRow,
    shipped,
    shipped_tables,
)
from cases.domain.reference.invariants import problems
from cases.domain.retention import by_the_rule, erase_on, outcome_of

DAY = date(2026, 11, 24)
TEN_YEARS = Retention(120, 120, "a policy")
ALL = RetentionRow(Flow.COMPLAINT, None, 120, "all", Certainty.CONFIRMED, date(2024, 7, 1))
OWN = replace(
    ALL, outcome=State.INADMISSIBLE, months=12, valid_from=DAY, valid_until=date(2026, 12, 31)
)
RULES = ReferenceData(retentions=(ALL, OWN))


@pytest.mark.parametrize("flow", Flow)
def test_every_outcome_has_a_rule_on_any_day(flow: Flow) -> None:
    for outcome in outcomes_of(flow):
        for day in (date(2020, 1, 1), DAY, date(2090, 1, 1)):
            assert shipped().retention(flow, outcome, day).months >= 12


@pytest.mark.parametrize(
    ("closed_on", "months"),
    [
        (date(2022, 8, 1), 60),
        (date(2024, 6, 30), 60),
        (date(2024, 7, 1), 120),
        (DAY, 120),
        # Before anybody wrote a policy: the first one.
        (date(2020, 1, 1), 60),
    ],
)
def test_a_complaint_is_kept_by_the_policy_of_the_day_it_was_closed(
    closed_on: date, months: int
) -> None:
    rule = shipped().retention(Flow.COMPLAINT, State.FOUNDED, closed_on)

    assert (rule.months, rule.certainty) == (months, Certainty.CONFIRMED)


@pytest.mark.parametrize("flow", [Flow.REPORT, Flow.PROTECTION])
def test_what_no_policy_says_is_to_be_confirmed(flow: Flow) -> None:
    for outcome in outcomes_of(flow):
        assert shipped().retention(flow, outcome, DAY).certainty is Certainty.UNCERTAIN


@pytest.mark.parametrize(
    ("outcome", "day", "expected"),
    [
        (State.INADMISSIBLE, DAY, OWN),
        (State.INADMISSIBLE, date(2026, 11, 23), ALL),
        # The office ended its own row: the other one holds again.
        (State.INADMISSIBLE, date(2027, 1, 1), ALL),
        (State.FOUNDED, DAY, ALL),
    ],
)
def test_a_row_for_the_outcome_wins_while_it_holds(
    outcome: State, day: date, expected: RetentionRow
) -> None:
    assert RULES.retention(Flow.COMPLAINT, outcome, day) == expected


def test_a_flow_without_a_row_is_a_fault_of_the_office() -> None:
    with pytest.raises(KeyError):
        RULES.retention(Flow.REPORT, State.CONCLUDED, DAY)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("months", "0"),
        ("months", "1201"),
        ("months", "ten"),
        ("outcome", "examination"),
        ("outcome", "conclusion"),
        ("valid_from", ""),
    ],
)
def test_a_row_that_nobody_can_follow_is_refused(column: str, value: str) -> None:
    tables = {code: dict(rows) for code, rows in shipped_tables().items()}
    key = "complaint::2024-07-01"
    tables["retention"][key] = {**tables["retention"][key], column: value}

    assert [(each.kind, each.column) for each in problems(tables)] == [("retention", column)]


def test_the_row_for_every_outcome_cannot_be_withdrawn() -> None:
    tables = {code: dict(rows) for code, rows in shipped_tables().items()}
    del tables["retention"]["report::2023-06-06"]

    assert [each.key for each in problems(tables)] == ["report::2023-06-06"]


@pytest.mark.parametrize(
    ("closed_on", "months", "ends_on"),
    [
        (DAY, 120, date(2036, 11, 24)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (DAY, 0, DAY),
    ],
)
def test_months_are_counted_from_the_day_of_closing(
    closed_on: date, months: int, ends_on: date
) -> None:
    assert erase_on(closed_on, replace(TEN_YEARS, months=months)) == ends_on


def test_the_outcome_is_the_last_state_before_the_end() -> None:
    states = [State.RECEIVED, State.FOUNDED, State.CLOSED, State.ADMISSIBILITY]
    closed_again = [*states, State.INADMISSIBLE, State.CLOSED, State.CLOSED]

    assert outcome_of(closed_again) is State.INADMISSIBLE
    with pytest.raises(ValueError, match="outcome"):
        outcome_of([State.CLOSED])


def test_reopening_takes_the_period_away_and_leaves_a_hold() -> None:
    closed = fold(
        [
            Recorded(DAY, Action.HOLD_ERASURE, b"a"),
            Recorded(DAY, Action.CLOSE, b"a", TEN_YEARS),
        ]
    )
    reopened = fold(
        [
            Recorded(DAY, Action.HOLD_ERASURE, b"a"),
            Recorded(DAY, Action.CLOSE, b"a", TEN_YEARS),
            Recorded(DAY, Action.REOPEN, b"b"),
        ]
    )

    assert (closed.closed_on, closed.retention, closed.on_hold) == (DAY, TEN_YEARS, True)
    assert (reopened.closed_on, reopened.retention, reopened.on_hold) == (None, None, True)


def test_a_case_closed_before_periods_were_chosen_has_a_day_and_no_period() -> None:
    closed = fold([Recorded(DAY, Action.CLOSE, b"a")])
    chosen = fold(
        [Recorded(DAY, Action.CLOSE, b"a"), Recorded(DAY, Action.SET_RETENTION, b"a", TEN_YEARS)]
    )

    assert (closed.closed_on, closed.retention) == (DAY, None)
    assert (chosen.closed_on, chosen.retention) == (DAY, TEN_YEARS)


def test_the_rule_is_a_period_without_a_reason() -> None:
    assert by_the_rule(ALL) == Retention(120, 120, "all")
