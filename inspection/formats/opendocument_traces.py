"""What office programs write of people, times and machines into OpenDocument files."""

import re

from inspection.findings import About
from inspection.formats.traces import Trace, Traces

_SOMEBODY = "Author"
_SOME_DAY = "2000-01-01T00:00:00"
_REMOVED = "removed"
# Paths of the author's machine; a picture from elsewhere also tells a server of being looked at.
_HERE = r"file:|\.\./|/|\\\\|[A-Za-z]:[\\/]"
_LOCAL = re.compile(rf"^({_HERE})", re.I)
_ELSEWHERE = re.compile(rf"^({_HERE}|\w+://)", re.I)

PARTS = Traces(
    elements={
        "sender-initials": About.PERSON,
        "creator-initials": About.PERSON,
        # What was deleted or stood in a cell before, told as text; and the places of it.
        "tracked-changes": None,
        "change": None,
        "change-start": None,
        "change-end": None,
    },
    attributes={
        # Numbers of the sessions in which something was written.
        ("", "rsid"): Trace(None),
        ("", "paragraph-rsid"): Trace(None),
        ("", "href"): Trace(About.OTHER, _REMOVED, _LOCAL),
        ("image", "href"): Trace(About.OTHER, _REMOVED, _ELSEWHERE),
    },
    texts={
        ("annotation", "creator"): Trace(About.PERSON, _SOMEBODY),
        ("annotation", "date"): Trace(About.TIME, _SOME_DAY),
        ("annotation", "date-string"): Trace(About.TIME, ""),
        ("annotation", "initials"): Trace(About.PERSON, "A"),
        ("change-info", "creator"): Trace(About.PERSON, _SOMEBODY),
        ("change-info", "date"): Trace(About.TIME, _SOME_DAY),
    },
)

# Properties in meta.xml. What is not here tells something else.
PROPERTIES = {
    "initial-creator": About.PERSON,
    "creator": About.PERSON,
    "printed-by": About.PERSON,
    "creation-date": About.TIME,
    "date": About.TIME,
    "print-date": About.TIME,
    "editing-duration": About.TIME,
    "editing-cycles": About.OTHER,
    "generator": About.SOFTWARE,
    "title": About.TEXT,
    "subject": About.TEXT,
    "description": About.TEXT,
    "keyword": About.TEXT,
}

# Settings that tell of the machine; the value goes, by name.
SETTINGS = {
    "PrinterName": About.DEVICE,
    "PrinterSetup": About.DEVICE,
    "PrintFaxName": About.DEVICE,
    "Rsid": About.OTHER,
    "RsidRoot": About.OTHER,
    "CurrentDatabaseDataSource": About.OTHER,
    "CurrentDatabaseCommand": About.OTHER,
    "ColorTableURL": About.OTHER,
    "DashTableURL": About.OTHER,
    "LineEndTableURL": About.OTHER,
    "HatchTableURL": About.OTHER,
    "GradientTableURL": About.OTHER,
    "BitmapTableURL": About.OTHER,
}

_CODE = ("Basic/", "Scripts/")


def holds_code(name: str) -> bool:
    """Whether an entry belongs to the document's programs."""
    return name.startswith(_CODE)
