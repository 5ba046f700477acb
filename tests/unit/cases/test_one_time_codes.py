"""One-time codes are those of RFC 6238, fit for a minute and a half, and work once."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from cases.domain.one_time_codes import new_secret, provisioning_uri, step_of

SECRET = b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 23, 9, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B, SHA-1, the last six digits.
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_published_codes_are_accepted(seconds: int, code: str) -> None:
    assert step_of(code, SECRET, datetime.fromtimestamp(seconds, UTC), 0) == seconds // 30


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_that_is_half_a_minute_off_is_forgiven(drift: int) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30 * drift))

    assert step_of(code, SECRET, NOW, 0) == STEP + drift


@pytest.mark.parametrize("drift", [-2, 2])
def test_a_code_of_another_minute_is_refused(drift: int) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30 * drift))

    assert step_of(code, SECRET, NOW, 0) is None


def test_a_used_code_and_those_before_it_are_refused() -> None:
    for drift in (-1, 0):
        code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30 * drift))
        assert step_of(code, SECRET, NOW, STEP) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "1" * 500, "\ud800"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert step_of(typed, SECRET, NOW, 0) is None


def test_blanks_in_a_typed_code_do_not_matter() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)

    assert step_of(f" {code[:3]} {code[3:]} ", SECRET, NOW, 0) == STEP


def test_secrets_have_160_bits_and_differ() -> None:
    first, second = new_secret(), new_secret()

    assert len(first) == 32
    assert first != second
    assert "secret=" + first in provisioning_uri(first, "ann", "Ombuds")
