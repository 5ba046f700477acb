"""Which public service it is about: typed or chosen, or not known."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form
from wtforms.validators import ValidationError

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from web.forms.fields import Line, Menu
from web.forms.offer import Offer

NOT_A_SERVICE = ("", AUTHORITY_UNKNOWN, AUTHORITY_OTHER)


class ServiceForm(Form):
    """The first question of every form. A name that was typed counts as the service it names.

    Attributes:
        offer: what the questions offer.
        needs_service: whether something must be answered here; 'I do not know' is an answer.
    """

    needs_service = False

    authority = Menu(_("Or choose it from this list"), ())
    authority_other = Line(_("Type its name"))

    def __init__(self, offer: Offer, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **{"language": offer.language, **more})
        self.offer = offer
        self.authority.choices = offer.service_menu()

    def validate_authority(self, field: Menu) -> None:
        """Typed, chosen or 'I do not know', where the office cannot start without it."""
        if self.needs_service and not (field.data or self.authority_other.data):
            raise ValidationError(
                gettext("Type or choose the public service, or choose “I don't know”.")
            )

    def validate_authority_other(self, field: Line) -> None:
        """'Another service' needs its name, and two answers must be one."""
        chosen = self.authority.data
        if self.needs_service and chosen == AUTHORITY_OTHER and not field.data:
            raise ValidationError(gettext("Type the name of the service."))
        differs = field.data and self.offer.service_called(field.data) != chosen
        if differs and chosen not in NOT_A_SERVICE:
            raise ValidationError(
                gettext("You typed one service and chose another. Empty one of the two answers.")
            )


def service_of(form: ServiceForm) -> tuple[str, str]:
    """The service's id, 'other' or 'unknown', and the name that was typed for 'other'."""
    typed = form.authority_other.data or ""
    known = form.offer.service_called(typed) if typed else None
    if known:
        return known, ""
    if typed:
        return AUTHORITY_OTHER, typed
    return form.authority.data or AUTHORITY_UNKNOWN, ""
