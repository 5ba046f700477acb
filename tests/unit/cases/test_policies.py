"""Each rule answers yes, or no with its own code."""

import pytest

from cases.domain.facts import InternalChannel, InternalReason, Reprisals
from cases.domain.flows import TRANSITIONS, Action, Flow, State, transition
from cases.domain.policies import (
    Allowed,
    Denied,
    can_act,
    can_give_back,
    can_note,
    can_reply,
    can_share,
    can_take,
    reasons_against_internal,
)
from cases.domain.roles import Role
from cases.reasons import Reason
from tests.support.submissions import COMPLAINT, REPORT, report

INVESTIGATOR = frozenset({Role.INVESTIGATOR})
CUSTODIAN = frozenset({Role.CUSTODIAN})
NOT_WITHIN_REACH = frozenset({Role.CUSTODIAN, Role.ADMINISTRATOR})

WILLING = report(
    internal_channel=InternalChannel.NOT_USED,
    internal_reasons=(InternalReason.DID_NOT_KNOW,),
    reprisals=Reprisals.NONE,
)


def _advise(facts: object = WILLING) -> Allowed | Denied:
    row = transition(Flow.REPORT, Action.ADVISE_INTERNAL)
    assert row is not None
    return can_act(row, State.ASSESSMENT, facts, INVESTIGATOR)  # type: ignore[arg-type]


def test_the_internal_channel_may_be_advised_when_nothing_speaks_against_it() -> None:
    assert _advise() == Allowed(message_required=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"internal_channel": InternalChannel.USED},
        {"reprisals": Reprisals.FEARED},
        {"reprisals": Reprisals.HAPPENED},
        {"internal_reason_detail": "my chief reads all mail"},
        *(
            {"internal_reasons": (reason,)}
            for reason in InternalReason
            if reason is not InternalReason.DID_NOT_KNOW
        ),
        {"internal_reasons": (InternalReason.DID_NOT_KNOW, InternalReason.NONE_EXISTS)},
    ],
)
def test_against_a_given_reason_the_advice_needs_a_written_one(changes: dict[str, object]) -> None:
    facts = report(**{**vars(WILLING), **changes})

    assert reasons_against_internal(facts)
    assert _advise(facts) == Allowed(reason_required=True, message_required=True)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.flow}-{row.action}")
def test_an_action_is_denied_in_every_state_that_its_row_does_not_name(row: object) -> None:
    assert isinstance(row, type(TRANSITIONS[0]))
    facts = REPORT if row.flow is Flow.REPORT else COMPLAINT

    for state in State:
        verdict = can_act(row, state, facts, frozenset(Role))
        if state in row.sources:
            assert isinstance(verdict, Allowed)
        else:
            assert verdict == Denied(Reason.NOT_IN_THIS_STATE)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.flow}-{row.action}")
def test_no_action_is_open_to_custodians_and_administrators(row: object) -> None:
    assert isinstance(row, type(TRANSITIONS[0]))

    verdict = can_act(row, row.sources[0], REPORT, NOT_WITHIN_REACH)

    assert verdict == Denied(Reason.NO_PERMISSION)


def test_only_the_head_reopens() -> None:
    row = transition(Flow.REPORT, Action.REOPEN)
    assert row is not None

    able = {
        role for role in Role if isinstance(can_act(row, State.CLOSED, REPORT, {role}), Allowed)
    }

    assert able == {Role.HEAD}


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (can_reply(INVESTIGATOR, mailbox_open=True), Allowed()),
        (can_reply(INVESTIGATOR, mailbox_open=False), Denied(Reason.MAILBOX_DELETED)),
        (can_reply(CUSTODIAN, mailbox_open=True), Denied(Reason.NO_PERMISSION)),
        (can_note(INVESTIGATOR), Allowed()),
        (can_note(CUSTODIAN), Denied(Reason.NO_PERMISSION)),
        (can_take(INVESTIGATOR, in_pool=True, held_personally=False), Allowed()),
        (can_take(INVESTIGATOR, in_pool=True, held_personally=True), Allowed()),
        (
            can_take(INVESTIGATOR, in_pool=False, held_personally=True),
            Denied(Reason.ALREADY_YOURS),
        ),
        (
            can_take(INVESTIGATOR, in_pool=False, held_personally=False),
            Denied(Reason.NOT_IN_THE_POOL),
        ),
        (can_share(INVESTIGATOR, already_held=False), Allowed()),
        (can_share(INVESTIGATOR, already_held=True), Denied(Reason.ALREADY_SHARED)),
        (can_give_back(INVESTIGATOR, in_pool=False), Allowed()),
        (can_give_back(INVESTIGATOR, in_pool=True), Denied(Reason.ALREADY_IN_THE_POOL)),
        (can_give_back(CUSTODIAN, in_pool=False), Denied(Reason.NO_PERMISSION)),
    ],
)
def test_the_other_rules_answer_as_they_should(
    verdict: Allowed | Denied, expected: Allowed | Denied
) -> None:
    assert verdict == expected


def test_nobody_has_to_write_to_a_mailbox_that_was_deleted() -> None:
    row = transition(Flow.REPORT, Action.ACKNOWLEDGE)
    assert row is not None

    verdict = can_act(row, State.RECEIVED, REPORT, INVESTIGATOR, mailbox_open=False)

    assert verdict == Allowed(message_required=False)
