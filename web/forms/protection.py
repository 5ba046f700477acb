"""The request for protection against reprisals: its questions, and the facts they become."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from cases.actions.intake import Submission
from cases.domain.facts import (
    ContactWay,
    Proceedings,
    ProtectionFacts,
    ProtectionGround,
    YesNo,
)
from web.forms.away import KeptAwayForm, excluded_of
from web.forms.fields import Answer, Answers, DayField, Line, Menu, Required, Story, options
from web.forms.offer import Offer
from web.forms.options import LANGUAGE_OPTIONS, options_of
from web.forms.person import check_email, check_preferred, identity_of
from web.forms.reading import code, text
from web.forms.service import service_of


class ProtectionForm(KeptAwayForm):
    """What we ask someone who suffers for having spoken up. Only `what` is required."""

    what = Story(
        _("What was done to you?"),
        Required(_("Tell us what was done to you. We cannot start without it.")),
    )
    measures = Answers(_("Which of these is it?"), ())
    measure_on = DayField(_("When was it done, or announced to you?"))
    author = Line(_("Who decided it?"))
    employer_reason = Story(_("Which reason were you given?"))
    ground = Answer(_("What did you do before that?"), options_of(ProtectionGround))
    report_reference = Line(_("Reference of your report here"))
    reported_when = Line(_("When was that?"))
    asks = Story(_("What do you ask for?"))
    may_contact_employer = Answer(_("May we contact your employer about this?"), options_of(YesNo))
    proceedings = Answer(
        _("Is a court or another body already deciding about this?"), options_of(Proceedings)
    )
    name = Line(_("Your name"))
    email = Line(_("Email address"))
    phone = Line(_("Phone number"))
    address = Story(_("Postal address"))
    preferred = Answer(_("How shall we tell you that there is news?"), options_of(ContactWay))
    belongs_to = Line(_("Reference of an earlier case that this belongs to"))
    language = Menu(_("In which language shall we write to you?"), LANGUAGE_OPTIONS)

    def __init__(self, offer: Offer, formdata: Any = None, **more: Any) -> None:
        super().__init__(offer, formdata, **{"preferred": ContactWay.MAILBOX.value, **more})
        self.measures.choices = options(offer.retaliations())
        self.measure_on.latest = offer.today

    def validate_name(self, field: Line) -> None:
        """Nobody can be asked to justify what was done to someone without a name."""
        if self.may_contact_employer.data == YesNo.YES and not field.data:
            raise ValidationError(
                gettext("Type your name: without it your employer does not know who it is about.")
            )

    def validate_email(self, field: Line) -> None:
        """An address that can be one, or none."""
        check_email(field.data)

    def validate_preferred(self, field: Answer) -> None:
        """The way that was chosen must have been given."""
        check_preferred(self)


def submission_of(form: ProtectionForm) -> Submission:
    """What a valid form says. Answers in a branch that was not chosen are left out."""
    return Submission(
        facts_of(form), excluded=excluded_of(form), excluded_other=text(form.excluded_other)
    )


def facts_of(form: ProtectionForm) -> ProtectionFacts:
    """The facts, the person's identity among them."""
    authority, authority_other = service_of(form)
    ground = code(ProtectionGround, form.ground)
    return ProtectionFacts(
        authority=authority,
        authority_other=authority_other,
        what=text(form.what),
        language=form.language.data,
        ground=ground,
        report_reference=text(form.report_reference, ground is ProtectionGround.REPORTED_HERE),
        reported_when=text(form.reported_when),
        measures=tuple(form.measures.data or ()),
        measure_on=form.measure_on.data,
        author=text(form.author),
        employer_reason=text(form.employer_reason),
        asks=text(form.asks),
        may_contact_employer=code(YesNo, form.may_contact_employer),
        proceedings=code(Proceedings, form.proceedings),
        identity=identity_of(form),
        belongs_to=text(form.belongs_to),
    )
