"""A case as the rules alone move it: state, file and clocks, without a database or a key.

What `cases.actions` does with rows of the database, this does with sets; a test that plays worked
cases through both proves that they agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cases.domain.case_file import CaseFile
from cases.domain.detail_rules import check_details
from cases.domain.details import (
    Details,
    RecommendationAnswer,
    RecommendationResponse,
)
from cases.domain.dossier import Dossier, Recorded, after
from cases.domain.facts import Facts
from cases.domain.flows import (
    FIRST_STATE,
    STARTED_AT_RECEIPT,
    Action,
    Actor,
    ClockKind,
    Flow,
    State,
    Transition,
    transitions_of,
)
from cases.domain.policies import Denied, Verdict, can_act, fits
from cases.domain.roles import Role
from tests.support.files import ANN, BEN, DAY, FACTS

EVERYBODY = frozenset(Role)
_GOES_ON = RecommendationResponse.ACCEPTED


@dataclass(frozen=True)
class Model:
    """A case between two steps; `checked` is kept apart from the file, to check the file by."""

    facts: Facts = field(repr=False)
    state: State = FIRST_STATE
    dossier: Dossier = field(default_factory=Dossier, repr=False)
    running: frozenset[ClockKind] = frozenset()
    suspended: frozenset[ClockKind] = frozenset()
    # The internal channel was checked since the case was received or last opened again.
    checked: bool = False

    @property
    def file(self) -> CaseFile:
        """As the rules see it; what stands still is still running."""
        return CaseFile(self.state, self.facts, self.dossier, self.running | self.suspended)

    def verdict(self, row: Transition) -> Verdict:
        """What the rules say of a row, to whoever may take it."""
        return can_act(row, self.file, EVERYBODY) if by_staff(row) else fits(row, self.file)

    def allows(self, row: Transition, details: Details | None) -> bool:
        """Whether the step can be taken, by somebody else than whoever prepared things."""
        return not isinstance(self.verdict(row), Denied) and not isinstance(
            check_details(row, details, self.file, BEN), Denied
        )

    def taken(self, row: Transition, details: Details | None) -> "Model":
        """The case after the step."""
        stops = frozenset() if _goes_on(details) else frozenset(row.stops)
        suspends = frozenset(row.suspends) & self.running
        resumes = frozenset(row.resumes) & self.suspended
        starts = frozenset(row.starts)
        return replace(
            self,
            state=row.target_from(self.state),
            dossier=after(self.dossier, Recorded(DAY, row.action, ANN, details)),
            running=(((self.running - stops) - suspends) | resumes) | starts,
            suspended=((self.suspended - stops) | suspends) - resumes - starts,
            checked=_checked(self.checked, row.action),
        )


def received(flow: Flow) -> Model:
    """A case of the usual facts on its first day."""
    return Model(FACTS[flow], running=frozenset(STARTED_AT_RECEIPT[flow]))


def by_staff(row: Transition) -> bool:
    """Whether somebody of the office takes the step."""
    return row.actor is Actor.STAFF


def rows(model: Model) -> Iterator[Transition]:
    """Every row of the case's flow."""
    yield from transitions_of(model.facts.flow)


def _goes_on(details: Details | None) -> bool:
    return isinstance(details, RecommendationAnswer) and details.answer is _GOES_ON


def _checked(before: bool, action: Action) -> bool:
    if action is Action.CHECK_INTERNAL_CHANNEL:
        return True
    return before and action is not Action.REOPEN
