"""Every course that a case can take by the tables, searched to the end.

A case has at most one consultation, one recommendation and one norm here, and details are those
that the rules tell apart; everything else is the real tables and the real rules. `test_any_course`
adds several of each, at random.
"""

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cache

import pytest

from cases.domain.details import (
    ConsultationRelease,
    ConsultationWithdrawal,
    Details,
    JustificationVerdict,
    Met,
    NormVerdict,
    RecommendationAnswer,
    RecommendationResponse,
    ServiceAnswer,
)
from cases.domain.facts import FollowUp, InternalReason
from cases.domain.flows import (
    FINAL_STATE,
    Action,
    ClockKind,
    Detail,
    Flow,
    State,
    Transition,
    outcomes_of,
    states_of,
)
from cases.domain.needs import PREDICATES, external_proposed
from cases.domain.policies import Allowed, Denied
from cases.reasons import Reason
from tests.support.files import (
    ADMISSIBLE,
    ADVICE,
    AGREED,
    ANSWERED,
    ASKED,
    BREACHED,
    DAY,
    FOUND,
    GIVEN,
    IN_SCOPE,
    LINKED,
    NO_CONTACT,
    NOT_JUSTIFIED,
    NOT_USED,
    OUT_OF_SCOPE,
    QUESTION,
)
from tests.support.model import Model, by_staff, received, rows

A = Action
NO_ONE_TO_ASK = replace(NOT_USED, reasons=(InternalReason.DID_NOT_KNOW,))
FOLLOWED_UP = replace(NOT_USED, used=True, reasons=(), follow_up=FollowUp.GIVEN)

# A hold stands beside every course and changes none of them (`test_retention`): with it there would
# be twice as many configurations to search.
BESIDE = frozenset({A.HOLD_ERASURE, A.LIFT_HOLD})

# What the rules tell apart, for each kind of details.
TOLD_APART: dict[Detail, tuple[Details, ...]] = {
    Detail.ADMISSIBILITY: (ADMISSIBLE, NO_CONTACT),
    Detail.SCOPE: (IN_SCOPE, OUT_OF_SCOPE, replace(IN_SCOPE, conflict_free=False)),
    Detail.INTERNAL_CHANNEL: (NOT_USED, NO_ONE_TO_ASK, FOLLOWED_UP),
    Detail.NORM: tuple(replace(BREACHED, verdict=verdict) for verdict in NormVerdict),
    Detail.FINDINGS: (FOUND,),
    Detail.LINK_CHECK: tuple(replace(LINKED, linked=met) for met in Met),
    Detail.CONSENT: (AGREED, replace(AGREED, given=False)),
    Detail.JUSTIFICATION: tuple(replace(NOT_JUSTIFIED, verdict=v) for v in JustificationVerdict),
    Detail.CONSULTATION: (QUESTION,),
    Detail.CONSULTATION_RELEASE: (ConsultationRelease(ASKED),),
    Detail.SERVICE_ANSWER: (ANSWERED[1],),
    Detail.CONSULTATION_WITHDRAWAL: (ConsultationWithdrawal(ASKED, "not needed"),),
    Detail.RECOMMENDATION: (ADVICE,),
    Detail.RECOMMENDATION_ANSWER: tuple(
        RecommendationAnswer(GIVEN, answer, DAY, "because")
        for answer in (RecommendationResponse.ACCEPTED, RecommendationResponse.REFUSED)
    ),
}


@dataclass(frozen=True)
class Step:
    """One step of the search."""

    before: Model
    row: Transition
    details: Details | None
    after: Model


@dataclass(frozen=True)
class Courses:
    """Everything that can happen to a case of a flow."""

    configurations: tuple[Model, ...]
    steps: tuple[Step, ...]


def _key(model: Model) -> Hashable:
    file = model.dossier
    return (
        model.state,
        file.admissibility,
        file.scope,
        file.internal_channel,
        file.chose_external,
        tuple(each.verdict for each in file.norms.values()),
        tuple((c.prepared, c.open, c.released_on) for c in file.consultations.values()),
        tuple(each.open for each in file.recommendations.values()),
        file.findings is None,
        file.link,
        file.consent,
        file.justification,
        file.extended,
        model.running,
        model.suspended,
        model.checked,
    )


def _choices(row: Transition) -> Iterable[Details | None]:
    """The details to try; a record that no rule looks at leads nowhere new and is left out."""
    if row.action in BESIDE:
        return ()
    if row.detail in TOLD_APART:
        return TOLD_APART[row.detail]
    return (None,) if row.detail is None or row.target else ()


