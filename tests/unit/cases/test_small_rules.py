"""References, logins, texts, waits, roles: the rules that fit in a line each."""

from datetime import timedelta

import pytest

from cases.domain.facts import LONG_TEXT
from cases.domain.flows import Flow
from cases.domain.logins import folded_login, read_login
from cases.domain.reference import shipped
from cases.domain.references import is_pattern, reference
from cases.domain.roles import ROLE_PERMISSIONS, Permission, Role, StaffMember
from cases.domain.texts import read_message, read_notice, read_reason
from cases.domain.throttling import LONGEST_WAIT, wait_after
from cases.errors import (
    InvalidLogin,
    MessageRequired,
    NoticeRequired,
    ReasonRequired,
    TextTooLong,
)


@pytest.mark.parametrize(
    ("flow", "number", "expected"),
    [
        (Flow.COMPLAINT, 7, "OM.2026.0007"),
        (Flow.REPORT, 12345, "SI.2026.12345"),
        (Flow.PROTECTION, 1, "PR.2026.0001"),
    ],
)
def test_references_follow_the_offices_pattern(flow: Flow, number: int, expected: str) -> None:
    pattern = shipped().setting(f"reference.{flow}")

    assert reference(pattern, 2026, number) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "OM.{year}",
        "OM.{number}",
        "{number}.{year}",
        "OM.{year}.{number}.{number}",
        "{year.__class__}{number}",
        "{year}{number!r}",
        "OM {year} {number}",
        "A" * 30 + "{year}{number}",
    ],
)
def test_a_pattern_that_could_give_one_reference_twice_is_none(pattern: str) -> None:
    assert not is_pattern(pattern)
    with pytest.raises(ValueError, match="needs"):
        reference(pattern, 2026, 1)


@pytest.mark.parametrize("typed", ["Ann", " ann ", "ANN"])
def test_a_login_is_looked_up_without_case_and_blanks(typed: str) -> None:
    assert folded_login(typed) == "ann"


@pytest.mark.parametrize("typed", ["", "a", ".ann", "ann lee", "änn", "a" * 61, "ann\n!"])
def test_a_login_that_nobody_could_type_is_refused(typed: str) -> None:
    with pytest.raises(InvalidLogin):
        read_login(typed)


def test_outer_blanks_of_a_message_do_not_count() -> None:
    assert read_message("  one\r\ntwo \n") == "one\ntwo"


@pytest.mark.parametrize("text", ["", "  \r\n\t"])
def test_an_empty_message_is_refused_where_one_is_needed(text: str) -> None:
    with pytest.raises(MessageRequired):
        read_message(text)
    with pytest.raises(ReasonRequired):
        read_reason(text, required=True)
    with pytest.raises(NoticeRequired):
        read_notice(text, required=True)

    assert read_message(text, required=False) == ""
    assert read_reason(text, required=False) == ""
    assert read_notice(text, required=False) == ""


def test_a_text_over_the_limit_is_refused() -> None:
    assert len(read_message("x" * LONG_TEXT)) == LONG_TEXT

    with pytest.raises(TextTooLong) as refused:
        read_message("x" * (LONG_TEXT + 1))

    assert refused.value.limit == LONG_TEXT


def test_waits_start_at_the_fifth_failure_and_end_at_five_minutes() -> None:
    waits = [wait_after(failures) for failures in range(1, 40)]

    assert waits[:4] == [timedelta(0)] * 4
    assert waits[4] == timedelta(seconds=5)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT == timedelta(minutes=5)


def test_every_role_and_permission_is_in_the_table() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert frozenset[Permission]().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_a_person_may_what_one_of_the_roles_may() -> None:
    person = StaffMember(b"x" * 16, "ann", "Ann", frozenset({Role.CUSTODIAN, Role.ADMINISTRATOR}))

    assert person.may(Permission.MANAGE_STAFF)
    assert not person.may(Permission.SEE_CASES)
