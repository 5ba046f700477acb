"""The words for the codes of reference data, and for what is wrong with a row."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.domain.reference import Unit
from cases.reasons import RowProblem

REFERENCE_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Unit: {
        Unit.DAYS: lazy_pgettext("unit of a period", "Days"),
        Unit.WORKING_DAYS: lazy_pgettext("unit of a period", "Working days"),
        Unit.MONTHS: lazy_pgettext("unit of a period", "Months"),
    },
    RowProblem: {
        RowProblem.MISSING: _("Fill this in."),
        RowProblem.LANGUAGE_MISSING: _("Fill this in in every language, or in none."),
        RowProblem.UNKNOWN_COLUMN: _("This list has no such field."),
        RowProblem.NOT_A_CODE: _("Use small letters, digits, dots, dashes and underscores."),
        RowProblem.NOT_A_CHOICE: _("Choose one of the answers."),
        RowProblem.NOT_A_DAY: _("Write the day as year, month and day: 2026-01-31."),
        RowProblem.NOT_A_NUMBER: _("Write a whole number, such as 30."),
        RowProblem.NOT_YES_OR_NO: _("Choose yes or no."),
        RowProblem.TOO_LONG: _("This text is too long. Please shorten it."),
        RowProblem.DAYS_OUT_OF_ORDER: _("The last day comes before the first."),
        RowProblem.DAYS_OVERLAP: _(
            "Another row holds on the same days. End that one first, the day before this begins."
        ),
        RowProblem.UNKNOWN_AUTHORITY: _(
            "No public service has this id, or a competence still names this service."
        ),
        RowProblem.KEPT_BY_THE_FORMS: _("The forms use this id themselves. Choose another."),
        RowProblem.OMBUDS_THOUGH_COMPETENT: _(
            "Name an ombuds of its own only where we are not competent."
        ),
        RowProblem.NOT_A_SITE: _(
            "Write an address such as https://portal.example.org, without anything behind it."
        ),
        RowProblem.PATTERN_UNUSABLE: _(
            "Write a pattern such as OM.{year}.{number:04d}, different from the other flows."
        ),
        RowProblem.KEY_CHANGED: _("This cannot change. Withdraw the row and add another."),
        RowProblem.KEY_TAKEN: _("There is such a row already. Change that one."),
        RowProblem.MUST_STAY: _("We cannot work without this row. Change it instead."),
    },
}
