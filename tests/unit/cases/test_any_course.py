"""Courses at random, with details at random: many norms, questions and recommendations at once."""

from dataclasses import fields, replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cases.domain.details import DETAIL_CLASSES, Details
from cases.domain.dossier import fold
from cases.domain.flows import (
    FINAL_STATE,
    Action,
    ClockKind,
    Flow,
    State,
    Transition,
    states_of,
    transition,
)
from cases.domain.policies import Allowed, Denied
from cases.reasons import Reason
from tests.support.details import generated
from tests.support.model import Model, by_staff, received, rows

# Few ids, so that answers meet their questions.
IDS = st.sampled_from([bytes([number]) * 16 for number in range(3)])
NAMED = ("id", "recommendation_id")


def _details(row: Transition) -> st.SearchStrategy[Details | None]:
    if row.detail is None:
        return st.none()
    cls = DETAIL_CLASSES[row.detail]
    ours = {each.name: IDS for each in fields(cls) if each.name in NAMED}
    if not ours:
        return generated(cls)
    return st.builds(lambda made, **ids: replace(made, **ids), generated(cls), **ours)


class AnyCourse(RuleBasedStateMachine):
    """A case to which anything is done that its table knows."""

    def __init__(self) -> None:
        super().__init__()
        self.model = received(Flow.COMPLAINT)
        self.trail: list[tuple[Model, Transition]] = []

    @initialize(flow=st.sampled_from(list(Flow)))
    def receive(self, flow: Flow) -> None:
        self.model = received(flow)

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        """An action that the state knows: taken where the rules allow it, else refused."""
        here = [row for row in rows(self.model) if self.model.state in row.sources]
        row = data.draw(st.sampled_from(here), label="row")
        details = data.draw(_details(row), label="details")
        verdict = self.model.verdict(row)
        if isinstance(verdict, Denied):
            assert verdict.reason.value in {need.value for need in row.needs}
            return
        if self.model.allows(row, details):
            self.trail.append((self.model, row))
            self.model = self.model.taken(row, details)

    @rule(action=st.sampled_from(list(Action)))
    def act_out_of_place(self, action: Action) -> None:
        """An action that the state does not know is refused, whatever the file holds."""
        row = transition(self.model.facts.flow, action)
        if row is not None and self.model.state not in row.sources:
            assert self.model.verdict(row) == Denied(Reason.NOT_IN_THIS_STATE)

    @invariant()
    def it_stands_somewhere_on_its_flow(self) -> None:
        assert self.model.state in states_of(self.model.facts.flow)

    @invariant()
    def somebody_of_the_office_can_do_something(self) -> None:
        possible = [
            row
            for row in rows(self.model)
            if by_staff(row) and isinstance(self.model.verdict(row), Allowed)
        ]
        assert possible

    @invariant()
    def nothing_of_a_closed_case_runs_but_recommendations(self) -> None:
        if self.model.state is FINAL_STATE:
            assert self.model.running <= {ClockKind.RECOMMENDATION}
            assert not self.model.suspended

    @invariant()
    def an_investigation_stands_behind_its_check(self) -> None:
        if self.model.state is State.INVESTIGATION:
            assert self.model.checked

    @invariant()
    def an_empty_file_has_no_history(self) -> None:
        if not self.trail:
            assert self.model.dossier == fold(())


AnyCourse.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestAnyCourse = AnyCourse.TestCase
