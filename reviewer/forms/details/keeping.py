"""How long the file of a case is kept: as the rule says, or otherwise with a reason."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.actions.retention import rule_for
from cases.domain.details import Retention
from cases.domain.reference import Certainty
from cases.domain.reference.kinds import LONGEST_KEPT
from cases.domain.retention import by_the_rule, erase_on
from cases.reasons import Reason
from reviewer.desk import Desk
from reviewer.forms.details.base import DetailForm
from reviewer.keeping import period
from web.forms.fields import Answer, Line, Required, Story
from web.forms.reading import text
from web.labels import text_of

_RULE, _OTHER = "rule", "other"


class RetentionForm(DetailForm):
    """The period of the rule for this outcome, or another one."""

    panels = {"keep": {_OTHER: ("months", "why")}}  # noqa: RUF012 - as in the base
    needed = frozenset({"months", "why"})

    keep = Answer(
        _("How long is the file kept?"),
        [(_RULE, _("As the rule says")), (_OTHER, _("For another period"))],
        Required(_("Choose how long the file is kept.")),
    )
    months = Line(_("For how many months after closing?"))
    why = Story(_("Why another period?"))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        self._rule = rule_for(desk.case, desk.today, desk.rules)

    @classmethod
    def prefilled(cls, desk: Desk) -> "RetentionForm":
        """As it was chosen before, or as the rule says."""
        before = desk.case.dossier.retention
        if before is None or before.months == before.proposed:
            return cls(desk, keep=_RULE)
        return cls(desk, keep=_OTHER, months=str(before.months), why=before.why)

    def validate_months(self, field: Line) -> None:
        """A number that a calendar knows."""
        if self.keep.data == _OTHER and _number(text(field)) is None:
            raise ValidationError(text_of(Reason.PERIOD_UNUSABLE))

    def validate_why(self, field: Story) -> None:
        """Somebody who chooses another period says why."""
        if self.keep.data == _OTHER and not text(field):
            raise ValidationError(gettext("Write why the rule is not followed."))

    def details(self) -> Retention:
        """The period."""
        rule = by_the_rule(self._rule)
        if self.keep.data == _RULE:
            return rule
        months = _number(text(self.months)) or 0
        return Retention(months, rule.proposed, rule.source, text(self.why))

    def hint(self, name: str) -> str:
        """How months are counted."""
        if name == "months":
            return gettext("12 months are a year. 0: the file need not be kept at all.")
        return ""

    def option_hints(self, name: str) -> Mapping[str, str]:
        """What the rule says, until when that is, and whether somebody has to confirm it."""
        if name != "keep":
            return {}
        closed_on = self.desk.case.dossier.closed_on or self.desk.today
        says = gettext(
            "%(period)s, until %(day)s. Source: %(source)s.",
            period=period(self._rule.months),
            day=format_date(erase_on(closed_on, by_the_rule(self._rule))),
            source=self._rule.source,
        )
        if self._rule.certainty is not Certainty.CONFIRMED:
            says = gettext("%(says)s This rule is to be confirmed.", says=says)
        return {_RULE: says}


def _number(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(LONGEST_KEPT)):
        return None
    return int(typed) if int(typed) <= LONGEST_KEPT else None
