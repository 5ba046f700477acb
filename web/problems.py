"""A problem as a person reads it: what happened, what was kept, what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """Texts are already in the person's language (or lazy). `status` is the HTTP status."""

    status: int
    heading: str
    paragraphs: tuple[str, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
