"""Everything the office knows as reference data, with the questions that rules ask of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from cases.domain.flows import ClockKind, Flow, State
from cases.domain.reference import kinds
from cases.domain.reference.authorities import NOT_ON_RECORD, Authority, Competence, Level
from cases.domain.reference.codes import Breach, Ground, Norm, Retaliation
from cases.domain.reference.columns import Row
from cases.domain.reference.kind import Kind
from cases.domain.reference.periods import Period, PeriodRow
from cases.domain.reference.referrals import Referral, ReferralKind
from cases.domain.reference.retention import RetentionRow
from cases.domain.reference.settings import Setting

# The rows of each kind by their keys, as text.
Tables = Mapping[str, Mapping[str, Row]]
Value = TypeVar("Value")


class _Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


Dated = TypeVar("Dated", bound=_Dated)


@dataclass(frozen=True)
class ReferenceData:
    """The reference data of one moment. Days are always those of the question, never today."""

    authorities: tuple[Authority, ...] = ()
    competences: tuple[Competence, ...] = ()
    referrals: tuple[Referral, ...] = ()
    norms: tuple[Norm, ...] = ()
    grounds: tuple[Ground, ...] = ()
    breaches: tuple[Breach, ...] = ()
    retaliations: tuple[Retaliation, ...] = ()
    periods: tuple[PeriodRow, ...] = ()
    retentions: tuple[RetentionRow, ...] = ()
    settings: tuple[Setting, ...] = ()

    def authority(self, authority_id: str) -> Authority | None:
        """The service with this id."""
        return next((each for each in self.authorities if each.id == authority_id), None)

    def authorities_by_level(self, day: date) -> dict[Level, tuple[Authority, ...]]:
        """The services that exist on a day, under the government each belongs to."""
        existing = _valid(self.authorities, day)
        return {level: tuple(each for each in existing if each.level is level) for level in Level}

    def competence(self, authority_id: str, flow: Flow, on: date) -> Competence:
        """Whether the office may take a case of this flow about the service, on a day.

        Where the register says nothing (an unknown service, a day before its first row) the answer
        is `NOT_ON_RECORD`: competent as far as anybody knows, and marked so.
        """
        rows = (
            each
            for each in self.competences
            if each.authority == authority_id and each.flow is flow
        )
        return next(iter(_valid(rows, on)), NOT_ON_RECORD)

    def with_own_ombuds(self, flow: Flow, on: date) -> tuple[tuple[Authority, Competence], ...]:
        """The services whose own ombuds takes this flow's cases about them, on a day."""
        pairs = (
            (each, self.competence(each.id, flow, on)) for each in _valid(self.authorities, on)
        )
        return tuple(
            (each, found) for each, found in pairs if not found.competent and found.instead
        )

    def referrals_of(self, *wanted: ReferralKind) -> tuple[Referral, ...]:
        """The subjects of these kinds, in the order of the list."""
        return tuple(each for each in self.referrals if each.kind in wanted)

    def norms_on(self, day: date) -> tuple[Norm, ...]:
        """The norms against which a complaint is examined on a day."""
        return _valid(self.norms, day)

    def grounds_on(self, day: date) -> tuple[Ground, ...]:
        """The grounds of refusal that the office uses on a day."""
        return tuple(each for each in _valid(self.grounds, day) if each.enabled)

    def breaches_on(self, day: date) -> tuple[Breach, ...]:
        """The kinds of breach that can be reported on a day."""
        return _valid(self.breaches, day)

    def retaliations_on(self, day: date) -> tuple[Retaliation, ...]:
        """The forms of retaliation that the law names on a day."""
        return _valid(self.retaliations, day)

    def period(self, flow: Flow, clock: ClockKind, on: date) -> Period:
        """The length of a clock that starts on a day; KeyError where the flow has no such clock.

        A day that no row covers gets the row before it, or the first: a clock always has an end.
        """
        rows = sorted(
            (each for each in self.periods if each.flow is flow and each.clock is clock),
            key=lambda each: each.valid_from,
        )
        if not rows:
            raise KeyError(f"{flow.value} {clock.value}")
        started = [each for each in rows if each.valid_from <= on]
        return (started or rows[:1])[-1].period

    def retention(self, flow: Flow, outcome: State, on: date) -> RetentionRow:
        """How long a case that is closed on a day is kept; KeyError where the flow has no row.

        A row for the outcome that holds on the day wins over the one for every other outcome. A
        day that none of these covers gets the one before it, or the first.
        """
        of_flow = [each for each in self.retentions if each.flow is flow]
        own = [each for each in _valid(of_flow, on) if each.outcome is outcome]
        rows = own or [each for each in of_flow if each.outcome is None]
        if not rows:
            raise KeyError(f"{flow.value} {outcome.value}")
        rows.sort(key=lambda each: each.valid_from)
        started = [each for each in rows if each.valid_from <= on]
        return (started or rows[:1])[-1]

    def setting(self, key: str) -> str:
        """The office's choice; KeyError where there is no such setting."""
        return {each.key: each.value for each in self.settings}[key]


def _valid(rows: Iterable[Dated], day: date) -> tuple[Dated, ...]:
    return tuple(
        each
        for each in rows
        if (each.valid_from or date.min) <= day <= (each.valid_until or date.max)
    )


def assemble(tables: Tables) -> ReferenceData:
    """The values of every row; RowRefused at the first that cannot be read."""
    return ReferenceData(
        authorities=_values(tables, kinds.AUTHORITIES),
        competences=_values(tables, kinds.COMPETENCES),
        referrals=_values(tables, kinds.REFERRALS),
        norms=_values(tables, kinds.NORMS),
        grounds=_values(tables, kinds.GROUNDS),
        breaches=_values(tables, kinds.BREACHES),
        retaliations=_values(tables, kinds.RETALIATIONS),
        periods=_values(tables, kinds.PERIODS),
        retentions=_values(tables, kinds.RETENTION),
        settings=_values(tables, kinds.SETTINGS),
    )


def _values(tables: Tables, kind: Kind[Value]) -> tuple[Value, ...]:
    return tuple(kind.read(row) for row in tables.get(kind.code, {}).values())
