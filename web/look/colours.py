"""Colours and how well one is told from another. Source: WCAG 2.2, relative luminance."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
# WCAG's share of each channel in how bright a colour looks.
_SHARES = (0.2126, 0.7152, 0.0722)
_STEPS = 20


@dataclass(frozen=True, slots=True)
class Colour:
    """An opaque sRGB colour; each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def channels(self) -> tuple[int, int, int]:
        """Red, green, blue."""
        return self.red, self.green, self.blue

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


WHITE = Colour(255, 255, 255)
BLACK = Colour(0, 0, 0)


def parse(written: str) -> Colour | None:
    """The colour of `#rrggbb`, or None: names and short forms are not taken."""
    found = _WRITTEN.fullmatch(written)
    return Colour(*(int(part, 16) for part in found.groups())) if found else None


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio, from 1.0 (the same) to 21.0 (black on white)."""
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """One colour with a share (0 to 1) of another in it."""
    pairs = zip(one.channels, other.channels, strict=True)
    return Colour(*(round(first + (second - first) * share) for first, second in pairs))


def readable_on(ground: Colour) -> Colour:
    """White or black, whichever reads better: never less than 4.58:1."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, ground))


def lifted(colour: Colour, ground: Colour, ratio: float) -> Colour:
    """The colour with as little white as it needs to stand out from a dark ground so much."""
    for step in range(_STEPS + 1):
        lighter = mixed(colour, WHITE, step / _STEPS)
        if contrast(lighter, ground) >= ratio:
            return lighter
    return WHITE


def _luminance(colour: Colour) -> float:
    linear = (_linear(channel / 255) for channel in colour.channels)
    return sum(share * value for share, value in zip(_SHARES, linear, strict=True))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
