"""One-time codes (RFC 6238: SHA-1, six digits, thirty seconds), through pyotp."""

import hmac
from datetime import datetime

from pyotp import TOTP, random_base32

STEP_SECONDS = 30
_WINDOW = 1  # steps before and after: a phone's clock may be half a minute off


def new_secret() -> str:
    """160 random bits in base32, as authenticator applications read them."""
    return random_base32()


def provisioning_uri(secret: str, login: str, office: str) -> str:
    """What the QR code of an enrolment holds."""
    return TOTP(secret).provisioning_uri(name=login, issuer_name=office)


def step_of(code: str, secret: str, now: datetime, last_step: int) -> int | None:
    """The time step that the code belongs to; None for a wrong or used code.

    Args:
        code: as typed; blanks inside do not matter.
        secret: base32.
        now: aware.
        last_step: the last step whose code was used; only later ones count.
    """
    typed = "".join(code.split())
    current = int(now.timestamp()) // STEP_SECONDS
    totp = TOTP(secret)
    found = None
    # Every step is compared, so that the time taken does not tell which one fits.
    for step in range(current - _WINDOW, current + _WINDOW + 1):
        if _equal(totp.at(step * STEP_SECONDS), typed) and step > last_step:
            found = step
    return found


def _equal(expected: str, typed: str) -> bool:
    return hmac.compare_digest(expected.encode(), typed.encode("utf-8", "replace"))
