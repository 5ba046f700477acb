"""Rows that cannot be used are refused, and the refusal names the column."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.domain.clocks import due_on
from cases.domain.flows import ClockKind, Flow
from cases.domain.reference import KINDS, Row, assemble, shipped_tables
from cases.domain.reference.changes import Change, with_changes
from cases.domain.reference.checking import refused
from cases.domain.reference.invariants import problems
from cases.errors import RowRefused
from cases.reasons import RowProblem

TABLES = shipped_tables()
SAMPLES = {code: next(iter(rows.values())) for code, rows in TABLES.items()}


def changed(kind: str, key: str, **columns: str) -> Row:
    return {**TABLES[kind][key], **columns}


@pytest.mark.parametrize(
    ("kind", "column", "value", "problem"),
    [
        ("authorities", "name_de", "", RowProblem.MISSING),
        ("authorities", "id", "Brussels Mobility", RowProblem.NOT_A_CODE),
        ("authorities", "level", "galaxy", RowProblem.NOT_A_CHOICE),
        ("authorities", "internal_channel_fr", "", RowProblem.LANGUAGE_MISSING),
        ("authorities", "certainty", "sure", RowProblem.NOT_A_CHOICE),
        ("authorities", "source", " ", RowProblem.MISSING),
        ("authorities", "note", "x" * 20_001, RowProblem.TOO_LONG),
        ("authorities", "colour", "red", RowProblem.UNKNOWN_COLUMN),
        ("competences", "competent", "perhaps", RowProblem.NOT_YES_OR_NO),
        ("competences", "valid_from", "1 May 2026", RowProblem.NOT_A_DAY),
        ("competences", "valid_from", "20260501", RowProblem.NOT_A_DAY),
        ("competences", "valid_from", "2026-02-29", RowProblem.NOT_A_DAY),
        ("competences", "valid_until", "2022-08-31", RowProblem.DAYS_OUT_OF_ORDER),
        ("competences", "flow", "rumour", RowProblem.NOT_A_CHOICE),
        ("grounds", "enabled", "y", RowProblem.NOT_YES_OR_NO),
        ("norms", "explanation_nl", "", RowProblem.LANGUAGE_MISSING),
        ("periods", "length", "0", RowProblem.NOT_A_NUMBER),
        ("periods", "length", "soon", RowProblem.NOT_A_NUMBER),
        ("periods", "length", "3661", RowProblem.NOT_A_NUMBER),
        ("periods", "alarms", "-2, 0", RowProblem.NOT_A_NUMBER),
        ("periods", "alarms", "-999999 0", RowProblem.NOT_A_NUMBER),
        ("periods", "unit", "moons", RowProblem.NOT_A_CHOICE),
    ],
)
def test_a_wrong_column_is_named(kind: str, column: str, value: str, problem: RowProblem) -> None:
    with pytest.raises(RowRefused) as refusal:
        KINDS[kind].read({**SAMPLES[kind], column: value})

    assert (refusal.value.problem, refusal.value.column) == (problem, column)
    assert column in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "key", "columns", "problem"),
    [
        (
            "competences",
            "mobility:complaint:2022-09-01",
            {"authority": "atlantis"},
            RowProblem.KEY_CHANGED,
        ),
        (
            "competences",
            "mobility:complaint:2022-09-01",
            {f"instead_{language}": "Somebody" for language in ("nl", "fr", "de", "en")},
            RowProblem.OMBUDS_THOUGH_COMPETENT,
        ),
        ("settings", "reference.report", {"value": "SI-2026"}, RowProblem.PATTERN_UNUSABLE),
        (
            "settings",
            "reference.report",
            {"value": "{year.__class__}{number}"},
            RowProblem.PATTERN_UNUSABLE,
        ),
        (
            "settings",
            "reference.report",
            {"value": "OM.{year}.{number:04d}"},
            RowProblem.PATTERN_UNUSABLE,
        ),
        ("settings", "complaint.years", {"value": "three"}, RowProblem.NOT_A_NUMBER),
        ("settings", "mail.language", {"value": "it"}, RowProblem.NOT_A_CHOICE),
        ("settings", "mail.language", {"value": "nl it"}, RowProblem.NOT_A_CHOICE),
        ("settings", "portal.address", {"value": "javascript:alert(1)"}, RowProblem.NOT_A_SITE),
        ("settings", "portal.address", {"value": "http://zegel.brussels"}, RowProblem.NOT_A_SITE),
        (
            "settings",
            "portal.address",
            {"value": "https://zegel.brussels@elsewhere.example"},
            RowProblem.NOT_A_SITE,
        ),
        (
            "settings",
            "portal.address",
            {"value": "https://elsewhere.example/?zegel.brussels"},
            RowProblem.NOT_A_SITE,
        ),
    ],
)
def test_a_row_that_does_not_fit_the_others_is_refused(
    kind: str, key: str, columns: dict[str, str], problem: RowProblem
) -> None:
    found = refused(TABLES, [Change(kind, key, changed(kind, key, **columns))])

    assert found is not None
    assert (found.kind, found.problem) == (kind, problem)


@pytest.mark.parametrize(
    "site",
    ["https://zegel.brussels/", "https://127.0.0.1:8443", f"http://{'a2' * 28}.onion"],
)
def test_the_portal_may_be_a_site_over_https_or_an_onion_service(site: str) -> None:
    row = changed("settings", "portal.address", value=site)

    assert refused(TABLES, [Change("settings", "portal.address", row)]) is None


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
def test_the_longest_term_that_is_taken_ends_on_a_day(unit: str) -> None:
    key = "report:feedback:2023-06-06"
    row = changed("periods", key, length="3660", unit=unit)
    period = assemble(with_changes(TABLES, [Change("periods", key, row)])).period(
        Flow.REPORT, ClockKind.FEEDBACK, date(2026, 1, 1)
    )

    assert due_on(period, date(2026, 1, 1), ()) > date(2036, 1, 1)


def test_a_competence_of_nobody_is_refused() -> None:
    row = changed("competences", "mobility:complaint:2022-09-01", authority="atlantis")

    found = refused(TABLES, [Change("competences", "atlantis:complaint:2022-09-01", row)])

    assert found is not None
    assert found.problem is RowProblem.UNKNOWN_AUTHORITY


@pytest.mark.parametrize("taken", ["other", "unknown"])
def test_an_id_that_the_forms_keep_is_refused(taken: str) -> None:
    row = changed("authorities", "mobility", id=taken)

    found = refused(TABLES, [Change("authorities", taken, row)])

    assert found is not None
    assert found.problem is RowProblem.KEPT_BY_THE_FORMS


def later(kind: str, key: str, first: str, **columns: str) -> Change:
    """A row like another, from a day on."""
    row = changed(kind, key, valid_from=first, **columns)
    return Change(kind, KINDS[kind].key_of(row), row)


def ended(kind: str, key: str, last: str) -> Change:
    return Change(kind, key, changed(kind, key, valid_until=last))


COMPETENCE = ("competences", "mun-ixelles:complaint:2022-09-01")
PERIOD = ("periods", "report:feedback:2023-06-06")


@pytest.mark.parametrize("which", [COMPETENCE, PERIOD])
def test_two_rows_cannot_hold_on_one_day(which: tuple[str, str]) -> None:
    new = later(*which, first="2027-01-01")

    overlapping = refused(TABLES, [new, ended(*which, last="2027-01-01")])

    assert overlapping is not None
    assert overlapping.problem is RowProblem.DAYS_OVERLAP
    assert refused(TABLES, [new, ended(*which, last="2026-12-31")]) is None


def test_a_change_of_law_is_a_new_row_with_a_date() -> None:
    no_own_ombuds = {f"instead_{language}": "" for language in ("nl", "fr", "de", "en")}
    known = assemble(
        with_changes(
            TABLES,
            [
                ended(*COMPETENCE, last="2026-12-31"),
                later(*COMPETENCE, first="2027-01-01", competent="yes", **no_own_ombuds),
                ended(*PERIOD, last="2026-12-31"),
                later(*PERIOD, first="2027-01-01", length="2"),
            ],
        )
    )

    before, after = date(2026, 12, 31), date(2027, 1, 1)
    assert not known.competence("mun-ixelles", Flow.COMPLAINT, before).competent
    assert known.competence("mun-ixelles", Flow.COMPLAINT, after).competent
    assert known.period(Flow.REPORT, ClockKind.FEEDBACK, before).length == 3
    assert known.period(Flow.REPORT, ClockKind.FEEDBACK, after).length == 2


def test_a_day_before_the_first_row_of_a_period_gets_the_first_row() -> None:
    assert assemble(TABLES).period(Flow.REPORT, ClockKind.FEEDBACK, date(1999, 1, 1)).length == 3


def test_a_clock_that_a_flow_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        assemble(TABLES).period(Flow.COMPLAINT, ClockKind.FEEDBACK, date(2026, 1, 1))


def test_a_ground_that_is_switched_off_is_not_offered() -> None:
    row = changed("grounds", "political", enabled="no")

    known = assemble(with_changes(TABLES, [Change("grounds", "political", row)]))

    codes = {ground.code for ground in known.grounds_on(date(2026, 1, 1))}
    assert "political" not in codes
    assert "no_first_contact" in codes


@pytest.mark.parametrize(
    ("kind", "key"),
    [("settings", "reference.complaint"), ("periods", "report:acknowledgement:2023-06-06")],
)
def test_what_the_program_needs_cannot_be_withdrawn(kind: str, key: str) -> None:
    found = refused(TABLES, [Change(kind, key, None)])

    assert found is not None
    assert found.problem is RowProblem.MUST_STAY


def test_a_service_that_other_rows_name_cannot_be_withdrawn() -> None:
    found = refused(TABLES, [Change("authorities", "mobility", None)])

    assert found is not None
    assert found.problem is RowProblem.UNKNOWN_AUTHORITY


def test_a_change_that_cannot_be_read_leaves_the_row_as_it_was() -> None:
    tables = with_changes(TABLES, [Change("norms", "law", {"code": "law"})])

    assert tables["norms"]["law"] == TABLES["norms"]["law"]


def test_a_change_of_a_kind_that_is_gone_is_left_out() -> None:
    assert with_changes(TABLES, [Change("colours", "red", {"a": "b"})]) == TABLES


def test_a_changed_row_keeps_its_place_and_a_new_one_comes_last() -> None:
    new = Change("norms", "clear_language", changed("norms", "law", code="clear_language"))
    old = Change("norms", "law", changed("norms", "law", certainty="confirmed"))

    codes = list(with_changes(TABLES, [new, old])["norms"])

    assert codes[0] == "law"
    assert codes[-1] == "clear_language"


def test_a_row_under_another_key_is_a_problem() -> None:
    tables = {**TABLES, "norms": {"something": TABLES["norms"]["law"]}}

    assert [found.problem for found in problems(tables)] == [RowProblem.KEY_CHANGED]


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_keeps_only_its_own_columns_trimmed(kind: str) -> None:
    normal: Callable[[Row], Row] = KINDS[kind].normal

    assert normal({**SAMPLES[kind], "csrf_token": "x"}) == SAMPLES[kind]
    assert normal({name: f" {text}\r\n" for name, text in SAMPLES[kind].items()}) == SAMPLES[kind]
