"""Every suite there is, by its number. A new one is a class beside `crypto.hybrid` and a line here.

Keys of several suites live side by side: each key, seed and box says which it is of, so whoever
seals takes the suite of the recipient's key, and nobody negotiates. A suite is taken from this
table only when nothing that it sealed is left.
"""

from collections.abc import Mapping
from types import MappingProxyType

from crypto.errors import Malformed
from crypto.hybrid import Hybrid
from crypto.suite import Suite

FIRST = 1
"""The suite of a seed that names none: the 32 bytes alone, as all were when there was one suite."""

NEW_KEYS = FIRST
"""The suite in which new keys are made."""

SUITES: Mapping[int, Suite] = MappingProxyType({suite.number: suite for suite in (Hybrid(),)})


def suite_numbered(number: int) -> Suite:
    """The suite of a number that something stored or sent begins with.

    Raises:
        Malformed: this program does not know it.
    """
    try:
        return SUITES[number]
    except KeyError:
        raise Malformed("unknown suite") from None
