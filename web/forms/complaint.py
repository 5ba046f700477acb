"""The complaint: its questions, and the facts that its answers become."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from cases.actions.intake import Submission
from cases.domain.facts import (
    ComplainantKind,
    ComplaintFacts,
    ContactedFirst,
    ContactWay,
    Proceedings,
)
from web.forms.away import KeptAwayForm, excluded_of
from web.forms.fields import Answer, DayField, Line, Menu, Required, Story
from web.forms.offer import Offer
from web.forms.options import LANGUAGE_OPTIONS, options_of
from web.forms.person import check_email, check_preferred, identity_of
from web.forms.reading import code, text
from web.forms.service import service_of


class ComplaintForm(KeptAwayForm):
    """What we ask a citizen who complains."""

    needs_service = True

    problem = Story(_("What is the problem?"), Required(_("Tell us what the problem is.")))
    facts_on = DayField(
        _("When did it happen?"), Required(_("Type the day when it happened, or the nearest one."))
    )
    contacted_first = Answer(
        _("Have you contacted the service about this yourself?"),
        options_of(ContactedFirst),
        Required(_("Tell us whether you contacted the service yourself.")),
    )
    contacted_when_unanswered = Line(_("When did you contact the service?"))
    contacted_when_unsatisfied = Line(_("When did you contact the service?"))
    service_answer = Story(_("What did the service answer?"))
    hopes = Story(_("What do you hope for?"))
    service_reference = Line(_("Reference or file number at the service"))
    proceedings = Answer(
        _("Is a court or another body already deciding about this?"), options_of(Proceedings)
    )
    belongs_to = Line(_("Reference of an earlier case with us"))
    complainant = Answer(_("For whom do you complain?"), options_of(ComplainantKind))
    represented_person = Line(_("Name of the person you complain for"))
    represented_organisation = Line(_("Name of the organisation or company"))
    name = Line(_("Your name"), Required(_("Type your name.")))
    email = Line(_("Email address"))
    phone = Line(_("Phone number"))
    address = Story(_("Postal address"))
    preferred = Answer(
        _("How shall we tell you that there is news?"),
        options_of(ContactWay),
    )
    identity_withheld = BooleanField(_("Do not tell the service who I am"))
    language = Menu(_("In which language shall we write to you?"), LANGUAGE_OPTIONS)

    def __init__(self, offer: Offer, formdata: Any = None, **more: Any) -> None:
        chosen = {
            "preferred": ContactWay.MAILBOX.value,
            "complainant": ComplainantKind.SELF.value,
        }
        super().__init__(offer, formdata, **{**chosen, **more})
        self.facts_on.latest = offer.today

    def validate_email(self, field: Line) -> None:
        """At least one way to reach the person, and an address that can be one."""
        if not (field.data or self.phone.data or self.address.data):
            raise ValidationError(
                gettext("Give one way to reach you: email, phone number or postal address.")
            )
        check_email(field.data)

    def validate_preferred(self, field: Answer) -> None:
        """The way that was chosen must have been given."""
        check_preferred(self)


def submission_of(form: ComplaintForm) -> Submission:
    """What a valid form says. Answers in a branch that was not chosen are left out."""
    return Submission(
        facts_of(form), excluded=excluded_of(form), excluded_other=text(form.excluded_other)
    )


def facts_of(form: ComplaintForm) -> ComplaintFacts:
    """The facts, the complainant's identity among them."""
    authority, authority_other = service_of(form)
    contacted = code(ContactedFirst, form.contacted_first)
    unsatisfied = contacted is ContactedFirst.YES_UNSATISFIED
    unanswered = contacted is ContactedFirst.YES_NO_ANSWER
    complainant = code(ComplainantKind, form.complainant)
    return ComplaintFacts(
        authority=authority,
        authority_other=authority_other,
        problem=text(form.problem),
        contacted_first=contacted,
        contacted_when=text(form.contacted_when_unanswered, unanswered)
        or text(form.contacted_when_unsatisfied, unsatisfied),
        service_answer=text(form.service_answer, unsatisfied),
        facts_on=form.facts_on.data,
        hopes=text(form.hopes),
        service_reference=text(form.service_reference),
        proceedings=code(Proceedings, form.proceedings),
        complainant=complainant,
        represented=_represented(form, complainant),
        identity=identity_of(form),
        identity_withheld=bool(form.identity_withheld.data),
        belongs_to=text(form.belongs_to),
        language=form.language.data,
    )


def _represented(form: ComplaintForm, complainant: ComplainantKind | None) -> str:
    person = complainant is ComplainantKind.REPRESENTATIVE
    organisation = complainant is ComplainantKind.ORGANISATION
    return text(form.represented_person, person) or text(
        form.represented_organisation, organisation
    )
