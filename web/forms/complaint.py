"""The complaint: its questions, and the facts that its answers become."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form
from wtforms.validators import ValidationError

from cases.actions.intake import Submission
from cases.domain.facts import (
    AUTHORITY_OTHER,
    ComplainantIdentity,
    ComplaintFacts,
    ContactedFirst,
    ContactWay,
)
from web.forms.fields import Answer, DayField, Line, Menu, Required, Story
from web.forms.options import LANGUAGE_OPTIONS, options_of, service_options
from web.forms.reading import code, text

# Only what cannot be an address at all: one that looks odd may still work.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class ComplaintForm(Form):
    """What we ask a citizen who complains."""

    authority = Menu(
        _("Which public service is your complaint about?"),
        (),
        Required(_("Choose the public service, or “I don't know”.")),
    )
    authority_other = Line(_("Name of the service"))
    problem = Story(_("What is the problem?"), Required(_("Tell us what the problem is.")))
    facts_on = DayField(
        _("When did it happen?"), Required(_("Type the day when it happened, or the nearest one."))
    )
    contacted_first = Answer(
        _("Have you contacted the service about this yourself?"),
        options_of(ContactedFirst),
        Required(_("Tell us whether you contacted the service yourself.")),
    )
    service_answer = Story(_("What did the service answer?"))
    hopes = Story(_("What do you hope for?"))
    service_reference = Line(_("Reference or file number at the service"))
    name = Line(_("Your name"), Required(_("Type your name.")))
    email = Line(_("Email address"))
    phone = Line(_("Phone number"))
    address = Story(_("Postal address"))
    preferred = Answer(
        _("How shall we tell you that there is news?"),
        options_of(ContactWay),
    )
    language = Menu(_("In which language shall we write to you?"), LANGUAGE_OPTIONS)

    def __init__(self, language: str, today: date, formdata: Any = None, **more: Any) -> None:
        super().__init__(
            formdata, **{"language": language, "preferred": ContactWay.MAILBOX.value, **more}
        )
        self.authority.choices = service_options(language)
        self.facts_on.latest = today

    def validate_authority_other(self, field: Line) -> None:
        """'Another service' needs its name."""
        if self.authority.data == AUTHORITY_OTHER and not field.data:
            raise ValidationError(gettext("Type the name of the service."))

    def validate_email(self, field: Line) -> None:
        """At least one way to reach the person, and an address that can be one."""
        if not (field.data or self.phone.data or self.address.data):
            raise ValidationError(
                gettext("Give one way to reach you: email, phone number or postal address.")
            )
        if field.data and not _EMAIL.fullmatch(field.data):
            raise ValidationError(
                gettext("This is not an email address. It should look like name@example.org.")
            )

    def validate_preferred(self, field: Answer) -> None:
        """The way that was chosen must have been given."""
        ways = {
            ContactWay.EMAIL: self.email,
            ContactWay.PHONE: self.phone,
            ContactWay.ADDRESS: self.address,
        }
        way = ways.get(field.data)
        if way is not None and not way.data:
            raise ValidationError(
                gettext("You chose this way, but you left it empty: %(way)s.", way=way.label.text)
            )


def submission_of(form: ComplaintForm) -> Submission:
    """What a valid form says. Answers in a branch that was not chosen are left out."""
    return Submission(facts_of(form))


def facts_of(form: ComplaintForm) -> ComplaintFacts:
    """The facts, the complainant's identity among them."""
    contacted = code(ContactedFirst, form.contacted_first)
    answered = contacted is ContactedFirst.YES_UNSATISFIED
    return ComplaintFacts(
        authority=form.authority.data,
        authority_other=text(form.authority_other, form.authority.data == AUTHORITY_OTHER),
        problem=text(form.problem),
        contacted_first=contacted,
        service_answer=text(form.service_answer, answered),
        facts_on=form.facts_on.data,
        hopes=text(form.hopes),
        service_reference=text(form.service_reference),
        identity=identity_of(form),
        language=form.language.data,
    )


def identity_of(form: ComplaintForm) -> ComplainantIdentity:
    """Who complains and how to reach them."""
    return ComplainantIdentity(
        name=text(form.name),
        email=text(form.email),
        phone=text(form.phone),
        address=text(form.address),
        preferred=code(ContactWay, form.preferred) or ContactWay.MAILBOX,
    )
