"""Each kind of reference data: its columns, its key, and how a row becomes a value.

One description serves the shipped files, the import, the console's lists and forms, and the
checks; a new kind is a new entry of `KINDS`, a file in `cases/data` and words for its columns.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from cases.domain.flows import ClockKind, Flow, State, outcomes_of
from cases.domain.reference.authorities import Authority, Competence, Level
from cases.domain.reference.codes import Breach, Coded, Ground, Norm, Retaliation
from cases.domain.reference.columns import (
    Column,
    ColumnType,
    RowReader,
    in_every_language,
)
from cases.domain.reference.kind import Kind
from cases.domain.reference.languages import Certainty
from cases.domain.reference.periods import Period, PeriodRow, Unit
from cases.domain.reference.referrals import Referral, ReferralKind
from cases.domain.reference.retention import RetentionRow
from cases.domain.reference.settings import Setting
from cases.errors import RowRefused
from cases.reasons import RowProblem

Listed = TypeVar("Listed", bound=Coded)

_CODE = Column("code", ColumnType.CODE)
_ID = Column("id", ColumnType.CODE)
_SOURCE = Column("source")
_CERTAINTY = Column("certainty", ColumnType.CHOICE, codes=Certainty)
_NOTE = Column("note", ColumnType.LONG_TEXT, required=False)
_FLOW = Column("flow", ColumnType.CHOICE, codes=Flow)
_FROM = Column("valid_from", ColumnType.DAY, required=False)
_FROM_REQUIRED = Column("valid_from", ColumnType.DAY)
_UNTIL = Column("valid_until", ColumnType.DAY, required=False)
_VOUCHED = (_SOURCE, _CERTAINTY)


def _certainty(row: RowReader) -> Certainty:
    return row.choice("certainty", Certainty)


def _authority(row: RowReader) -> Authority:
    return Authority(
        id=row.code("id"),
        names=row.words("name"),
        level=row.choice("level", Level),
        internal_channel=row.words("internal_channel"),
        internal_channel_certainty=row.optional_choice("internal_channel_certainty", Certainty),
        valid_from=row.optional_day("valid_from"),
        valid_until=row.optional_day("valid_until"),
        source=row.text("source"),
        certainty=_certainty(row),
        note=row.text("note"),
    )


AUTHORITIES: Kind[Authority] = Kind(
    "authorities",
    (
        _ID,
        *in_every_language("name"),
        Column("level", ColumnType.CHOICE, codes=Level),
        *in_every_language("internal_channel", ColumnType.LONG_TEXT, required=False),
        Column(
            "internal_channel_certainty",
            ColumnType.CHOICE,
            required=False,
            codes=Certainty,
        ),
        _FROM,
        _UNTIL,
        *_VOUCHED,
        _NOTE,
    ),
    key=("id",),
    label="name",
    build=_authority,
)


def _competence(row: RowReader) -> Competence:
    return Competence(
        competent=row.yes("competent"),
        authority=row.code("authority"),
        flow=row.choice("flow", Flow),
        valid_from=row.day("valid_from"),
        valid_until=row.optional_day("valid_until"),
        instead=row.words("instead"),
        source=row.text("source"),
        certainty=_certainty(row),
        note=row.text("note"),
    )


COMPETENCES: Kind[Competence] = Kind(
    "competences",
    (
        Column("authority", ColumnType.CODE),
        _FLOW,
        _FROM_REQUIRED,
        _UNTIL,
        Column("competent", ColumnType.YES_NO),
        *in_every_language("instead", required=False),
        *_VOUCHED,
        _NOTE,
    ),
    key=("authority", "flow", "valid_from"),
    label="authority",
    build=_competence,
)


def _referral(row: RowReader) -> Referral:
    return Referral(
        id=row.code("id"),
        kind=row.choice("kind", ReferralKind),
        subjects=row.words("subject"),
        bodies=row.words("body"),
        valid_from=row.optional_day("valid_from"),
        valid_until=row.optional_day("valid_until"),
        source=row.text("source"),
        certainty=_certainty(row),
    )


REFERRALS: Kind[Referral] = Kind(
    "referrals",
    (
        _ID,
        Column("kind", ColumnType.CHOICE, codes=ReferralKind),
        *in_every_language("subject"),
        *in_every_language("body"),
        _FROM,
        _UNTIL,
        *_VOUCHED,
    ),
    key=("id",),
    label="subject",
    build=_referral,
)

_CODED_COLUMNS = (
    _CODE,
    *in_every_language("name"),
    *in_every_language("explanation", ColumnType.LONG_TEXT, required=False),
    _FROM,
    _UNTIL,
)


def _coded(kind: type[Listed], row: RowReader) -> Listed:
    return kind(
        code=row.code("code"),
        names=row.words("name"),
        explanations=row.words("explanation"),
        valid_from=row.optional_day("valid_from"),
        valid_until=row.optional_day("valid_until"),
        source=row.text("source"),
        certainty=_certainty(row),
    )


def _list_of(code: str, kind: type[Listed]) -> Kind[Listed]:
    return Kind(
        code,
        (*_CODED_COLUMNS, *_VOUCHED),
        key=("code",),
        label="name",
        build=lambda row: _coded(kind, row),
    )


NORMS = _list_of("norms", Norm)
BREACHES = _list_of("breaches", Breach)
RETALIATIONS = _list_of("retaliations", Retaliation)


def _ground(row: RowReader) -> Ground:
    listed = _coded(Ground, row)
    return replace(listed, enabled=row.yes("enabled"))


GROUNDS: Kind[Ground] = Kind(
    "grounds",
    (*_CODED_COLUMNS, Column("enabled", ColumnType.YES_NO), *_VOUCHED),
    key=("code",),
    label="name",
    build=_ground,
)


# Months: a century. What is kept longer is kept for ever.
LONGEST_KEPT = 1200

# Ten years of days. A term that ends after the last day that a computer knows would let nobody
# hand in anything any more.
_LONGEST = 3660


def _period(row: RowReader) -> PeriodRow:
    return PeriodRow(
        flow=row.choice("flow", Flow),
        clock=row.choice("clock", ClockKind),
        period=Period(
            length=_length(row, "length"),
            unit=row.choice("unit", Unit),
            alarms=_alarms(row),
            extended=_extension(row),
            source=row.text("source"),
            certainty=_certainty(row),
        ),
        valid_from=row.day("valid_from"),
        valid_until=row.optional_day("valid_until"),
    )


def _length(row: RowReader, column: str) -> int:
    length = row.number(column)
    if not 1 <= length <= _LONGEST:
        raise RowRefused(RowProblem.NOT_A_NUMBER, column)
    return length


def _alarms(row: RowReader) -> tuple[int, ...]:
    alarms = row.numbers("alarms")
    if any(abs(alarm) > _LONGEST for alarm in alarms):
        raise RowRefused(RowProblem.NOT_A_NUMBER, "alarms")
    return alarms


def _extension(row: RowReader) -> tuple[int, Unit] | None:
    if not row.text("extended_length"):
        return None
    return _length(row, "extended_length"), row.choice("extended_unit", Unit)


PERIODS: Kind[PeriodRow] = Kind(
    "periods",
    (
        _FLOW,
        Column("clock", ColumnType.CHOICE, codes=ClockKind),
        _FROM_REQUIRED,
        _UNTIL,
        Column("length", ColumnType.NUMBER),
        Column("unit", ColumnType.CHOICE, codes=Unit),
        Column("alarms", ColumnType.NUMBERS, required=False),
        Column("extended_length", ColumnType.NUMBER, required=False),
        Column("extended_unit", ColumnType.CHOICE, required=False, codes=Unit),
        *_VOUCHED,
    ),
    key=("flow", "clock", "valid_from"),
    label="clock",
    build=_period,
)


def _retention(row: RowReader) -> RetentionRow:
    flow, outcome = row.choice("flow", Flow), row.optional_choice("outcome", State)
    if outcome is not None and outcome not in outcomes_of(flow):
        raise RowRefused(RowProblem.NOT_A_CHOICE, "outcome")
    months = row.number("months")
    if not 1 <= months <= LONGEST_KEPT:
        raise RowRefused(RowProblem.NOT_A_NUMBER, "months")
    return RetentionRow(
        flow=flow,
        outcome=outcome,
        months=months,
        source=row.text("source"),
        certainty=_certainty(row),
        valid_from=row.day("valid_from"),
        valid_until=row.optional_day("valid_until"),
    )


RETENTION: Kind[RetentionRow] = Kind(
    "retention",
    (
        _FLOW,
        Column("outcome", ColumnType.CHOICE, required=False, codes=State),
        _FROM_REQUIRED,
        _UNTIL,
        Column("months", ColumnType.NUMBER),
        *_VOUCHED,
    ),
    key=("flow", "outcome", "valid_from"),
    label="flow",
    build=_retention,
)


def _setting(row: RowReader) -> Setting:
    return Setting(
        key=row.code("key"),
        value=row.text("value"),
        note=row.text("note"),
        source=row.text("source"),
        certainty=_certainty(row),
    )


SETTINGS: Kind[Setting] = Kind(
    "settings",
    (Column("key", ColumnType.CODE), Column("value"), *_VOUCHED, _NOTE),
    key=("key",),
    label="key",
    build=_setting,
)


KINDS: Mapping[str, Kind[object]] = {
    kind.code: kind
    for kind in (
        AUTHORITIES,
        COMPETENCES,
        REFERRALS,
        NORMS,
        GROUNDS,
        BREACHES,
        RETALIATIONS,
        PERIODS,
        RETENTION,
        SETTINGS,
    )
}
