"""The shipped register of public services, for what is not yet asked of the office's own data."""

from cases.domain.reference import LANGUAGES as LANGUAGES
from cases.domain.reference import Authority, shipped
from cases.domain.reference import Certainty as Certainty
from cases.domain.reference import Level as Level


def authorities() -> tuple[Authority, ...]:
    """Every service, in the order of the file."""
    return shipped().authorities


def by_id(authority_id: str) -> Authority | None:
    """The service with this id."""
    return shipped().authority(authority_id)


def by_level() -> dict[Level, tuple[Authority, ...]]:
    """The services of each level."""
    return {level: tuple(a for a in authorities() if a.level is level) for level in Level}
