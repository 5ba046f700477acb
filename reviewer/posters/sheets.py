"""What a printed sheet says of one office, and how it travels to the process that prints it."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

# How the process that prints ends where the texts are longer than the paper.
DOES_NOT_FIT = 3


class Kind(StrEnum):
    """What can be printed."""

    POSTER = "poster"
    # A5, printed on both sides.
    LEAFLET = "leaflet"
    # Ten on an A4 sheet, to be cut.
    CARDS = "cards"


class Paper(StrEnum):
    """The sizes of a poster."""

    A3 = "a3"
    A4 = "a4"


@dataclass(frozen=True)
class Ink:
    """The colours of the office on white paper, as `#rrggbb`.

    Args:
        brand: of bands and marks.
        on_brand: of texts on them.
        accent: of lines that set something off.
        words: of headings and addresses.
    """

    brand: str
    on_brand: str
    accent: str
    words: str


HOUSE_INK = Ink(brand="#0b4a52", on_brand="#ffffff", accent="#f7c948", words="#0b4a52")


@dataclass(frozen=True)
class Sheet:
    """One thing to print. Every value is text; nothing in it is ever read as markup.

    Args:
        office: the office's name.
        office_lines: its postal address, for whoever would rather write or come.
        address: where the portal is: https://..., or an onion.
        onion: the portal's onion address too, or empty.
        ink: the office's colours, which people can read on paper.
    """

    kind: Kind
    paper: Paper
    language: str
    office: str
    office_lines: tuple[str, ...]
    address: str
    onion: str = ""
    ink: Ink = HOUSE_INK


def to_bytes(sheet: Sheet) -> bytes:
    """The sheet for the process that prints it."""
    return json.dumps(asdict(sheet)).encode()


def from_bytes(sent: bytes) -> Sheet:
    """The sheet that `to_bytes` sent."""
    values = json.loads(sent)
    values["kind"], values["paper"] = Kind(values["kind"]), Paper(values["paper"])
    values["ink"] = Ink(**values["ink"])
    return Sheet(**{**values, "office_lines": tuple(values["office_lines"])})
