"""The report: its questions, and the facts and the identity that its answers become."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from cases.actions.intake import Submission
from cases.domain.facts import (
    FollowUp,
    HowKnown,
    Identity,
    InternalChannel,
    InternalReason,
    Relation,
    ReportFacts,
    Reprisals,
)
from web.forms.away import KeptAwayForm, excluded_of
from web.forms.fields import Answer, Answers, Line, Menu, Required, Story, options
from web.forms.offer import Offer
from web.forms.options import LANGUAGE_OPTIONS, options_of
from web.forms.reading import code, text
from web.forms.service import service_of

ANONYMOUS = "anonymous"
IN_CONFIDENCE = "in_confidence"


class ReportForm(KeptAwayForm):
    """What we ask someone who reports abuse. Only `what` is required."""

    what = Story(
        _("What happened?"),
        Required(_("Tell us what happened. We cannot start without it.")),
    )
    when_where = Story(_("When and where did it happen?"))
    how_known = Answer(_("How do you know about it?"), options_of(HowKnown))
    how_known_documents = Line(_("Which documents or messages? Do you still have them?"))
    how_known_other = Line(_("In which way?"))
    breaches = Answers(_("What kind of breach is it?"), ())
    relation = Answer(_("What connects you to this service?"), options_of(Relation))
    internal_channel = Answer(
        _("Have you already reported this inside the service?"), options_of(InternalChannel)
    )
    internal_when = Line(_("When did you report it there?"))
    internal_to = Line(_("To whom?"))
    internal_follow_up = Answer(_("Was anything done after that?"), options_of(FollowUp))
    internal_result = Story(_("What came of it?"))
    internal_reasons = Answers(_("What held you back?"), options_of(InternalReason))
    internal_reason_detail = Story(_("Do you want to say more about that?"))
    reprisals = Answer(_("Have there been reprisals against you?"), options_of(Reprisals))
    reprisals_feared = Story(_("What do you fear, and from whom?"))
    reprisals_happened = Story(_("What happened to you?"))
    identity = Answer(
        _("Do you want to stay anonymous?"),
        (
            (ANONYMOUS, _("Yes, I give no name")),
            (IN_CONFIDENCE, _("No, I give my name or contact details in confidence")),
        ),
    )
    name = Line(_("Your name"))
    contact = Story(_("How can we reach you?"))
    who_else_knows = Story(_("Who else knows what you know?"))
    no_acknowledgement = BooleanField(_("Please send me no confirmation"))
    belongs_to = Line(_("Reference of an earlier case that this belongs to"))
    language = Menu(_("In which language shall we write to you?"), LANGUAGE_OPTIONS)

    def __init__(self, offer: Offer, formdata: Any = None, **more: Any) -> None:
        super().__init__(offer, formdata, **{"identity": ANONYMOUS, **more})
        self.breaches.choices = options(offer.breaches())

    def validate_name(self, field: Line) -> None:
        """Someone who chose not to stay anonymous must have said something."""
        if self.identity.data == IN_CONFIDENCE and not (field.data or self.contact.data):
            raise ValidationError(
                gettext("Type your name or how to reach you, or choose to stay anonymous.")
            )


def submission_of(form: ReportForm) -> Submission:
    """What a valid form says. Answers in a branch that was not chosen are left out."""
    return Submission(
        facts_of(form),
        identity_of(form),
        excluded=excluded_of(form),
        excluded_other=text(form.excluded_other),
    )


def facts_of(form: ReportForm) -> ReportFacts:
    """The facts; never the name or the contact details."""
    how_known = code(HowKnown, form.how_known)
    channel = code(InternalChannel, form.internal_channel)
    reprisals = code(Reprisals, form.reprisals)
    used, not_used = channel is InternalChannel.USED, channel is InternalChannel.NOT_USED
    authority, authority_other = service_of(form)
    return ReportFacts(
        authority=authority,
        authority_other=authority_other,
        what=text(form.what),
        when_where=text(form.when_where),
        how_known=how_known,
        how_known_detail=text(form.how_known_documents, how_known is HowKnown.DOCUMENTS)
        or text(form.how_known_other, how_known is HowKnown.OTHER),
        relation=code(Relation, form.relation),
        internal_channel=channel,
        internal_when=text(form.internal_when, used),
        internal_to=text(form.internal_to, used),
        internal_result=text(form.internal_result, used),
        internal_follow_up=code(FollowUp, form.internal_follow_up) if used else None,
        internal_reasons=_reasons(form) if not_used else (),
        internal_reason_detail=text(form.internal_reason_detail, not_used),
        reprisals=reprisals,
        reprisals_detail=text(form.reprisals_feared, reprisals is Reprisals.FEARED)
        or text(form.reprisals_happened, reprisals is Reprisals.HAPPENED),
        anonymous=form.identity.data != IN_CONFIDENCE,
        breaches=tuple(form.breaches.data or ()),
        who_else_knows=text(form.who_else_knows),
        no_acknowledgement=bool(form.no_acknowledgement.data),
        belongs_to=text(form.belongs_to),
        language=form.language.data,
    )


def identity_of(form: ReportForm) -> Identity | None:
    """The name and contact details for the separate envelope; None for someone anonymous."""
    if form.identity.data != IN_CONFIDENCE:
        return None
    return Identity(name=text(form.name), contact=text(form.contact))


def _reasons(form: ReportForm) -> tuple[InternalReason, ...]:
    return tuple(InternalReason(value) for value in form.internal_reasons.data or [])
