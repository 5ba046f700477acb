"""Codes on paper: their shape, their spelling, and whose they are."""

import re

import pytest

from crypto.recovery_codes import draw_recovery_code, is_recovery_code, recovery_digest
from tests.unit.crypto.builders import seed


def test_a_code_is_three_groups_of_four_and_never_the_same() -> None:
    codes = {draw_recovery_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", c) for c in codes)
    assert all(map(is_recovery_code, codes))


@pytest.mark.parametrize(
    "typed",
    ["k0m1-9qx4-zz7p", " K0M1 9QX4 ZZ7P ", "kom19qx4zz7p", "KoMl-9QX4-ZZ7P", "KOMI-9QX4-ZZ7P"],
)
def test_it_is_the_same_code_however_it_is_spelled(typed: str) -> None:
    assert is_recovery_code(typed)
    assert recovery_digest(typed, seed("a")) == recovery_digest("K0M1-9QX4-ZZ7P", seed("a"))


@pytest.mark.parametrize(
    "typed", ["", "123456", "123 456", "K0M1-9QX4", "K0M1-9QX4-ZZ7P-1", "ÄÄÄÄ" * 3]
)
def test_nothing_else_is_taken_for_one(typed: str) -> None:
    assert not is_recovery_code(typed)


def test_the_same_code_of_another_person_is_another() -> None:
    code = draw_recovery_code()

    assert recovery_digest(code, seed("a")) != recovery_digest(code, seed("b"))
    assert len(recovery_digest(code, seed("a"))) == 32
