"""What the applications serve of the office's look, made once at start."""

from dataclasses import dataclass, field
from pathlib import Path

from web.look.logo import Logo, draw
from web.look.office import Look
from web.look.reading import read_look
from web.look.stylesheet import stylesheet_of


@dataclass(frozen=True, slots=True)
class ServedLook:
    """The look, its stylesheet and its logo."""

    look: Look
    stylesheet: bytes = field(repr=False)
    logo: Logo | None


def served_look(home: Path) -> ServedLook:
    """The look of the office whose folder this is. Raises LookInvalid."""
    look = read_look(home)
    return ServedLook(look, stylesheet_of(look), draw(look.logo) if look.logo else None)
