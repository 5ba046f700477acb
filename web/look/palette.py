"""From the few colours that an office sets to the tokens of the stylesheet, light and dark.

The stylesheet has the colours of the house and says which token is used on which; an office changes
those of its brand, and what it leaves out follows from what it sets. Every pair that pages show is
then measured, so that no office makes a page that people cannot read (WCAG 2.2: 1.4.3 and 1.4.11).
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from web.look.colours import BLACK, WHITE, Colour, contrast, lifted, mixed, parse, readable_on

Colours = Mapping[str, Colour]

# What an office may set, each for light and for dark pages.
SETTABLE = ("brand", "on_brand", "accent", "link", "button", "on_button")
# Where the office's own tokens stand in the stylesheet: after those of the house, before those of
# people who ask for more contrast.
PLACE = "/* The office's own colours. */"
DARK = "@media (prefers-color-scheme: dark)"

TEXT, GRAPHIC = 4.5, 3.0
# On dark pages, a colour that was set for light ones is lifted until it reads as well as this.
_EASY = 7.0
_DEEPER, _DARKER, _WASHED = 0.35, 0.45, 0.9
_GROUNDS = ("paper", "wash", "info-wash", "good-wash", "watch-wash", "bad-wash")

# (text, ground): everything of the brand that people read.
TEXT_PAIRS = (
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    *(("link", ground) for ground in _GROUNDS),
    ("on-button", "button"),
    ("on-button", "button-hover"),
    ("on-accent", "accent"),
    ("ink", "info-wash"),
    ("info", "info-wash"),
    ("info", "paper"),
)
# (shape, ground): what shows where one is and what can be pressed.
GRAPHIC_PAIRS = (
    ("accent", "brand"),
    ("accent", "brand-strong"),
    ("button", "paper"),
    ("button", "wash"),
)
# One of the ring's two colours must stand out on each ground.
FOCUS_GROUNDS = ("paper", "wash", "brand", "brand-strong")
_RINGS = ("accent", "focus")

_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


class Scheme(StrEnum):
    """For which pages."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that pages show on each other, and how well people tell them apart."""

    scheme: Scheme
    shown: str
    colour: Colour
    on: str
    ground: Colour
    ratio: float
    needed: float

    @property
    def rounded(self) -> str:
        """The ratio as it is told: rounded down, as 4.499 is not 4.5."""
        return f"{math.floor(self.ratio * 100) / 100:.2f}"

    @property
    def is_faint(self) -> bool:
        """Whether too many people could not."""
        return self.ratio < self.needed


def of_the_house(stylesheet: str) -> dict[Scheme, dict[str, Colour]]:
    """The tokens that the stylesheet itself sets."""
    light, _, dark = stylesheet.partition(PLACE)[0].partition(DARK)
    return {Scheme.LIGHT: _tokens(light), Scheme.DARK: {**_tokens(light), **_tokens(dark)}}


def of_the_office(
    given: Mapping[Scheme, Colours], house: Mapping[Scheme, Colours]
) -> dict[Scheme, dict[str, Colour]]:
    """The tokens that change, from what an office set (names of `SETTABLE`).

    Dark pages follow the light ones where nothing is set for them.
    """
    light = _spread(given.get(Scheme.LIGHT, {}))
    dark = {
        **_carried(light, house[Scheme.DARK]["paper"]),
        **given.get(Scheme.DARK, {}),
    }
    return {
        Scheme.LIGHT: _changed(light, house[Scheme.LIGHT]),
        Scheme.DARK: _changed(dark, house[Scheme.DARK]),
    }


def measured(scheme: Scheme, tokens: Colours) -> Iterator[Pair]:
    """Each pair that pages show; `tokens` are all of one scheme."""
    for pairs, needed in ((TEXT_PAIRS, TEXT), (GRAPHIC_PAIRS, GRAPHIC)):
        for shown, on in pairs:
            yield _pair(scheme, tokens, shown, on, needed)
    for on in FOCUS_GROUNDS:
        rings = [_pair(scheme, tokens, ring, on, GRAPHIC) for ring in _RINGS]
        # The accent is the one that an office can change.
        yield next((ring for ring in rings if not ring.is_faint), rings[0])


def closest_pair(scheme: Scheme, tokens: Colours) -> Pair:
    """The pair that is nearest to what it needs."""
    return min(measured(scheme, tokens), key=lambda pair: pair.ratio / pair.needed)


def as_css(changed: Mapping[Scheme, Colours]) -> str:
    """The rules that set the changed tokens; empty where there are none."""
    light, dark = (_rule(changed.get(scheme, {})) for scheme in (Scheme.LIGHT, Scheme.DARK))
    return light + (f"{DARK} {{ {dark} }}" if dark else "")


def _tokens(text: str) -> dict[str, Colour]:
    found = ((name, parse(value)) for name, value in _TOKEN.findall(text))
    return {name: colour for name, colour in found if colour is not None}


def _spread(light: Colours) -> dict[str, Colour]:
    """Links and buttons are of the brand's colour unless they have their own."""
    brand = light.get("brand")
    return {**({"link": brand, "button": brand} if brand else {}), **light}


def _carried(light: Colours, paper: Colour) -> dict[str, Colour]:
    """What light pages mean for dark ones. Colours of texts follow from their grounds anew."""
    dark = {name: lifted(light[name], paper, _EASY) for name in ("link", "button") if name in light}
    if "brand" in light:
        dark["brand"] = mixed(light["brand"], BLACK, _DARKER)
    if "accent" in light:
        dark["accent"] = light["accent"]
    return dark


def _changed(given: Colours, house: Colours) -> dict[str, Colour]:
    changed = {
        **_ground(given, house, "brand", "brand-strong"),
        **_ground(given, house, "button", "button-hover"),
    }
    if "accent" in given:
        accent = given["accent"]
        changed |= {"accent": accent, "halo": accent, "on-accent": readable_on(accent)}
    if "link" in given:
        link = given["link"]
        changed |= {"link": link, "info": link, "info-wash": mixed(link, house["paper"], _WASHED)}
    return changed


def _ground(given: Colours, house: Colours, name: str, stronger: str) -> dict[str, Colour]:
    """A ground, the text on it, and the ground where it is stronger: further from its text."""
    if name not in given and f"on_{name}" not in given:
        return {}
    ground = given.get(name, house[name])
    text = given.get(f"on_{name}", readable_on(ground))
    further = BLACK if contrast(text, BLACK) > contrast(text, WHITE) else WHITE
    return {name: ground, f"on-{name}": text, stronger: mixed(ground, further, _DEEPER)}


def _rule(tokens: Colours) -> str:
    lines = " ".join(f"--{name}: {colour};" for name, colour in tokens.items())
    return f":root {{ {lines} }}" if lines else ""


def _pair(scheme: Scheme, tokens: Colours, shown: str, on: str, needed: float) -> Pair:
    ratio = contrast(tokens[shown], tokens[on])
    return Pair(scheme, shown, tokens[shown], on, tokens[on], ratio, needed)
