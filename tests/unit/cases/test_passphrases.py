"""Weak passphrases are refused with the way in which they are weak."""

import pytest

from cases.domain.passphrases import check_passphrase, flaws_of
from cases.errors import WeakPassphrase
from cases.reasons import PassphraseFlaw

PERSONAL = ("ann", "Annelies Vandenbroucke")


@pytest.mark.parametrize(
    ("passphrase", "flaw"),
    [
        ("k7#fQ2!xZ9", PassphraseFlaw.TOO_SHORT),
        ("password1234", PassphraseFlaw.COMMON_WORDS),
        ("aaaaaaaaaaaaaaa", PassphraseFlaw.REPEATS),
        ("vandenbroucke1", PassphraseFlaw.PERSONAL),
        ("abcdefghijklmn", PassphraseFlaw.SEQUENCE),
        ("annelies 1980", PassphraseFlaw.PERSONAL),
        # Scores of 3: a stolen database and a graphics card found them within days.
        ("Brussels2019!!", PassphraseFlaw.COMMON_WORDS),
        ("dragonfly7 cat", PassphraseFlaw.COMMON_WORDS),
    ],
)
def test_a_weak_passphrase_is_refused(passphrase: str, flaw: PassphraseFlaw) -> None:
    with pytest.raises(WeakPassphrase) as refused:
        check_passphrase(passphrase, PERSONAL)

    assert flaw in refused.value.flaws
    assert passphrase not in str(refused.value)


@pytest.mark.parametrize(
    "passphrase",
    ["velvet tractor humming under seven moons", "mijn fiets staat in de regen", "k7#fQ2!xZ9pL"],
)
def test_a_strong_passphrase_is_accepted(passphrase: str) -> None:
    assert flaws_of(passphrase, PERSONAL) == ()


def test_a_very_long_passphrase_costs_no_time_to_judge() -> None:
    assert flaws_of("velvet tractor humming " * 40, PERSONAL) == ()


def test_no_personal_words_are_fine() -> None:
    assert flaws_of("velvet tractor humming under", ("", " ")) == ()
