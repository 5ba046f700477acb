"""The details of a request for protection: the link, the consent, the justification."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from cases.domain import proposals
from cases.domain.details import (
    Consent,
    JustificationCheck,
    JustificationVerdict,
    LinkCheck,
    Met,
)
from cases.domain.facts import IntakeWay, ProtectionFacts, ProtectionGround
from reviewer.desk import Desk
from reviewer.forms.details.base import (
    YES_OR_NO,
    Beside,
    DetailForm,
    chosen,
    yes,
    yes_or_no,
)
from web.forms.fields import Answer, DayField, Line, Option, Required, Story
from web.forms.options import options_of
from web.forms.reading import text
from web.labels import text_of

# As the office says it of the person, not as the person says it.
_GROUNDS: list[Option] = [
    (ProtectionGround.REPORTED_HERE.value, _("A report to this office")),
    (ProtectionGround.REPORTED_INTERNALLY.value, _("A report inside the service")),
    (ProtectionGround.TESTIFIED.value, _("A testimony or help with an investigation")),
]


class LinkForm(DetailForm):
    """Whether the measure has to do with a report or a testimony."""

    report = Answer(
        _("What came before the measure?"), _GROUNDS, Required(_("Say what came before."))
    )
    report_reference = Line(_("Reference of the report, where there is one"))
    linked = Answer(
        _("Is the measure linked to it?"),
        options_of(Met),
        Required(_("Say whether the measure is linked to it.")),
    )
    why = Story(_("Why"), Required(_("Give the reason.")))

    @classmethod
    def prefilled(cls, desk: Desk) -> "LinkForm":
        """From the newest check, or else from the answers."""
        facts = desk.case.facts
        check = desk.case.dossier.link
        if check is None and isinstance(facts, ProtectionFacts):
            check = proposals.link(facts)
        if check is None:
            return cls(desk)
        return cls(
            desk,
            report=check.report.value,
            report_reference=check.report_reference,
            linked=check.linked.value,
            why=check.why,
        )

    def details(self) -> LinkCheck:
        """The check."""
        return LinkCheck(
            report=chosen(ProtectionGround, self.report),
            linked=chosen(Met, self.linked),
            why=text(self.why),
            report_reference=text(self.report_reference),
        )

    def beside(self, name: str) -> Beside | None:
        """The person's own answers."""
        facts = self.desk.case.facts
        if name != "report" or not isinstance(facts, ProtectionFacts):
            return None
        ground = str(text_of(facts.ground)) if facts.ground else ""
        return Beside(
            [
                (gettext("What the person did"), ground),
                (gettext("When"), facts.reported_when),
            ]
        )


class ConsentForm(DetailForm):
    """Whether the employer may be asked."""

    given = Answer(_("May we contact the employer?"), YES_OR_NO, Required(_("Choose yes or no.")))
    how = Line(_("How did the person say so?"), Required(_("Say how the person said so.")))
    given_on = DayField(_("On which day?"), Required(_("Fill in the day.")))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self.given_on.latest = desk.today

    @classmethod
    def prefilled(cls, desk: Desk) -> "ConsentForm":
        """What the form said, where it said something."""
        facts = desk.case.facts
        said = None
        if isinstance(facts, ProtectionFacts):
            said = proposals.consent(facts, desk.case.received_on)
        if said is None:
            return cls(desk, given_on=desk.today)
        how = _how(said.how)
        return cls(desk, given=yes_or_no(said.given), how=how, given_on=said.given_on)

    def details(self) -> Consent:
        """What the person said."""
        day = self.given_on.data
        return Consent(given=yes(self.given), how=text(self.how), given_on=day)


def _how(way: str) -> str:
    return str(text_of(IntakeWay(way))) if way in set(IntakeWay) else way


class JustificationForm(DetailForm):
    """What the employer's justification is worth."""

    verdict = Answer(
        _("Does the justification hold?"),
        options_of(JustificationVerdict),
        Required(_("Say whether the justification holds.")),
    )
    why = Story(_("Why"), Required(_("Give the reason.")))

    @classmethod
    def prefilled(cls, desk: Desk) -> "JustificationForm":
        """From the newest assessment."""
        check = desk.case.dossier.justification
        if check is None:
            return cls(desk)
        return cls(desk, verdict=check.verdict.value, why=check.why)

    def details(self) -> JustificationCheck:
        """The assessment."""
        return JustificationCheck(chosen(JustificationVerdict, self.verdict), text(self.why))

    def hint(self, name: str) -> str:
        """Who must prove what."""
        if name == "verdict":
            return gettext(
                "The employer must show reasons that have nothing to do with the report. "
                "What stays in doubt is not shown."
            )
        return ""
