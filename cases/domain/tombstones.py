"""The list of erased cases, as text: what a backup from before must not bring back.

It holds ids and days and nothing else. The first line says what it is and in which version; then a
line for each case, its id in hexadecimal and the day on which it was erased, in the order of both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.errors import TombstonesUnusable
from cases.saying import said

HEADER = "zegel erased cases 1"
_LINE = re.compile(r"([0-9a-f]{32}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, order=True)
class Tombstone:
    """A case that was erased, and the day."""

    day: date
    case_id: bytes


def to_text(tombstones: Iterable[Tombstone]) -> str:
    """The list as text; of a case that is named twice, the first day."""
    lines = (f"{each.case_id.hex()} {each.day.isoformat()}" for each in merged(tombstones))
    return "\n".join((HEADER, *lines, ""))


def from_text(text: str) -> tuple[Tombstone, ...]:
    """What `to_text` wrote.

    Raises:
        TombstonesUnusable: not such a list, or one that was cut or altered.
    """
    header, *lines = text.split("\n")
    if header != HEADER or not lines or lines.pop() != "":
        raise TombstonesUnusable(
            said("The list of erased cases does not begin and end as it should.")
        )
    return merged(_tombstone(line) for line in lines)


def merged(tombstones: Iterable[Tombstone]) -> tuple[Tombstone, ...]:
    """Each case once, with its first day, in order."""
    first: dict[bytes, Tombstone] = {}
    for each in sorted(tombstones):
        first.setdefault(each.case_id, each)
    return tuple(first.values())


def _tombstone(line: str) -> Tombstone:
    found = _LINE.fullmatch(line)
    if found is None:
        raise TombstonesUnusable(said("A line of the list of erased cases cannot be read."))
    try:
        return Tombstone(date.fromisoformat(found[2]), bytes.fromhex(found[1]))
    except ValueError:
        raise TombstonesUnusable(said("A line of the list of erased cases names no day.")) from None
