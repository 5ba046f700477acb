"""Addresses and numbers that lead to one person: e-mail, links, telephones, accounts, registers.

The patterns rather find too much than too little: no check digits, any separator, any country.
Each starts only where a word starts and never tries two ways through the same characters, so a
text made to slow them down does not.
"""

import re
from collections.abc import Iterator

from cases.domain.identifying.kinds import IdentifyingKind as Kind
from cases.domain.identifying.plain import Span

_EMAIL = r"(?<![\w.+'-])[\w.+'-]+(?:@| ?[\[(] ?(?:at|@|apenstaartje|arobase) ?[\])] ?)\w[\w.-]*\w"
_LINK = (
    r"(?:https?|ftp)://[^\s<>\"]+"
    r"|(?<![\w@.-])www\.[^\s<>\"]+"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:be|brussels|com|org|net|eu|info|fr|nl|de|lu|uk|io|me)\b"
    r"(?:/[^\s<>\"]*)?"
    r"|(?<![\w@.])@\w{2,}"
)
# Belgian: 9 digits, mobile 10; the year of a date written with slashes is no part of one.
_PHONE = (
    r"(?<![\w+])(?:\+|00)\s?\(?[1-9](?:[\s./()-]{0,3}\d){6,14}(?!\w)"
    r"|(?<!\w)\(?(?!\d\d?[/.-]\d\d?[/.-](?:19|20)\d\d\b)0[1-9](?:[\s./()-]{0,3}\d){7,8}(?!\w)"
)
_NATIONAL_NUMBER = r"(?<![\w+])\d\d[. ]?\d\d[. ]?\d\d[ .-]{0,3}\d{3}[ .-]?\d\d(?!\w)"
_ACCOUNT = (
    r"(?<!\w)[a-z]{2} ?\d\d(?:[ .-]?\d{4}){2,7}(?:[ .-]?\d{1,3})?(?!\w)"
    r"|(?<!\w)(?-i:[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)(?!\w)"
    r"|(?<!\w)\d{3}[ -]\d{7}[ -]\d\d(?!\w)"
)
# A case, a badge, a number plate, a member of staff.
_NUMBER = r"(?<!\w)\d(?:[ ./-]?\d){5,}(?!\w)|(?<!\w)(?-i:\d-[A-Z]{3}-\d{3}|[A-Z]{3}-\d{3})(?!\w)"

_PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.EMAIL, _EMAIL),
        (Kind.LINK, _LINK),
        (Kind.PHONE, _PHONE),
        (Kind.NATIONAL_NUMBER, _NATIONAL_NUMBER),
        (Kind.ACCOUNT, _ACCOUNT),
        (Kind.NUMBER, _NUMBER),
    )
)
_END_OF_SENTENCE = ".,;:!?)]}'"


def contacts(plain: str) -> Iterator[tuple[Span, Kind]]:
    """Every address and number in a plain text."""
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            yield (found.start(), _end(found)), kind


def _end(found: re.Match[str]) -> int:
    return found.start() + len(found[0].rstrip(_END_OF_SENTENCE))
