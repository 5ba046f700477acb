"""The form of one row of reference data, made from the description of its kind."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from cases.domain.reference import Column, ColumnType, Kind, Row
from cases.domain.reference.invariants import Problem
from reviewer.forms import ConsoleForm, without_controls
from reviewer.reference_words import column_text
from web.forms.fields import Option, options
from web.i18n import current_language
from web.labels import text_of
from web.reference import reference

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class RowForm(ConsoleForm):
    """A row as it was when its page was made; the columns are added for each kind."""

    # How often the row had been changed when its page was made.
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def row(self) -> Row:
        """What was filled in, as text by column."""
        return {field.name: field.data or "" for field in self if field.name not in _NO_COLUMNS}

    def fill(self, row: Row, seen: int) -> None:
        """Show a row as it is now."""
        self.seen.data = seen
        for field in self:
            if field.name not in _NO_COLUMNS:
                field.data = row.get(field.name, "")

    def refuse(self, problem: Problem) -> str:
        """Put what is wrong beside its field; gives it back where the form has no such field."""
        text = str(text_of(problem.problem))
        if problem.column not in self or problem.column in _NO_COLUMNS:
            return text
        field = self[problem.column]
        field.errors = [*field.errors, text]
        return ""


_NO_COLUMNS = frozenset({"seen", "csrf_token"})


def form_for(kind: Kind[object], *, new: bool) -> type[RowForm]:
    """The form for a new row, or for a row whose key cannot change any more."""
    asked = [column for column in kind.columns if new or column.name not in kind.key]
    return _with_fields(asked)


def _with_fields(columns: Iterable[Column]) -> type[RowForm]:
    return type("KindForm", (RowForm,), {each.name: _field(each) for each in columns})


def _field(column: Column) -> Field:
    label = column_text(column)
    if column.name == "authority":
        services = [("", _("Choose a service")), *_services()]
        return SelectField(label, choices=options(services), validate_choice=False)
    if column.holds is ColumnType.LONG_TEXT:
        return TextAreaField(label)
    if column.holds is ColumnType.YES_NO:
        return RadioField(label, choices=options(_YES_NO), validate_choice=False)
    if column.codes is not None:
        offered = [("", _("Choose")), *((code.value, text_of(code)) for code in column.codes)]
        return SelectField(label, choices=options(offered), validate_choice=False)
    return StringField(label, filters=[without_controls])


def _services() -> list[Option]:
    language = current_language()
    named = [(each.id, each.name(language)) for each in reference().authorities]
    return sorted(named, key=lambda one: one[1].casefold())
