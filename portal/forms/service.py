"""The forms of a public service that was asked something: its words, its answer."""

from flask_babel import lazy_gettext as _
from wtforms import Form

from web.forms.fields import Required, Story, Words


class WordsForm(Form):
    """The ten words that the office handed over."""

    words = Words(_("The ten words"), Required(_("Type the ten words that the office gave you.")))


class AnswerForm(Form):
    """The answer to the office."""

    text = Story(_("Your answer"), Required(_("Type your answer.")))
