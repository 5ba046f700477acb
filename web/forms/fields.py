"""The kinds of questions our forms ask. Each checks its own shape; forms check meaning.

Whatever a browser sends, however wrong, stays in the field to be shown again.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from flask_babel import LazyString, format_decimal, ngettext
from flask_babel import gettext as _
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are behind
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from cases.domain.facts import LONG_TEXT, SHORT_TEXT
from web.forms.characters import normalise_lines, without_unreadable
from web.forms.day import DayField

Text: TypeAlias = str | LazyString
Validator = Callable[[Any, Any], None]
Option = tuple[str, Text]

__all__ = [
    "Answer",
    "Answers",
    "DayField",
    "Hidden",
    "Line",
    "Menu",
    "Required",
    "Story",
    "Words",
    "grouped",
    "options",
]


class Required:
    """The office cannot do without this answer."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, message: Text) -> None:
        self._message = message

    def __call__(self, form: BaseForm, field: Any) -> None:
        """Stop with our message unless something was answered."""
        if not field.data:
            raise StopValidation(str(self._message))


class Line(StringField):
    """A short answer on one line."""

    longest = SHORT_TEXT

    def __init__(self, label: Text, *validators: Validator, **more: Any) -> None:
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed; ValueError where no browser would send this."""
        if not valuelist:
            return
        typed = self._shape(normalise_lines("\n".join(map(str, valuelist))))
        self.data = without_unreadable(typed)
        if len(valuelist) > 1:
            raise ValueError(
                _("Your browser sent this answer twice. Check the text and send it again.")
            )
        if self.data != typed:
            raise ValueError(
                _("The text held characters that cannot be read. We took them out: please check.")
            )

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a text that is too long, and say by how much."""
        too_many = len(self.data or "") - self.longest
        if too_many > 0:
            raise StopValidation(too_long(too_many))

    def _shape(self, typed: str) -> str:
        return " ".join(typed.split("\n"))


class Story(Line):
    """A long answer, line breaks kept."""

    widget = TextArea()
    longest = LONG_TEXT

    def _shape(self, typed: str) -> str:
        return typed


class Words(Line):
    """A short answer that does not fit on a line of a phone."""

    widget = TextArea()


class Hidden(HiddenField):
    """A value that travels with the page."""


class Answer(RadioField):
    """One of a few answers; none chosen is an answer too unless the form requires one."""

    def __init__(
        self, label: Text, choices: Iterable[Option], *validators: Validator, **more: Any
    ) -> None:
        super().__init__(label, validators, choices=options(choices), default="", **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the choice; ValueError where no browser would send this."""
        _take_one(self, valuelist)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a value that was not offered."""
        _refuse_unknown(self, [self.data] if self.data else [])


class Menu(SelectField):
    """One of many answers, in a drop-down."""

    def __init__(
        self, label: Text, choices: Iterable[Option], *validators: Validator, **more: Any
    ) -> None:
        super().__init__(label, validators, choices=options(choices), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the choice; ValueError where no browser would send this."""
        _take_one(self, valuelist)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a value that was not offered."""
        _refuse_unknown(self, [self.data] if self.data else [])


class Answers(SelectMultipleField):
    """Any number of answers."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(
        self, label: Text, choices: Iterable[Option], *validators: Validator, **more: Any
    ) -> None:
        super().__init__(label, validators, choices=options(choices), **more)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse values that were not offered, or offered once and sent twice."""
        chosen = self.data or []
        _refuse_unknown(self, chosen)
        if len(set(chosen)) != len(chosen):
            raise ValidationError(_arrived_twice())


def grouped(groups: Iterable[tuple[Text, Sequence[Option]]]) -> list[Any]:
    """Options of a drop-down under headings."""
    # Each heading is looked up in the catalogue once and not for each of its services.
    named = [(str(heading), options) for heading, options in groups]
    return [
        SelectChoice(value, label, optgroup=heading)
        for heading, options in named
        for value, label in options
    ]


def too_long(too_many: int) -> str:
    """What to say about a text with so many characters above the limit."""
    text = ngettext(
        "Please shorten this by %(count)s character.",
        "Please shorten this by %(count)s characters.",
        too_many,
        count=format_decimal(too_many),
    )
    return str(text)


def options(choices: Iterable[Option]) -> list[Any]:
    """Options in the form WTForms wants."""
    return [SelectChoice(value, label) for value, label in choices]


def _take_one(field: SelectField, valuelist: list[Any]) -> None:
    if not valuelist:
        return
    field.data = str(valuelist[0])
    if len(set(valuelist)) > 1:
        raise ValueError(_arrived_twice())


def _refuse_unknown(field: SelectField, chosen: Iterable[str]) -> None:
    offered = {option.value for option in field.choices or []}  # type: ignore[union-attr]  # see SelectChoice
    if not set(chosen) <= offered:
        raise ValidationError(_("Choose one of the answers on this page."))


def _arrived_twice() -> str:
    return str(_("Your browser sent this answer twice. Please choose again."))
