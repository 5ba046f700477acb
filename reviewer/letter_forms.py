"""The form of a letter's template: one text for each language."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from cases.domain.facts import LONG_TEXT
from cases.domain.letters import unknown_placeholders
from cases.domain.reference import LANGUAGES
from reviewer.forms import ConsoleForm


def _known_placeholders(form: ConsoleForm, field: StringField) -> None:
    unknown = unknown_placeholders(field.data or "")
    if unknown:
        raise ValidationError(
            _(
                "%(found)s is not on the list of what a text can take from the case.",
                found=unknown[0][:40],
            )
        )


def _text(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [
            DataRequired(_("Write the text in every language.")),
            Length(max=LONG_TEXT, message=_("This is too long. Shorten it to %(max)d characters.")),
            _known_placeholders,
        ],
    )


class LetterForm(ConsoleForm):
    """The texts of one template, as they were when `seen` changes had been made."""

    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    nl = _text("Nederlands")
    fr = _text("Français")
    de = _text("Deutsch")
    en = _text("English")

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, as it is kept: a browser sends line ends as CR LF."""
        return {
            language: (self[language].data or "").replace("\r\n", "\n").strip()
            for language in LANGUAGES
        }

    @classmethod
    def about(cls, texts: Mapping[str, str], seen: int) -> "LetterForm":
        """The form with the texts that hold now."""
        form = cls(formdata=None)
        form.seen.data = seen
        for language in LANGUAGES:
            form[language].data = texts[language]
        return form
