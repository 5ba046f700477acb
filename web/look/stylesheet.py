"""The one stylesheet of both applications, with the office's own colours in their place."""

from pathlib import Path

from web.look.office import Look
from web.look.palette import PLACE, as_css

HOUSE = (Path(__file__).parents[1] / "static" / "zegel.css").read_text("utf-8")


def stylesheet_of(look: Look) -> bytes:
    """The stylesheet as it is served."""
    return HOUSE.replace(PLACE, as_css(look.colours), 1).encode()
