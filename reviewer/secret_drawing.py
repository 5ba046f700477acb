"""The secret of an authenticator app as people take it over: a drawing, and groups of letters."""

import segno
from markupsafe import Markup


def drawn(uri: str) -> Markup:
    """The secret as inline SVG; segno writes nothing into it but numbers and colours."""
    drawing = segno.make(uri, error="m", micro=False)
    svg = drawing.svg_inline(scale=5, border=4, light="#fff", dark="#000")
    return Markup(svg)  # noqa: S704 - made by segno from numbers


def grouped(secret: str) -> str:
    """Groups of four, to be typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
