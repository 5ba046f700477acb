"""What is checked of a report before its way is chosen: its scope, and the internal channel."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.domain import proposals
from cases.domain.details import (
    InternalChannelCheck,
    Met,
    ScopeCheck,
)
from cases.domain.facts import FollowUp, InternalReason, ReportFacts
from cases.reasons import Reason
from reviewer.case_texts import authority_name, breach_names
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
from web.forms.fields import Answer, Answers, Line, Option, Required, Story, options
from web.forms.options import options_of
from web.forms.reading import code, text
from web.labels import text_of

YES, NO = yes_or_no(True), yes_or_no(False)

# As the office says it of the person, not as the person says it.
_FOLLOW_UP: list[Option] = [
    (FollowUp.GIVEN.value, _("Yes, something was done")),
    (FollowUp.NOT_GIVEN.value, _("No, nothing was done")),
    (FollowUp.UNKNOWN.value, _("The person does not know")),
]


class ScopeForm(DetailForm):
    """Whether the report is one that the office may handle, and by whom."""

    panels: ClassVar[Panels] = {"conflict_free": {NO: ("conflict_note",)}}

    person = Answer(
        _("May this person report?"), options_of(Met), Required(_("Judge the person's position."))
    )
    facts = Answer(
        _("Are these facts a breach of integrity?"),
        options_of(Met),
        Required(_("Judge the facts.")),
    )
    breaches = Answers(_("Kind of breach"), ())
    service = Answer(
        _("Is it a service that the office may look at?"),
        options_of(Met),
        Required(_("Judge the service.")),
    )
    general_interest = Answer(
        _("Is the general interest harmed or threatened?"),
        options_of(Met),
        Required(_("Judge the general interest.")),
    )
    conflict_free = Answer(
        _("Are all who handle this report free of a conflict of interest?"),
        YES_OR_NO,
        Required(_("Say whether there is a conflict of interest.")),
    )
    conflict_note = Story(_("Who has which conflict, and what was done about it?"))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self._breaches = listed(desk, desk.rules.breaches_on(desk.case.received_on))
        self.breaches.choices = options(self._breaches.options)

    @classmethod
    def prefilled(cls, desk: Desk) -> "ScopeForm":
        """From the newest check, or else from what the rule proposes."""
        check = desk.case.dossier.scope or _proposed(desk)
        if check is None:
            return cls(desk)
        return cls(
            desk,
            person=check.person.value,
            facts=check.facts.value,
            breaches=list(check.breaches),
            service=check.service.value,
            general_interest=check.general_interest.value,
            conflict_free=yes_or_no(check.conflict_free),
            conflict_note=check.conflict_note,
        )

    def validate_conflict_note(self, field: Story) -> None:
        """A conflict is described, so that somebody can act on it."""
        if self.conflict_free.data == NO and not field.data:
            raise ValidationError(gettext("Say who has which conflict of interest."))

    def details(self) -> ScopeCheck:
        """The check."""
        conflict_free = yes(self.conflict_free)
        return ScopeCheck(
            person=chosen(Met, self.person),
            facts=chosen(Met, self.facts),
            service=chosen(Met, self.service),
            general_interest=chosen(Met, self.general_interest),
            conflict_free=conflict_free,
            breaches=tuple(self.breaches.data or ()),
            conflict_note=text(self.conflict_note, not conflict_free),
        )

    def hint(self, name: str) -> str:
        """What belongs to a condition and what does not."""
        return {
            "person": gettext(
                "Staff, former staff, trainees, candidates, suppliers, subcontractors, volunteers."
            ),
            "facts": gettext(
                "Not in scope: harassment, discrimination, and a dispute of one person alone. "
                "Other laws and bodies help there."
            ),
            "conflict_free": gettext("The case may have to go to a colleague."),
        }.get(name, "")

    def option_hints(self, name: str) -> Mapping[str, str]:
        """What each kind of breach means."""
        return self._breaches.hints if name == "breaches" else {}

    def beside(self, name: str) -> Beside | None:
        """The person's own answers, and the proposal of the rule."""
        facts, proposed = self.desk.case.facts, _proposed(self.desk)
        if proposed is None or not isinstance(facts, ReportFacts):
            return None
        relation = str(text_of(facts.relation)) if facts.relation else ""
        service = authority_name(facts.authority, facts.authority_other)
        return {
            "person": Beside(
                [(gettext("Relation to the service"), relation)], _proposes(proposed.person)
            ),
            "facts": Beside(
                [(gettext("Kind of breach"), breach_names(facts.breaches))],
                _proposes(proposed.facts),
            ),
            "service": Beside(
                [
                    (gettext("Public service"), service),
                    (gettext("Our register says"), register_says(self.desk)),
                ],
                _proposes(proposed.service),
            ),
        }.get(name)


def _proposed(desk: Desk) -> ScopeCheck | None:
    facts = desk.case.facts
    if not isinstance(facts, ReportFacts):
        return None
    return proposals.scope(facts, desk.case.received_on, desk.rules)


def _proposes(met: Met) -> str:
    return gettext("The rule proposes: %(answer)s", answer=text_of(met))


class InternalChannelForm(DetailForm):
    """Whether the internal channel was used, as the answers say and as the office corrects it."""

    panels: ClassVar[Panels] = {
        "used": {YES: ("when", "to_whom", "result", "follow_up"), NO: ("reasons", "detail")}
    }
    blames: ClassVar[Blames] = {
        Reason.REASONS_MISSING: "reasons",
        Reason.FOLLOW_UP_MISSING: "follow_up",
    }
    needed = frozenset({"follow_up", "reasons"})

    used = Answer(
        _("Was the internal channel used?"),
        YES_OR_NO,
        Required(_("Say whether the internal channel was used.")),
    )
    when = Line(_("When?"))
    to_whom = Line(_("To whom?"))
    result = Story(_("With what result?"))
    follow_up = Answer(_("Was anything done after that?"), _FOLLOW_UP)
    reasons = Answers(_("Why not?"), options_of(InternalReason))
    detail = Story(_("More about the reason"))

    @classmethod
    def prefilled(cls, desk: Desk) -> "InternalChannelForm":
        """From the newest check, or else from the person's answers."""
        check = desk.case.dossier.internal_channel or _answered(desk)
        if check is None:
            return cls(desk)
        return cls(
            desk,
            used=yes_or_no(check.used),
            when=check.when,
            to_whom=check.to_whom,
            result=check.result,
            follow_up=check.follow_up.value if check.follow_up else "",
            reasons=[each.value for each in check.reasons],
            detail=check.detail,
        )

    def details(self) -> InternalChannelCheck:
        """The check; what belongs to the other answer is left out."""
        used = yes(self.used)
        reasons = () if used else tuple(map(InternalReason, self.reasons.data or ()))
        return InternalChannelCheck(
            used=used,
            when=text(self.when, used),
            to_whom=text(self.to_whom, used),
            result=text(self.result, used),
            follow_up=code(FollowUp, self.follow_up) if used else None,
            reasons=reasons,
            detail=text(self.detail, not used),
        )

    def hint(self, name: str) -> str:
        """Whose words these are."""
        if name == "used":
            return gettext("Filled in from the answers of the person. Correct what is not right.")
        return ""


def _answered(desk: Desk) -> InternalChannelCheck | None:
    facts = desk.case.facts
    if not isinstance(facts, ReportFacts) or facts.internal_channel is None:
        return None
    return proposals.internal_channel(facts)
