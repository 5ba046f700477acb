"""The words for lists of reference data, their columns and their values."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import gettext as now
from flask_babel import lazy_gettext as _

from cases.domain.reference import Column, ColumnType, Kind, Row
from web.i18n import LANGUAGES, current_language
from web.labels import text_of
from web.reference import reference

KINDS: dict[str, LazyString] = {
    "authorities": _("Public services"),
    "competences": _("Who may examine what"),
    "referrals": _("Who else can help"),
    "norms": _("Norms"),
    "grounds": _("Grounds of inadmissibility"),
    "breaches": _("Breaches of integrity"),
    "retaliations": _("Forms of reprisal"),
    "periods": _("Periods"),
    "retention": _("How long files are kept"),
    "settings": _("Settings"),
}
COLUMNS: dict[str, LazyString] = {
    "id": lazy_pgettext("of a row", "Id"),
    "code": lazy_pgettext("of a row", "Code"),
    "key": lazy_pgettext("of a setting", "Setting"),
    "name": lazy_pgettext("of a row", "Name"),
    "explanation": _("Explanation"),
    "level": _("Level of government"),
    "internal_channel": _("How to reach the internal channel"),
    "internal_channel_certainty": _("How sure we are of the internal channel"),
    "authority": _("Public service"),
    "flow": _("Kind of case"),
    "competent": _("Are we competent?"),
    "instead": _("Its own ombuds"),
    "kind": _("What it is for"),
    "subject": lazy_pgettext("of a referral", "Subject"),
    "body": _("Who can help"),
    "enabled": _("In use?"),
    "clock": _("Which period"),
    "length": _("Length"),
    "unit": lazy_pgettext("of a period", "Unit"),
    "outcome": _("Outcome"),
    "months": _("Months, from the day of closing"),
    "alarms": _("Reminders, in days from the last day"),
    "extended_length": _("Length when extended"),
    "extended_unit": _("Unit when extended"),
    "value": lazy_pgettext("of a setting", "Value"),
    "valid_from": _("First day"),
    "valid_until": _("Last day"),
    "source": _("Source"),
    "certainty": _("How sure we are"),
    "note": _("Note"),
}
HINTS: dict[str, LazyString] = {
    "id": _("Small letters, digits and dashes. It cannot change later."),
    "code": _("Small letters, digits and underscores. It cannot change later."),
    "valid_from": _("As year, month and day: 2026-01-31."),
    "valid_until": _("As year, month and day: 2026-01-31. Leave it empty if no end is known."),
    "outcome": _("Leave it empty for every outcome that has no row of its own."),
    "alarms": _("With spaces between them: -3 0 15 is three days before, on the day, 15 after."),
    "body": _("Names only, no addresses. Put a semicolon between several."),
    "source": _("The law, page or decision that says so."),
    "internal_channel": _("Staff of the service read this. Leave it empty where we do not know."),
    "instead": _("Only where we are not competent because the service has its own ombuds."),
}


def column_text(column: Column) -> str:
    """The name of a column, with its language where there is one for each."""
    text = str(COLUMNS[column.stem])
    return f"{text} ({LANGUAGES[column.language]})" if column.language else text


def hint_text(column: Column) -> str:
    """What helps to fill a column in; may be empty, and stands once for all languages."""
    is_first = column.language in ("", next(iter(LANGUAGES)))
    return str(HINTS.get(column.stem, "")) if is_first else ""


def value_text(column: Column, value: str) -> str:
    """A value in words: choices and yes or no translated, the rest as it is."""
    if column.codes is not None and value in {code.value for code in column.codes}:
        return str(text_of(column.codes(value)))
    if column.holds is ColumnType.YES_NO:
        return {"yes": now("Yes"), "no": now("No")}.get(value, value)
    if column.name == "authority":
        known = reference().authority(value)
        return known.name(current_language()) if known else value
    return value


def title_of(kind: Kind[object], row: Row) -> str:
    """What people call a row: its name, or the values that tell it apart."""
    if len(kind.key) == 1:
        return kind.label_of(row, current_language())
    columns = {column.name: column for column in kind.columns}
    return " · ".join(value_text(columns[name], row[name]) for name in kind.key if row[name])
