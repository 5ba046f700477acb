"""What to look for in the cases that a person can open."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SearchField
from wtforms.validators import ValidationError

from cases.domain.search import LONGEST_QUESTION, Question
from reviewer.forms.console import ConsoleForm


class SearchForm(ConsoleForm):
    """The words, and after which case to go on; in the body of a request, and in no address."""

    words = SearchField(_("Words to look for"), render_kw={"maxlength": LONGEST_QUESTION})
    after = HiddenField()

    def validate_words(self, field: SearchField) -> None:
        """Refuse what cannot be looked for."""
        if self.question() is None:
            raise ValidationError(
                _(
                    "Type one to eight words of two letters or more, %(max)d characters in all.",
                    max=LONGEST_QUESTION,
                )
            )

    def question(self) -> Question | None:
        """What was typed, as a question; None where it is none."""
        return Question.read(self.words.data or "")
