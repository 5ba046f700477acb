"""The words for where in a case a search found something."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext

from cases.domain.case_texts import Place

SEARCH_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Place: {
        Place.STORY: lazy_pgettext("where words were found", "What the person told"),
        Place.FROM_REPORTER: lazy_pgettext("where words were found", "Message of the person"),
        Place.FROM_OFFICE: lazy_pgettext("where words were found", "Message of the office"),
        Place.NOTE: lazy_pgettext("where words were found", "Note"),
        Place.STEP: lazy_pgettext("where words were found", "Step"),
        Place.TO_SERVICE: lazy_pgettext("where words were found", "To the public service"),
        Place.FROM_SERVICE: lazy_pgettext("where words were found", "From the public service"),
        Place.FILE_NAME: lazy_pgettext("where words were found", "Name of a file"),
    },
}
