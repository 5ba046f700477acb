"""The details that every flow knows: transmission, priority, minutes, recommendations."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.domain.clocks import due_on
from cases.domain.day_words import day_in_words
from cases.domain.details import (
    Minutes,
    MinutesState,
    OtherFlowInvitation,
    Priority,
    PriorityLevel,
    ProsecutorNotice,
    Recommendation,
    RecommendationAnswer,
    RecommendationResponse,
    Transmission,
)
from cases.domain.flows import ClockKind, Flow
from cases.domain.holidays import public_holidays
from reviewer.case_texts import authority_name
from reviewer.desk import Desk
from reviewer.forms.details.base import DetailForm, chosen
from web.forms.fields import Answer, DayField, Line, Menu, Required, Story, options
from web.forms.options import options_of
from web.forms.reading import text
from web.labels import text_of

ID_BYTES = 16
_SHOWN = 80  # characters of a recommendation in a menu

# Answers that need no reason.
_PLAIN = (RecommendationResponse.ACCEPTED, RecommendationResponse.IMPLEMENTED)


class TransmissionForm(DetailForm):
    """To which authority a case is passed on."""

    letter_names = frozenset({"recipient", "reason"})

    recipient = Line(_("Which authority?"), Required(_("Name the authority.")))
    why = Story(
        _("Why, in words for the person"), Required(_("Say why: the person must understand it."))
    )
    passed_on = Story(_("What is passed on"))

    @classmethod
    def prefilled(cls, desk: Desk) -> "TransmissionForm":
        """The service's own ombuds, where the register names one."""
        case = desk.case
        own = desk.rules.competence(case.facts.authority, case.flow, case.received_on)
        return cls(desk, recipient=own.own_ombuds(case.facts.language))

    def details(self) -> Transmission:
        """The transmission."""
        return Transmission(text(self.recipient), text(self.why), text(self.passed_on))

    def fills(self, language: str) -> Mapping[str, str]:
        """To whom and why."""
        return {"recipient": text(self.recipient), "reason": text(self.why)}

    def hint(self, name: str) -> str:
        """What must stay here."""
        if name == "passed_on" and self.desk.case.file.identity_withheld:
            return gettext("Nothing that shows who the person is.")
        return ""


class PriorityForm(DetailForm):
    """How urgent the case is."""

    level = Answer(
        _("Priority"),
        options_of(PriorityLevel),
        Required(_("Choose a priority.")),
    )

    @classmethod
    def prefilled(cls, desk: Desk) -> "PriorityForm":
        """As it stands."""
        set_before = desk.case.dossier.priority
        return cls(desk, level=(set_before.level if set_before else PriorityLevel.NORMAL).value)

    def details(self) -> Priority:
        """The priority."""
        return Priority(chosen(PriorityLevel, self.level))

    def hint(self, name: str) -> str:
        """What a priority does not do."""
        return gettext("No deadline moves with it.") if name == "level" else ""


class MinutesForm(DetailForm):
    """How far the minutes of a spoken report are agreed."""

    takes_files = True

    state = Answer(
        _("What became of the minutes?"),
        options_of(MinutesState),
        Required(_("Choose what became of the minutes.")),
    )
    on = DayField(_("On which day?"), Required(_("Fill in the day.")))
    note = Story(_("Note"))

    @classmethod
    def prefilled(cls, desk: Desk) -> "MinutesForm":
        """Today."""
        return cls(desk, on=desk.today)

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self.on.latest = desk.today

    def details(self) -> Minutes:
        """The minutes."""
        return Minutes(chosen(MinutesState, self.state), self.on.data, text(self.note))


class ProsecutorForm(DetailForm):
    """What was told to which public prosecutor."""

    office = Line(_("Which public prosecutor's office?"), Required(_("Name the office.")))
    sent_on = DayField(_("When was it sent?"), Required(_("Fill in the day.")))
    content = Story(_("What was told"), Required(_("Write down what was told.")))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self.sent_on.latest = desk.today

    @classmethod
    def prefilled(cls, desk: Desk) -> "ProsecutorForm":
        """Today."""
        return cls(desk, sent_on=desk.today)

    def details(self) -> ProsecutorNotice:
        """The notice."""
        return ProsecutorNotice(text(self.office), self.sent_on.data, text(self.content))


