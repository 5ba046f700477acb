"""Whether a passphrase is strong enough to guard a personal key.

The passphrase alone must hold against whoever has the database. A graphics card tries 1,350 a
second behind our Argon2id (docs/explanation/keys.md): it needs 23 years for 10^12 guesses. The
scores of zxcvbn end long before: 10^8 guesses, its 3, are 20 hours, and 10^10, its 4, three months.
"""

from collections.abc import Iterable

from zxcvbn import zxcvbn

from cases.errors import WeakPassphrase
from cases.reasons import PassphraseFlaw as PassphraseFlaw

MINIMUM_LENGTH = 12
MINIMUM_GUESSES = 10**12
MAXIMUM_LENGTH = 1000
_JUDGED = 72  # zxcvbn's own limit: its cost grows with the square of the length

_FLAWS = {
    "dictionary": PassphraseFlaw.COMMON_WORDS,
    "spatial": PassphraseFlaw.KEYBOARD_PATTERN,
    "repeat": PassphraseFlaw.REPEATS,
    "sequence": PassphraseFlaw.SEQUENCE,
    "regex": PassphraseFlaw.DATE,
    "date": PassphraseFlaw.DATE,
}


def check_passphrase(passphrase: str, personal: Iterable[str]) -> None:
    """Refuse a weak passphrase with the ways in which it is weak.

    Args:
        passphrase: as typed.
        personal: words an attacker would try first, such as login, name and office.

    Raises:
        WeakPassphrase: too short, or fewer guesses away than the limit.
    """
    flaws = flaws_of(passphrase, personal)
    if flaws:
        raise WeakPassphrase(flaws)


def flaws_of(passphrase: str, personal: Iterable[str]) -> tuple[PassphraseFlaw, ...]:
    """Every flaw of the passphrase; empty when it is strong enough."""
    if len(passphrase) < MINIMUM_LENGTH:
        return (PassphraseFlaw.TOO_SHORT,)
    judged = zxcvbn(passphrase[:_JUDGED], user_inputs=_words(personal))
    if judged["guesses"] >= MINIMUM_GUESSES:
        return ()
    found = {_flaw(match) for match in judged["sequence"]}
    return tuple(sorted(found - {PassphraseFlaw.GUESSABLE})) or (PassphraseFlaw.GUESSABLE,)


def _words(personal: Iterable[str]) -> list[str | int | float]:
    # A full name is guessed by its parts as well as whole.
    return [word for text in personal for word in (text, *text.split()) if word]


def _flaw(match: object) -> PassphraseFlaw:
    if not isinstance(match, dict):
        return PassphraseFlaw.GUESSABLE
    if match.get("dictionary_name") == "user_inputs":
        return PassphraseFlaw.PERSONAL
    return _FLAWS.get(str(match.get("pattern")), PassphraseFlaw.GUESSABLE)
