"""What a tool found, and what of it is accepted for a written reason."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ACCEPTED = Path(__file__).with_name("accepted.toml")


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that one tool said.

    Attributes:
        rule: the tool's own name of the fault.
        place: a file or an address, without what differs from run to run.
    """

    tool: str
    rule: str
    place: str

    def __str__(self) -> str:
        return f"{self.tool}: {self.rule} at {self.place}"


@dataclass(frozen=True)
class Reason:
    """Why findings of one rule at one place, or at places that begin so, are no fault."""

    tool: str
    rule: str
    place: str
    reason: str

    def covers(self, found: Finding) -> bool:
        """Whether this is said of that finding."""
        same = (self.tool, self.rule) == (found.tool, found.rule)
        return same and found.place.startswith(self.place)


def accepted() -> tuple[Reason, ...]:
    """The reasons that were written down."""
    return tuple(Reason(**each) for each in tomllib.loads(ACCEPTED.read_text())["accepted"])


def without_reason(found: Iterable[Finding], reasons: Iterable[Reason]) -> list[Finding]:
    """What nobody gave a reason for."""
    known = tuple(reasons)
    return sorted(each for each in set(found) if not any(one.covers(each) for one in known))
