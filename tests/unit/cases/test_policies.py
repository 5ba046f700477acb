"""Each rule answers yes, or no with its own code."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from cases.domain.detail_rules import check_details
from cases.domain.details import (
    AdmissibilityCheck,
    ConsultationRelease,
    ConsultationWithdrawal,
    Details,
    Disclosure,
    IdentityDisclosure,
    InternalChannelCheck,
    Met,
    ProsecutorNotice,
    RecommendationAnswer,
    RecommendationResponse,
    ReferralGiven,
    ServiceAnswer,
    Transmission,
)
from cases.domain.facts import FollowUp, InternalReason
from cases.domain.flows import (
    TRANSITIONS,
    Action,
    Actor,
    Flow,
    Notice,
    State,
    Transition,
    transition,
)
from cases.domain.policies import (
    Allowed,
    Denied,
    Verdict,
    can_act,
    can_give_back,
    can_note,
    can_release,
    can_reply,
    can_share,
    can_take,
    permitted,
)
from cases.domain.roles import Permission, Role
from cases.reasons import Reason
from tests.support.files import (
    ADVICE,
    ANN,
    ANSWERED,
    ASKED,
    BEN,
    BREACHED,
    DAY,
    FOUND,
    GIVEN,
    LINKED,
    NOT_JUSTIFIED,
    NOT_USED,
    PREPARED,
    QUESTION,
    RELEASED,
    case_file,
)
from tests.support.submissions import complaint

A, R = Action, Reason
INVESTIGATOR = frozenset({Role.INVESTIGATOR})
CUSTODIAN = frozenset({Role.CUSTODIAN})
NOT_WITHIN_REACH = frozenset({Role.CUSTODIAN, Role.ADMINISTRATOR})
BY_STAFF = [row for row in TRANSITIONS if row.actor is Actor.STAFF]


def _row(flow: Flow, action: Action) -> Transition:
    row = transition(flow, action)
    assert row is not None
    return row


def _name(row: Transition) -> str:
    return f"{row.flow}-{row.action}"


@pytest.mark.parametrize("row", BY_STAFF, ids=_name)
def test_an_action_is_denied_in_every_state_that_its_row_does_not_name(row: Transition) -> None:
    for state in State:
        verdict = can_act(row, case_file(row.flow, state), frozenset(Role))
        away = verdict == Denied(Reason.NOT_IN_THIS_STATE)

        assert away is (state not in row.sources)


@pytest.mark.parametrize("row", BY_STAFF, ids=_name)
def test_no_action_is_open_to_custodians_and_administrators(row: Transition) -> None:
    verdict = can_act(row, case_file(row.flow, row.sources[0]), NOT_WITHIN_REACH)

    assert verdict == Denied(Reason.NO_PERMISSION)


@pytest.mark.parametrize(
    "row", [row for row in TRANSITIONS if row.actor is not Actor.STAFF], ids=_name
)
def test_nobody_of_the_office_takes_a_step_in_anothers_name(row: Transition) -> None:
    verdict = can_act(row, case_file(row.flow, row.sources[0]), frozenset(Role))

    assert verdict == Denied(Reason.NOT_BY_STAFF)


@pytest.mark.parametrize("flow", list(Flow))
def test_only_the_head_reopens(flow: Flow) -> None:
    row, file = _row(flow, A.REOPEN), case_file(flow, State.CLOSED)

    able = {role for role in Role if isinstance(can_act(row, file, {role}), Allowed)}

    assert able == {Role.HEAD}


@pytest.mark.parametrize("row", BY_STAFF, ids=_name)
def test_what_must_be_written_is_what_the_row_says(row: Transition) -> None:
    plain = replace(row, needs=(), guard=None)
    heard = case_file(row.flow, row.sources[0], PREPARED, RELEASED)
    not_heard = case_file(row.flow, row.sources[0])

    for file, contacted in ((heard, True), (not_heard, False)):
        told = row.notice is Notice.ALWAYS or (row.notice is Notice.IF_CONTACTED and contacted)
        assert can_act(plain, file, frozenset(Role)) == Allowed(
            reason_required=row.reason_required,
            message_required=row.message_required,
            notice_required=told,
        )


def test_nobody_has_to_write_to_a_mailbox_that_was_deleted() -> None:
    file = replace(case_file(Flow.REPORT, State.RECEIVED), mailbox_open=False)

    verdict = can_act(_row(Flow.REPORT, A.ACKNOWLEDGE), file, INVESTIGATOR)

    assert verdict == Allowed(message_required=False)


@pytest.mark.parametrize(
    ("flow", "withheld", "taken_back", "second"),
    [
        (Flow.REPORT, False, None, True),
        (Flow.COMPLAINT, False, None, False),
        (Flow.COMPLAINT, True, None, True),
        (Flow.COMPLAINT, False, True, True),
        (Flow.COMPLAINT, True, False, False),
        (Flow.PROTECTION, False, None, False),
    ],
)
def test_a_second_person_releases_what_could_give_somebody_away(
    flow: Flow, withheld: bool, taken_back: bool | None, second: bool
) -> None:
    steps = [PREPARED]
    if taken_back is not None:
        steps.append((A.SET_IDENTITY_DISCLOSURE, IdentityDisclosure(taken_back, "by phone")))
    file = case_file(flow, State.DOCUMENTS, *steps)
    if flow is Flow.COMPLAINT:
        file = replace(file, facts=complaint(identity_withheld=withheld))

    assert file.second_person_needed is second
    assert can_release(file, ASKED, BEN) == Allowed()
    own = Denied(R.SECOND_PERSON_NEEDED) if second else Allowed()
    assert can_release(file, ASKED, ANN) == own


def test_only_a_question_that_waits_for_it_is_released() -> None:
    for steps in ((), (PREPARED, RELEASED), (PREPARED, RELEASED, ANSWERED)):
        file = case_file(Flow.COMPLAINT, State.DOCUMENTS, *steps)
        assert can_release(file, ASKED, BEN) == Denied(R.A_CONSULTATION_PREPARED)


ASKED_ALREADY = (PREPARED, RELEASED)
RECOMMENDED = ((A.RECOMMEND, ADVICE),)
WITHDRAWAL = ConsultationWithdrawal(ASKED, "settled by phone")
REFUSAL = RecommendationAnswer(GIVEN, RecommendationResponse.REFUSED, DAY, "too dear")
DISCLOSED = Disclosure("an order of the judge", "the court", DAY)
SENT = Transmission("the federal ombudsman", "a federal service", "the whole file")
POINTED = ReferralGiven("federal", "", "a federal service")
BLANK = " \n"


def _check(*grounds: str, **changes: Met) -> AdmissibilityCheck:
    return replace(AdmissibilityCheck(Met.MET, Met.MET, Met.MET, grounds), **changes)


C, P, T = Flow.COMPLAINT, Flow.REPORT, Flow.PROTECTION
# Flow, action, what was done before, the details, and the rule that refuses them if one does.
DETAILS: list[tuple[Flow, Action, tuple[object, ...], Details, Reason | None]] = [
    (C, A.RECORD_SERVICE_ANSWER, (), ANSWERED[1], R.UNKNOWN_SUBJECT),
    (C, A.RECORD_SERVICE_ANSWER, (PREPARED,), ANSWERED[1], R.UNKNOWN_SUBJECT),
    (C, A.RECORD_SERVICE_ANSWER, ASKED_ALREADY, ANSWERED[1], None),
    (C, A.RECORD_SERVICE_ANSWER, (*ASKED_ALREADY, ANSWERED), ANSWERED[1], R.UNKNOWN_SUBJECT),
    (C, A.WITHDRAW_CONSULTATION, (), WITHDRAWAL, R.UNKNOWN_SUBJECT),
    (C, A.WITHDRAW_CONSULTATION, (PREPARED,), WITHDRAWAL, None),
    (C, A.WITHDRAW_CONSULTATION, ASKED_ALREADY, WITHDRAWAL, None),
    (C, A.WITHDRAW_CONSULTATION, (*ASKED_ALREADY, ANSWERED), WITHDRAWAL, R.UNKNOWN_SUBJECT),
    (C, A.WITHDRAW_CONSULTATION, (PREPARED,), replace(WITHDRAWAL, why=BLANK), R.WHY_MISSING),
    (C, A.PREPARE_CONSULTATION, (), QUESTION, None),
    (C, A.PREPARE_CONSULTATION, (PREPARED,), QUESTION, R.UNKNOWN_SUBJECT),
    (C, A.PREPARE_CONSULTATION, (), replace(QUESTION, question=BLANK), R.WHY_MISSING),
    (C, A.RECOMMEND, (), ADVICE, None),
    (C, A.RECOMMEND, RECOMMENDED, ADVICE, R.UNKNOWN_SUBJECT),
    (C, A.RECOMMEND, (), replace(ADVICE, addressee=BLANK), R.WHY_MISSING),
    (C, A.ANSWER_RECOMMENDATION, (), REFUSAL, R.UNKNOWN_SUBJECT),
    (C, A.ANSWER_RECOMMENDATION, RECOMMENDED, REFUSAL, None),
    (C, A.ANSWER_RECOMMENDATION, RECOMMENDED, replace(REFUSAL, why=""), R.WHY_MISSING),
    (
        C,
        A.ANSWER_RECOMMENDATION,
        RECOMMENDED,
        RecommendationAnswer(GIVEN, RecommendationResponse.ACCEPTED, DAY),
        None,
    ),
    (
        C,
        A.ANSWER_RECOMMENDATION,
        (*RECOMMENDED, (A.ANSWER_RECOMMENDATION, REFUSAL)),
        REFUSAL,
        R.UNKNOWN_SUBJECT,
    ),
    (C, A.CHECK_ADMISSIBILITY, (), _check(), None),
    (C, A.CHECK_ADMISSIBILITY, (), _check("political"), None),
    (C, A.CHECK_ADMISSIBILITY, (), _check(competent=Met.NOT_MET), R.GROUND_MISSING),
    (C, A.CHECK_ADMISSIBILITY, (), _check("not_competent", competent=Met.NOT_MET), None),
    (C, A.CHECK_ADMISSIBILITY, (), _check(contacted=Met.NOT_MET), R.GROUND_MISSING),
    (
        C,
        A.CHECK_ADMISSIBILITY,
        (),
        _check("facts_too_old", contacted=Met.NOT_MET),
        R.GROUND_MISSING,
    ),
    (C, A.CHECK_ADMISSIBILITY, (), _check(recent=Met.NOT_MET), R.GROUND_MISSING),
    (C, A.CHECK_ADMISSIBILITY, (), _check(recent=Met.UNCLEAR), None),
    (C, A.ASSESS_NORM, (), BREACHED, None),
    (C, A.ASSESS_NORM, (), replace(BREACHED, why=BLANK), R.WHY_MISSING),
    (C, A.REFER, (), POINTED, None),
    (C, A.REFER, (), replace(POINTED, target="", body="the notary"), None),
    (C, A.REFER, (), replace(POINTED, target=""), R.WHY_MISSING),
    (C, A.REFER, (), replace(POINTED, why=""), R.WHY_MISSING),
    (C, A.TRANSMIT, (), SENT, None),
    (C, A.TRANSMIT, (), replace(SENT, recipient=""), R.WHY_MISSING),
    (P, A.CHECK_INTERNAL_CHANNEL, (), NOT_USED, None),
    (P, A.CHECK_INTERNAL_CHANNEL, (), InternalChannelCheck(used=False), R.REASONS_MISSING),
    (P, A.CHECK_INTERNAL_CHANNEL, (), InternalChannelCheck(used=False, detail="because"), None),
    (P, A.CHECK_INTERNAL_CHANNEL, (), InternalChannelCheck(used=True), R.FOLLOW_UP_MISSING),
    (
        P,
        A.CHECK_INTERNAL_CHANNEL,
        (),
        InternalChannelCheck(used=True, reasons=(InternalReason.OTHER,)),
        R.FOLLOW_UP_MISSING,
    ),
    (
        P,
        A.CHECK_INTERNAL_CHANNEL,
        (),
        InternalChannelCheck(used=True, follow_up=FollowUp.UNKNOWN),
        None,
    ),
    (P, A.RECORD_FINDINGS, (), FOUND, None),
    (P, A.RECORD_FINDINGS, (), replace(FOUND, text=""), R.WHY_MISSING),
    (P, A.RECORD_DISCLOSURE, (), DISCLOSED, None),
    (P, A.RECORD_DISCLOSURE, (), replace(DISCLOSED, told_on=None), R.WHY_MISSING),
    (P, A.RECORD_DISCLOSURE, (), replace(DISCLOSED, told_on=None, why_not_told="risk"), None),
    (P, A.NOTIFY_PROSECUTOR, (), ProsecutorNotice("Brussels", DAY, "forgery"), None),
    (P, A.NOTIFY_PROSECUTOR, (), ProsecutorNotice("Brussels", DAY, ""), R.WHY_MISSING),
    (T, A.CHECK_LINK, (), LINKED, None),
    (T, A.CHECK_LINK, (), replace(LINKED, why=""), R.WHY_MISSING),
    (T, A.ASSESS_JUSTIFICATION, (), NOT_JUSTIFIED, None),
    (T, A.ASSESS_JUSTIFICATION, (), replace(NOT_JUSTIFIED, why=""), R.WHY_MISSING),
]


@pytest.mark.parametrize(("flow", "action", "steps", "details", "reason"), DETAILS)
def test_details_fit_the_file_or_are_refused(
    flow: Flow, action: Action, steps: tuple[object, ...], details: Details, reason: Reason | None
) -> None:
    file = case_file(flow, State.RECEIVED, *steps)

    verdict = check_details(_row(flow, action), details, file, ANN)

    assert verdict == (Allowed() if reason is None else Denied(reason))


def test_releasing_ones_own_question_about_a_report_is_refused_with_its_details() -> None:
    file = case_file(Flow.REPORT, State.INVESTIGATION, PREPARED)
    row, release = _row(Flow.REPORT, A.RELEASE_CONSULTATION), ConsultationRelease(ASKED)

    assert check_details(row, release, file, ANN) == Denied(R.SECOND_PERSON_NEEDED)
    assert check_details(row, release, file, BEN) == Allowed()


@pytest.mark.parametrize("details", [None, ServiceAnswer(ASKED, DAY, QUESTION.way)])
def test_details_of_another_step_are_a_fault_of_the_program(details: Details | None) -> None:
    file = case_file(Flow.COMPLAINT, State.DOCUMENTS)

    with pytest.raises(ValueError, match="prepare_consultation carries Consultation"):
        check_details(_row(Flow.COMPLAINT, A.PREPARE_CONSULTATION), details, file, ANN)


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
def test_the_other_rules_answer_as_they_should(verdict: Verdict, expected: Verdict) -> None:
    assert verdict == expected


@pytest.mark.parametrize(
    ("roles", "edits"),
    [({Role.HEAD}, True), ({Role.ADMINISTRATOR}, True), ({Role.INTAKE}, False), ((), False)],
)
def test_the_head_and_the_administrator_change_reference_data(
    roles: Collection[Role], edits: bool
) -> None:
    verdict = permitted(roles, Permission.EDIT_REFERENCE_DATA)

    assert verdict == (Allowed() if edits else Denied(Reason.NO_PERMISSION))
