"""The questions of the three ways in, as staff type them in for somebody who called, came or wrote.

They are the portal's own questions, and three more: how it came in, when, and the page's draft.
Nothing but the story is required: whatever reached the office is a case, however little it says.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form
from wtforms.validators import ValidationError

from cases.actions.intake import Submission
from cases.domain.facts import ContactedFirst, IntakeWay
from cases.domain.flows import Flow
from web.forms import complaint, protection, report
from web.forms.complaint import ComplaintForm
from web.forms.fields import Answer, DayField, Hidden, Line, Menu, Required
from web.forms.offer import Offer
from web.forms.options import options_of
from web.forms.person import check_email
from web.forms.protection import ProtectionForm
from web.forms.report import ReportForm
from web.forms.service import ServiceForm

# Days. Longer ago, a term of the law may have passed before anybody typed it in: the case needs a
# word about that, which no form field can give.
FURTHEST_BACK = 30

_WAYS = tuple(way for way in IntakeWay if way is not IntakeWay.PORTAL)


class TypedIn(ServiceForm):
    """What staff say about something that did not come through the portal."""

    # Every form asks in which language to write; the receipt code is made of its words.
    language: Menu

    draft = Hidden()
    way = Answer(
        _("How did it reach the office?"),
        options_of(_WAYS),
        Required(_("Choose how it reached the office.")),
    )
    received_on = DayField(
        _("On which day did it reach the office?"),
        Required(_("Type the day on which it reached the office.")),
    )

    def __init__(self, offer: Offer, formdata: Any = None, **more: Any) -> None:
        today = {"received_on": offer.today} if formdata is None else {}
        super().__init__(offer, formdata, **{**today, **more})
        self.received_on.latest = offer.today

    def validate_received_on(self, field: DayField) -> None:
        """Every term runs from this day, so it is not set back without anybody noticing."""
        if field.data < self.offer.today - timedelta(days=FURTHEST_BACK):
            raise ValidationError(
                gettext(
                    "At most %(days)s days back. If it lay here longer, type the earliest day "
                    "that is possible and write the real one in a note on the case.",
                    days=FURTHEST_BACK,
                )
            )

    def submission(self) -> Submission:
        """What a valid form says."""
        raise NotImplementedError

    def _taken_in(self, submission: Submission) -> Submission:
        facts = replace(submission.facts, taken_by=IntakeWay(self.way.data))
        return replace(submission, facts=facts)


class TypedInReport(TypedIn, ReportForm):
    """A report."""

    def submission(self) -> Submission:
        """The report; a name goes apart from it, to the custodians."""
        return self._taken_in(report.submission_of(self))


class TypedInComplaint(TypedIn, ComplaintForm):
    """A complaint. A letter may leave out what the portal's form requires."""

    needs_service = False

    facts_on = DayField(_("When did it happen?"))
    contacted_first = Answer(
        _("Have you contacted the service about this yourself?"), options_of(ContactedFirst)
    )
    name = Line(_("Your name"))

    def validate_email(self, field: Line) -> None:
        """An address that can be one, or none."""
        check_email(field.data)

    def submission(self) -> Submission:
        """The complaint."""
        return self._taken_in(complaint.submission_of(self))


class TypedInProtection(TypedIn, ProtectionForm):
    """A request for protection."""

    def submission(self) -> Submission:
        """The request."""
        return self._taken_in(protection.submission_of(self))


TYPED_IN_FORMS: dict[Flow, type[TypedIn]] = {
    Flow.REPORT: TypedInReport,
    Flow.COMPLAINT: TypedInComplaint,
    Flow.PROTECTION: TypedInProtection,
}


def text_boxes() -> tuple[str, ...]:
    """Every text box of the three forms, in the order of their questions."""
    names = (name for form in TYPED_IN_FORMS.values() for name in _lines(form))
    return tuple(dict.fromkeys(names))


def _lines(form: type[Form]) -> Iterator[str]:
    for kind in form.__mro__:
        for name, question in vars(kind).items():
            made_of = getattr(question, "field_class", None)
            if made_of is not None and issubclass(made_of, Line):
                yield name