class RecommendationForm(DetailForm):
    """What somebody is recommended to do, and until when."""

    letter_names = frozenset({"recommendation", "due_on"})

    addressee = Line(_("To whom?"), Required(_("Say to whom the recommendation goes.")))
    text = Story(_("What do you recommend?"), Required(_("Write the recommendation.")))
    due_on = DayField(_("By when do you want an answer?"), Required(_("Fill in the day.")))

    @classmethod
    def prefilled(cls, desk: Desk) -> "RecommendationForm":
        """The service of the case, and the usual period."""
        facts, today = desk.case.facts, desk.today
        period = desk.rules.period(desk.case.flow, ClockKind.RECOMMENDATION, today)
        return cls(
            desk,
            addressee=authority_name(facts.authority, facts.authority_other),
            due_on=due_on(period, today, public_holidays(today.year)),
        )

    def validate_due_on(self, field: DayField) -> None:
        """A day to come."""
        if field.data and field.data < self.desk.today:
            raise ValidationError(gettext("This day has passed. Type today or a later day."))

    def details(self) -> Recommendation:
        """The recommendation, under an id of its own."""
        return Recommendation(
            secrets.token_bytes(ID_BYTES),
            text(self.addressee),
            text(self.text),
            self.due_on.data,
        )

    def fills(self, language: str) -> Mapping[str, str]:
        """The recommendation and its day."""
        day = day_in_words(self.due_on.data, language)
        return {"recommendation": text(self.text), "due_on": day}


class RecommendationAnswerForm(DetailForm):
    """What became of a recommendation."""

    recommendation = Menu(_("Which recommendation?"), (), Required(_("Choose which one.")))
    answer = Answer(
        _("What became of it?"),
        options_of(RecommendationResponse),
        Required(_("Choose what became of it.")),
    )
    answered_on = DayField(_("On which day?"), Required(_("Fill in the day.")))
    why = Story(_("Reasons, in the words of the addressee"))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self.answered_on.latest = desk.today
        opened = [each for each in desk.case.dossier.recommendations.values() if each.open]
        self.recommendation.choices = options(
            [
                ("", _("Choose a recommendation")),
                *((each.id.hex(), _shortened(each.given)) for each in opened),
            ]
        )

    @classmethod
    def prefilled(cls, desk: Desk) -> "RecommendationAnswerForm":
        """The one that the link pointed to, or the only one."""
        opened = [each for each in desk.case.dossier.recommendations.values() if each.open]
        only = opened[0].id.hex() if len(opened) == 1 else ""
        return cls(desk, recommendation=desk.about or only, answered_on=desk.today)

    def validate_why(self, field: Story) -> None:
        """A refusal has reasons, and so has what was not carried out."""
        answer = self.answer.data
        if answer and RecommendationResponse(answer) not in _PLAIN and not field.data:
            raise ValidationError(gettext("Write down the reasons."))

    def details(self) -> RecommendationAnswer:
        """The answer."""
        return RecommendationAnswer(
            bytes.fromhex(self.recommendation.data),
            chosen(RecommendationResponse, self.answer),
            self.answered_on.data,
            text(self.why),
        )


def _shortened(given: Recommendation) -> str:
    words = f"{given.addressee}: {given.text}".replace("\n", " ")
    due = f" ({format_date(given.due_on)})" if given.due_on else ""
    return (words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…") + due


class OtherFlowForm(DetailForm):
    """In which other form the person is invited to lodge the matter."""

    flow = Answer(_("Which form?"), (), Required(_("Choose a form.")))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        # A request for protection is no other form of the same matter.
        others = [each for each in (Flow.COMPLAINT, Flow.REPORT) if each is not desk.case.flow]
        self.flow.choices = options((each.value, text_of(each)) for each in others)

    @classmethod
    def prefilled(cls, desk: Desk) -> "OtherFlowForm":
        """A complaint that is a report, or a report that is a complaint."""
        of_complaint = desk.case.flow is Flow.COMPLAINT
        return cls(desk, flow=(Flow.REPORT if of_complaint else Flow.COMPLAINT).value)

    def details(self) -> OtherFlowInvitation:
        """The invitation."""
        return OtherFlowInvitation(chosen(Flow, self.flow))

    def hint(self, name: str) -> str:
        """What happens to what the person wrote here."""
        if name == "flow":
            return gettext(
                "The person lodges it as a case of its own. Nothing is copied from this one."
            )
        return ""
