"""The details of a report's other steps: waiver, findings, disclosure of an identity."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.domain.details import (
    AcknowledgementWaiver,
    Disclosure,
    Findings,
    Substantiated,
    WaiverGround,
)
from cases.domain.facts import ReportFacts
from reviewer.desk import Desk
from reviewer.forms.details.base import (
    DetailForm,
    chosen,
)
from web.forms.fields import Answer, DayField, Line, Required, Story
from web.forms.options import options_of
from web.forms.reading import text


class WaiverForm(DetailForm):
    """Why no acknowledgement is sent."""

    ground = Answer(
        _("Why is there no acknowledgement?"),
        options_of(WaiverGround),
        Required(_("Choose why there is no acknowledgement.")),
    )

    @classmethod
    def prefilled(cls, desk: Desk) -> "WaiverForm":
        """What the person asked for."""
        facts = desk.case.facts
        asked = isinstance(facts, ReportFacts) and facts.no_acknowledgement
        return cls(desk, ground=WaiverGround.NOT_WANTED.value if asked else "")

    def details(self) -> AcknowledgementWaiver:
        """The ground."""
        return AcknowledgementWaiver(chosen(WaiverGround, self.ground))


class FindingsForm(DetailForm):
    """What the investigation found."""

    verdict = Answer(
        _("Are the facts established?"),
        options_of(Substantiated),
        Required(_("Say whether the facts are established.")),
    )
    text = Story(_("What was found"), Required(_("Write down what was found.")))
    damage_estimated = Line(_("Estimated damage"))
    amount_recovered = Line(_("Amount recovered"))

    @classmethod
    def prefilled(cls, desk: Desk) -> "FindingsForm":
        """From the findings recorded before."""
        found = desk.case.dossier.findings
        if found is None:
            return cls(desk)
        return cls(
            desk,
            verdict=found.verdict.value,
            text=found.text,
            damage_estimated=found.damage_estimated,
            amount_recovered=found.amount_recovered,
        )

    def details(self) -> Findings:
        """The findings."""
        return Findings(
            text=text(self.text),
            verdict=chosen(Substantiated, self.verdict),
            damage_estimated=text(self.damage_estimated),
            amount_recovered=text(self.amount_recovered),
        )

    def hint(self, name: str) -> str:
        """What the amounts are for."""
        if name == "damage_estimated":
            return gettext("For the yearly figures. In euro, where it is known.")
        return ""


class DisclosureForm(DetailForm):
    """An identity that the law obliged the office to disclose."""

    letter_names = frozenset({"recipient", "reason"})

    basis = Line(_("Legal basis"), Required(_("Name the law that obliges us.")))
    recipient = Line(_("To whom?"), Required(_("Say to whom the identity was disclosed.")))
    told_on = DayField(_("When was the person told?"))
    why_not_told = Story(_("Why was the person not told before?"))

    def validate_why_not_told(self, field: Story) -> None:
        """Told before, or a reason why not (directive, article 16(3))."""
        if self.told_on.data is None and not field.data:
            raise ValidationError(
                gettext("Fill in when the person was told, or why the person was not told.")
            )

    def details(self) -> Disclosure:
        """The disclosure."""
        return Disclosure(
            basis=text(self.basis),
            recipient=text(self.recipient),
            told_on=self.told_on.data,
            why_not_told=text(self.why_not_told),
        )

    def fills(self, language: str) -> Mapping[str, str]:
        """To whom, and by which law."""
        return {"recipient": text(self.recipient), "reason": text(self.basis)}

    def hint(self, name: str) -> str:
        """What the law asks."""
        if name == "why_not_told":
            return gettext("Only where telling the person would harm the investigation or a trial.")
        return ""
