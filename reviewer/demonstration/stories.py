"""What happens in the invented cases, as data: who wrote what, how many days ago.

Every person, service and fact is invented. No real service is named, so that nobody mistakes a
demonstration for an accusation.
"""

from dataclasses import dataclass

from cases.domain.details import Details
from cases.domain.facts import Facts, Identity
from cases.domain.flows import Action


@dataclass(frozen=True, slots=True)
class Acts:
    """A step of the office."""

    days_ago: int
    who: str
    action: Action
    message: str = ""
    reason: str = ""
    notice: str = ""
    details: Details | None = None


@dataclass(frozen=True, slots=True)
class Releases:
    """A question to a public service leaves the office, by letter."""

    days_ago: int
    who: str
    consultation_id: bytes


@dataclass(frozen=True, slots=True)
class Answers:
    """A message of the office."""

    days_ago: int
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Notes:
    """An internal note."""

    days_ago: int
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Takes:
    """Someone takes the case out of the intake pool."""

    days_ago: int
    who: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Who holds the case lets a colleague open it too."""

    days_ago: int
    who: str
    with_whom: str


@dataclass(frozen=True, slots=True)
class Writes:
    """A message of the person who reported or complained."""

    days_ago: int
    text: str
    files: tuple[str, ...] = ()


Event = Acts | Releases | Answers | Notes | Takes | Shares | Writes


@dataclass(frozen=True, slots=True)
class Story:
    """One case: what was sent in, and what happened since.

    `files` are names in the folder of this package; `shown` marks the printed receipt.
    """

    days_ago: int
    facts: Facts
    events: tuple[Event, ...] = ()
    identity: Identity | None = None
    files: tuple[str, ...] = ()
    shown: bool = False
