"""What looking into a file gives; plain values that both sides of the locked process know."""

from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a piece of hidden data tells, for people to see at a glance."""

    PLACE = "place"
    PERSON = "person"
    TIME = "time"
    DEVICE = "device"
    SOFTWARE = "software"
    TEXT = "text"
    EMBEDDED = "embedded"
    OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Hidden:
    """One piece of data that a file carries and a reader does not see.

    Attributes:
        about: what it tells.
        name: its technical name in the format, such as "GPSLatitude".
        value: as text, at most 500 characters.
    """

    about: About
    name: str
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Look:
    """What a file is.

    Attributes:
        media_type: by its content; `application/octet-stream` where nobody knows.
        fits_name: whether its name's extension is one of this type's.
        hidden: what it carries unseen.
        cleanable: whether a copy without that can be made.
        pages: how many pages can be shown; 0 where there is no preview.
    """

    media_type: str
    fits_name: bool
    hidden: tuple[Hidden, ...]
    cleanable: bool
    pages: int


@dataclass(frozen=True, slots=True, repr=False)
class Pixels:
    """A page as a picture: three bytes (red, green, blue) for each point, rows from the top."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """A page as plain text; `cut`: there is more than is shown."""

    text: str
    cut: bool


Page = Pixels | Words


class Failure(StrEnum):
    """Why a file could not be looked into."""

    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    # No locked process can be had on this machine: nothing is opened without one.
    UNAVAILABLE = "unavailable"


class InspectionFailed(Exception):
    """A file could not be looked into.

    Attributes:
        failure: why.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure
