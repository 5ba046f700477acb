"""The details of a complaint's steps: admissibility, referral, norms, identity."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import format_date, gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.domain import proposals
from cases.domain.details import (
    AdmissibilityCheck,
    IdentityDisclosure,
    Met,
    NormAssessment,
    NormVerdict,
    ReferralGiven,
)
from cases.domain.facts import ComplaintFacts
from cases.domain.reference import Referral, ReferralKind
from cases.reasons import Reason
from reviewer.case_texts import authority_name
from reviewer.desk import Desk
from reviewer.forms.details.base import (
    YES_OR_NO,
    Beside,
    Blames,
    DetailForm,
    Panels,
    chosen,
    listed,
    yes,
    yes_or_no,
)
from reviewer.forms.details.register import register_says
from web.forms.fields import Answer, Answers, Line, Menu, Option, Required, Story, grouped, options
from web.forms.options import options_of
from web.forms.reading import text
from web.labels import text_of

OTHER_BODY = "other"


class AdmissibilityForm(DetailForm):
    """The three conditions, as they stood on the day of lodging."""

    blames: ClassVar[Blames] = {Reason.GROUND_MISSING: "grounds"}

    competent = Answer(
        _("Is the office competent for this service?"),
        options_of(Met),
        Required(_("Say whether the office is competent.")),
    )
    contacted = Answer(
        _("Did the person go to the service first, without a satisfying answer?"),
        options_of(Met),
        Required(_("Say whether the person went to the service first.")),
    )
    recent = Answer(
        _("Are the facts recent enough?"),
        options_of(Met),
        Required(_("Say whether the facts are recent enough.")),
    )
    grounds = Answers(_("Grounds of refusal found"), ())
    explanation = Story(_("Explanation, for the file"))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self._grounds = listed(desk, desk.rules.grounds_on(desk.case.received_on))
        self.grounds.choices = options(self._grounds.options)

    @classmethod
    def prefilled(cls, desk: Desk) -> "AdmissibilityForm":
        """From the newest check, or else from what the rule proposes."""
        check = desk.case.dossier.admissibility or _proposed(desk)
        if check is None:
            return cls(desk)
        return cls(
            desk,
            competent=check.competent.value,
            contacted=check.contacted.value,
            recent=check.recent.value,
            grounds=list(check.grounds),
            explanation=check.explanation,
        )

    def details(self) -> AdmissibilityCheck:
        """The check."""
        return AdmissibilityCheck(
            competent=chosen(Met, self.competent),
            contacted=chosen(Met, self.contacted),
            recent=chosen(Met, self.recent),
            grounds=tuple(self.grounds.data or ()),
            explanation=text(self.explanation),
        )

    def hint(self, name: str) -> str:
        """Why a condition that is not met must be among the grounds."""
        if name == "grounds":
            return gettext(
                "A condition that is not met is a ground too. None: the case is admissible."
            )
        return ""

    def option_hints(self, name: str) -> Mapping[str, str]:
        """What each ground means."""
        return self._grounds.hints if name == "grounds" else {}

    def beside(self, name: str) -> Beside | None:
        """The person's own answers, and the proposal of the rule."""
        facts, proposed = self.desk.case.facts, _proposed(self.desk)
        if proposed is None or not isinstance(facts, ComplaintFacts):
            return None
        return {
            "competent": lambda: Beside(
                [
                    (
                        gettext("Public service"),
                        authority_name(facts.authority, facts.authority_other),
                    ),
                    (gettext("Our register says"), register_says(self.desk)),
                ],
                _proposes(proposed.competent),
            ),
            "contacted": lambda: Beside(_contact(facts), _proposes(proposed.contacted)),
            "recent": lambda: Beside(_days(self.desk, facts), _proposes(proposed.recent)),
        }.get(name, lambda: None)()


def _proposed(desk: Desk) -> AdmissibilityCheck | None:
    facts = desk.case.facts
    if not isinstance(facts, ComplaintFacts):
        return None
    return proposals.admissibility(facts, desk.case.received_on, desk.rules)


def _proposes(met: Met) -> str:
    return gettext("The rule proposes: %(answer)s", answer=text_of(met))


def _service(desk: Desk) -> list[tuple[str, str]]:
    facts = desk.case.facts
    return [
        (gettext("Public service"), authority_name(facts.authority, facts.authority_other)),
        (gettext("Our register says"), register_says(desk)),
    ]


def _contact(facts: ComplaintFacts) -> list[tuple[str, str]]:
    first = facts.contacted_first
    return [
        (gettext("Contacted first"), str(text_of(first)) if first else ""),
        (gettext("When, and how"), facts.contacted_when),
        (gettext("What the service answered"), facts.service_answer),
    ]


def _days(desk: Desk, facts: ComplaintFacts) -> list[tuple[str, str]]:
    years = int(desk.rules.setting("complaint.years"))
    allowed = ngettext("less than %(num)d year", "less than %(num)d years", years)
    return [
        (gettext("Date of the facts"), format_date(facts.facts_on) if facts.facts_on else ""),
        (gettext("Day of lodging"), format_date(desk.case.received_on)),
        (gettext("Allowed between the two"), str(allowed)),
    ]


class ReferralForm(DetailForm):
    """To whom the person is pointed, and why."""

    letter_names = frozenset({"referral", "reason"})
    panels: ClassVar[Panels] = {"target": {OTHER_BODY: ("body",)}}

    target = Menu(_("Which body?"), (), Required(_("Choose the body that can help.")))
    body = Line(_("Name of the body, and how to reach it"))
    why = Story(
        _("Why, in words for the person"),
        Required(_("Say why: the person must understand it.")),
    )

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        kinds = {kind: desk.rules.referrals_of(kind) for kind in ReferralKind}
        self.target.choices = [
            *options([("", _("Choose a body")), (OTHER_BODY, _("Another body"))]),
            *grouped(
                (text_of(kind), [_referral(each, desk.language) for each in found])
                for kind, found in kinds.items()
            ),
        ]

    @classmethod
    def prefilled(cls, desk: Desk) -> "ReferralForm":
        """The service's own ombuds, where the register names one."""
        case = desk.case
        own = desk.rules.competence(case.facts.authority, case.flow, case.received_on)
        body = own.own_ombuds(case.facts.language)
        return cls(desk, target=OTHER_BODY, body=body) if body else cls(desk)

    def validate_body(self, field: Line) -> None:
        """'Another body' needs its name."""
        if self.target.data == OTHER_BODY and not field.data:
            raise ValidationError(gettext("Type the name of the body."))

    def details(self) -> ReferralGiven:
        """The referral."""
        other = self.target.data == OTHER_BODY
        return ReferralGiven(
            target="" if other else self.target.data,
            body=text(self.body, other),
            why=text(self.why),
        )

    def fills(self, language: str) -> Mapping[str, str]:
        """The body in the language of the letter, and the reason."""
        return {"referral": self._body(language), "reason": text(self.why)}

    def _body(self, language: str) -> str:
        known = (each for each in self.desk.rules.referrals if each.id == self.target.data)
        found = next(known, None)
        return found.body(language) if found else text(self.body)


def _referral(referral: Referral, language: str) -> Option:
    return referral.id, f"{referral.subject(language)}: {referral.body(language)}"


class NormForm(DetailForm):
    """One norm examined."""

    norm = Menu(_("Norm"), (), Required(_("Choose the norm.")))
    verdict = Answer(
        _("What did you find?"),
        options_of((NormVerdict.MET, NormVerdict.BREACHED, NormVerdict.NOT_ASSESSED)),
        Required(_("Say what you found.")),
    )
    why = Story(_("Why"), Required(_("Give the reason. It is part of the decision.")))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self._norms = listed(desk, desk.rules.norms_on(desk.today))
        self.norm.choices = options([("", _("Choose a norm")), *self._norms.options])

    @classmethod
    def prefilled(cls, desk: Desk) -> "NormForm":
        """The norm that the link pointed to, as it was assessed before."""
        before = desk.case.dossier.norms.get(desk.about)
        if before is None:
            return cls(desk, norm=desk.about)
        return cls(desk, norm=before.norm, verdict=before.verdict.value, why=before.why)

    def details(self) -> NormAssessment:
        """The assessment."""
        return NormAssessment(self.norm.data, chosen(NormVerdict, self.verdict), text(self.why))

    def hint(self, name: str) -> str:
        """What the norm that the link pointed to means."""
        return self._norms.hints.get(self.desk.about, "") if name == "norm" else ""


class IdentityForm(DetailForm):
    """Whether the service may learn who complains."""

    withheld = Answer(
        _("Keep the identity from the service?"),
        YES_OR_NO,
        Required(_("Choose yes or no.")),
    )
    how = Line(_("How did the person say so?"), Required(_("Say how and when the person said so.")))

    @classmethod
    def prefilled(cls, desk: Desk) -> "IdentityForm":
        """The opposite of how it stands: that is what the step is for."""
        return cls(desk, withheld=yes_or_no(not desk.case.file.identity_withheld))

    def details(self) -> IdentityDisclosure:
        """What the person asked."""
        return IdentityDisclosure(withheld=yes(self.withheld), how=text(self.how))

    def hint(self, name: str) -> str:
        """What withholding costs."""
        if name == "withheld":
            return gettext(
                "Without a name we can ask the service about what happens in general only: often "
                "it cannot look at one file."
            )
        return ""
