"""The words for codes about files."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from cases.domain.details import ScanVerdict
from inspection.findings import About

FILE_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    About: {
        About.PLACE: _("Where"),
        About.PERSON: _("Who"),
        About.TIME: _("When"),
        About.DEVICE: _("Which device"),
        About.SOFTWARE: _("Which program"),
        About.TEXT: _("Text that the page does not show"),
        About.EMBEDDED: _("Files and pictures inside"),
        About.OTHER: _("Anything else"),
    },
    ScanVerdict: {
        ScanVerdict.CLEAN: _("Nothing was found"),
        ScanVerdict.INFECTED: _("A virus was found"),
    },
}