def _allowed(model: Model, row: Transition, details: Details | None) -> bool:
    if row.detail is not None and details is None:
        return isinstance(model.verdict(row), Allowed)
    return model.allows(row, details)


@cache
def courses(flow: Flow) -> Courses:
    first = received(flow)
    seen, waiting, steps = {_key(first): first}, deque([first]), []
    while waiting:
        model = waiting.popleft()
        for row in rows(model):
            if model.state not in row.sources:
                continue
            for details in _choices(row):
                if not _allowed(model, row, details):
                    continue
                then = model.taken(row, details)
                key = _key(then)
                if key not in seen:
                    seen[key] = then
                    waiting.append(then)
                steps.append(Step(model, row, details, seen[key]))
    return Courses(tuple(seen.values()), tuple(steps))


FLOWS = list(Flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_the_search_is_a_search(flow: Flow) -> None:
    # Hundreds to thousands of configurations: a table that lost its records would show here.
    assert len(courses(flow).configurations) > 400


@pytest.mark.parametrize("flow", FLOWS)
def test_every_state_is_reached_with_what_it_needs(flow: Flow) -> None:
    assert {model.state for model in courses(flow).configurations} == states_of(flow)


@pytest.mark.parametrize("flow", FLOWS)
def test_every_row_of_the_table_can_be_taken(flow: Flow) -> None:
    looked_at = {row.action for row in rows(received(flow)) if row.target or row.detail is None}
    looked_at |= {row.action for row in rows(received(flow)) if row.detail in TOLD_APART}

    assert {step.row.action for step in courses(flow).steps} == looked_at - BESIDE


@pytest.mark.parametrize("flow", FLOWS)
def test_every_action_is_allowed_or_refused_with_its_reason(flow: Flow) -> None:
    for model in courses(flow).configurations:
        for row in rows(model):
            verdict = model.verdict(row)
            if model.state not in row.sources:
                assert verdict == Denied(Reason.NOT_IN_THIS_STATE)
                continue
            missing = [need for need in row.needs if not PREDICATES[need](model.file)]
            if missing:
                assert verdict == Denied(Reason(missing[0].value))
            else:
                assert isinstance(verdict, Allowed)


@pytest.mark.parametrize("flow", FLOWS)
def test_no_case_gets_stuck_whatever_became_of_it(flow: Flow) -> None:
    found = courses(flow)
    leading_here: dict[Hashable, list[Model]] = {}
    for step in found.steps:
        if by_staff(step.row):
            leading_here.setdefault(_key(step.after), []).append(step.before)
    ends = [model for model in found.configurations if model.state is FINAL_STATE]
    free, waiting = {_key(model) for model in ends}, deque(ends)
    while waiting:
        for model in leading_here.get(_key(waiting.popleft()), ()):
            if _key(model) not in free:
                free.add(_key(model))
                waiting.append(model)

    assert [model for model in found.configurations if _key(model) not in free] == []


def test_no_report_is_investigated_before_its_internal_channel_was_checked() -> None:
    for model in courses(Flow.REPORT).configurations:
        if model.state in (State.ROUTING, State.ADVISED_INTERNAL, State.INVESTIGATION):
            assert model.checked
            assert model.dossier.internal_channel is not None


def test_no_report_is_advised_back_inside_once_the_reporter_chose_the_external_channel() -> None:
    for step in courses(Flow.REPORT).steps:
        if step.row.action is A.ADVISE_INTERNAL:
            assert not step.before.dossier.chose_external


def test_a_route_against_the_proposal_always_costs_a_written_reason() -> None:
    for step in courses(Flow.REPORT).steps:
        if step.row.action in (A.ADVISE_INTERNAL, A.ACCEPT_EXTERNAL):
            verdict = step.before.verdict(step.row)
            assert isinstance(verdict, Allowed)
            along = external_proposed(step.before.file) is (step.row.action is A.ACCEPT_EXTERNAL)
            assert verdict.reason_required is not along


def _verdicts(model: Model) -> set[NormVerdict]:
    return {each.verdict for each in model.dossier.norms.values()}


def test_no_complaint_ends_against_what_its_file_says() -> None:
    for step in courses(Flow.COMPLAINT).steps:
        before, contacted = step.before, step.before.dossier.service_contacted
        match step.row.action:
            case A.CONCLUDE_FOUNDED | A.CONCLUDE_PARTLY_FOUNDED:
                assert NormVerdict.BREACHED in _verdicts(before)
                assert contacted
            case A.CONCLUDE_UNFOUNDED:
                assert NormVerdict.MET in _verdicts(before)
                assert NormVerdict.BREACHED not in _verdicts(before)
                assert contacted
            case A.CONCLUDE_UNFOUNDED_ON_PAPERS:
                assert NormVerdict.BREACHED not in _verdicts(before)
                assert not contacted
            case A.DECLARE_INADMISSIBLE:
                assert before.dossier.admissibility is not None
                assert before.dossier.admissibility.grounds
            case A.ASK_SERVICE_FIRST:
                assert before.dossier.admissibility is not None
                assert "no_first_contact" in before.dossier.admissibility.grounds


@pytest.mark.parametrize("flow", FLOWS)
def test_whoever_was_asked_learns_how_it_ended_and_nobody_else_does(flow: Flow) -> None:
    quiet = {A.DECLARE_INADMISSIBLE, A.CONCLUDE_NOT_LINKED, A.ADVISE_INTERNAL}
    for step in courses(flow).steps:
        if step.row.target in outcomes_of(flow):
            verdict = step.before.verdict(step.row)
            assert isinstance(verdict, Allowed)
            contacted = step.before.dossier.service_contacted
            # Reached again only after a case was reopened: staff write to the service if they want.
            if step.row.action in quiet and flow is not Flow.COMPLAINT:
                assert not verdict.notice_required
            else:
                assert verdict.notice_required is contacted


def test_no_request_for_protection_skips_a_step_of_its_procedure() -> None:
    for step in courses(Flow.PROTECTION).steps:
        file = step.before.dossier
        match step.row.action:
            case A.ASK_JUSTIFICATION:
                assert file.link is not None
                assert file.link.linked is Met.MET
                assert file.consent is not None
                assert file.consent.given
            case A.PREPARE_CONSULTATION | A.RELEASE_CONSULTATION:
                assert file.consent is not None
                assert file.consent.given
            case A.CONCLUDE_JUSTIFIED | A.CONCLUDE_REPRISAL:
                assert file.service_contacted
                assert file.justification is not None
                sufficient = file.justification.verdict is JustificationVerdict.SUFFICIENT
                assert sufficient is (step.row.action is A.CONCLUDE_JUSTIFIED)
                assert sufficient or file.recommendations


@pytest.mark.parametrize("flow", FLOWS)
def test_every_clock_that_starts_stops_at_the_latest_when_the_case_is_closed(flow: Flow) -> None:
    for model in courses(flow).configurations:
        if model.state is FINAL_STATE:
            assert model.running <= {ClockKind.RECOMMENDATION}
            assert not model.suspended


@pytest.mark.parametrize("flow", FLOWS)
def test_the_clock_of_a_recommendation_stops_with_its_last_answer_only(
    flow: Flow,
) -> None:
    for model in courses(flow).configurations:
        followed_up = any(each.open for each in model.dossier.recommendations.values())
        assert (ClockKind.RECOMMENDATION in model.running) is followed_up


@pytest.mark.parametrize("flow", FLOWS)
def test_the_clock_of_a_question_runs_only_while_it_waits_for_its_answer(flow: Flow) -> None:
    for model in courses(flow).configurations:
        waits = any(each.open for each in model.dossier.consultations.values())
        assert ClockKind.CONSULTATION not in model.running or waits
        if model.state not in (State.WITHDRAWN, FINAL_STATE):
            assert waits is (ClockKind.CONSULTATION in model.running)


@pytest.mark.parametrize("flow", FLOWS)
def test_while_the_office_owes_something_a_clock_says_by_when(flow: Flow) -> None:
    owed = states_of(flow) - set(outcomes_of(flow)) - {FINAL_STATE, State.SUSPENDED}
    of_the_case = set(ClockKind) - {ClockKind.CONSULTATION, ClockKind.RECOMMENDATION}
    for model in courses(flow).configurations:
        if model.state in owed:
            assert model.running & of_the_case, model


@pytest.mark.parametrize("flow", FLOWS)
def test_clocks_stand_still_only_while_the_case_does(flow: Flow) -> None:
    for model in courses(flow).configurations:
        assert not model.running & model.suspended
        if model.suspended:
            assert model.state is State.SUSPENDED
            assert model.suspended == {ClockKind.NEWS}
        if model.state is State.SUSPENDED:
            assert ClockKind.NEWS not in model.running


def test_a_report_is_never_extended_twice_without_being_opened_again() -> None:
    for step in courses(Flow.REPORT).steps:
        if step.row.action is A.EXTEND_FEEDBACK:
            assert not step.before.dossier.extended
            assert ClockKind.FEEDBACK in step.before.running
            assert step.after.dossier.extended


def test_the_answer_of_a_service_is_one_of_an_open_question() -> None:
    for flow in Flow:
        for step in courses(flow).steps:
            if isinstance(step.details, ServiceAnswer):
                assert step.before.dossier.consultations[ASKED].open
