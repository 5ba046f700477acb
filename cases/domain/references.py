"""Reference numbers by the office's pattern, given when a case is registered.

The patterns are reference data: `OM.{year}.{number:04d}` for a complaint is the office's published
one.
"""

import re

_PLAIN = r"[A-Za-z0-9./_-]*"
_PATTERN = re.compile(_PLAIN + r"\{year\}" + _PLAIN + r"\{number(:0[1-9]d)?\}" + _PLAIN)


def is_pattern(text: str) -> bool:
    """Whether a reference made by this is unique in its flow: it names year and number once."""
    return len(text) <= 30 and _PATTERN.fullmatch(text) is not None


def reference(pattern: str, year: int, number: int) -> str:
    """The reference of the `number`th case of its flow in `year`.

    Raises:
        ValueError: the pattern is none.
    """
    if not is_pattern(pattern):
        raise ValueError("a reference needs {year} and {number}")
    return pattern.format(year=year, number=number)
