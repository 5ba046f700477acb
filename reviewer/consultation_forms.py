"""The forms about a question to a public service."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.actions.consultations import Question
from cases.domain.details import ConsultationKind, ConsultationWay
from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.letters import has_gap
from reviewer.forms import VersionedForm
from web.forms.fields import Answer, DayField, Hidden, Line, Menu, Required, Story, options
from web.forms.offer import Offer
from web.forms.options import LANGUAGE_OPTIONS, options_of


class ChoicesForm(VersionedForm):
    """What is asked of whom, how, and by when.

    Attributes:
        today: an answer is expected after it.
    """

    kind = Answer(_("What do you ask for?"), (), Required(_("Choose what you ask for.")))
    service = Menu(_("Which public service?"), ())
    service_other = Line(_("Its name, if it is not in the list"))
    language = Menu(_("Language of the question"), LANGUAGE_OPTIONS)
    due_on = DayField(_("Answer expected by"), Required(_("Fill in the day.")))
    way = Answer(
        _("How is the service asked?"),
        options_of(ConsultationWay),
        Required(_("Choose how the service is asked.")),
    )
    # The consultation that this one repeats, if any, in hexadecimal.
    again = Hidden()

    def __init__(
        self,
        offer: Offer,
        kinds: Sequence[ConsultationKind],
        **values: Any,
    ) -> None:
        super().__init__(**values)
        self.today: date = offer.today
        self.service.choices = offer.service_menu()
        self.kind.choices = options(options_of(kinds))

    def validate_service(self, field: Menu) -> None:
        """One service: of the list, or named."""
        if field.data in ("", AUTHORITY_UNKNOWN):
            raise ValidationError(gettext("Choose the public service that is asked."))

    def validate_service_other(self, field: Line) -> None:
        """'Another service' needs its name."""
        if self.service.data == AUTHORITY_OTHER and not field.data:
            raise ValidationError(gettext("Type the name of the service."))

    def validate_due_on(self, field: DayField) -> None:
        """A day that leaves time to answer."""
        if field.data and field.data <= self.today:
            raise ValidationError(gettext("Choose a day after today."))


class QuestionForm(ChoicesForm):
    """The same with the text that the service will read."""

    text = Story(_("What the service will read"), Required(_("Write what the service will read.")))
    marked = Story(_("Words, names, places and dates that few people know"))

    def validate_text(self, field: Story) -> None:
        """No part that only the investigator can write is missing."""
        if has_gap(field.data or ""):
            raise ValidationError(
                gettext("Replace the part between [… and …] with your own words.")
            )

    def question(self) -> Question:
        """The question of a valid form."""
        other = self.service.data == AUTHORITY_OTHER
        return Question(
            kind=ConsultationKind(self.kind.data),
            service=self.service.data,
            service_other=(self.service_other.data or "") if other else "",
            text=self.text.data or "",
            language=self.language.data,
            due_on=self.due_on.data,
            way=ConsultationWay(self.way.data),
            marked=_lines(self.marked.data or ""),
        )


class ReleaseForm(VersionedForm):
    """That the question may leave; the draft is what its ten words come from."""

    draft = Hidden()


class WithdrawForm(VersionedForm):
    """Why the question is no longer asked."""

    reason = Story(_("Why?"), Required(_("Write the reason. Only the office reads it.")))


class LetterAnswerForm(VersionedForm):
    """What the service answered by letter.

    Attributes:
        received_on: not after today.
    """

    received_on = DayField(_("Received on"), Required(_("Fill in the day.")))
    text = Story(_("What the service answered"), Required(_("Type what the service answered.")))

    def __init__(self, today: date, **values: Any) -> None:
        super().__init__(**values)
        self.received_on.latest = today


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.splitlines() if line.strip())
