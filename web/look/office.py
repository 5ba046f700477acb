"""What an office says of itself in `look.toml`, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from web.look.palette import Colours, Scheme

# Code of the language -> text.
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LogoFile:
    """The office's logo as it lies beside `look.toml`, and what it shows, in words."""

    path: Path
    alternative: Texts


@dataclass(frozen=True, slots=True)
class Look:
    """An office's own look. Everything left out is as Zegel ships.

    Attributes:
        names: what the office is called in each language; without them, as the roster says.
        welcome: the first paragraph of the start page.
        contact: lines at the foot of the portal's pages.
        site: the address of the office's own site.
        colours: tokens of the stylesheet that change.
    """

    names: Texts = field(default_factory=dict)
    welcome: Texts = field(default_factory=dict)
    contact: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    site: Texts = field(default_factory=dict)
    colours: Mapping[Scheme, Colours] = field(default_factory=dict)
    logo: LogoFile | None = None

    def name(self, language: str, signed: str) -> str:
        """The office's name in a language; `signed` is the one on the roster."""
        return self.names.get(language, signed)
