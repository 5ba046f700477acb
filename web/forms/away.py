"""Who at the office should not see this: asked before anything is sealed, so that no key of it
ever reaches them."""

from typing import Any

from flask_babel import lazy_gettext as _

from web.forms.fields import Answers, Line, options
from web.forms.offer import Offer
from web.forms.service import ServiceForm


class KeptAwayForm(ServiceForm):
    """The last question of every form; the people are those on the signed roster."""

    excluded = Answers(_("Who should not see this?"), ())
    excluded_other = Line(_("Somebody whom you do not find here"))

    def __init__(self, offer: Offer, formdata: Any = None, **more: Any) -> None:
        super().__init__(offer, formdata, **more)
        self.excluded.choices = options(offer.people)


def excluded_of(form: KeptAwayForm) -> frozenset[bytes]:
    """The ids of the people who were ticked on a valid form."""
    return frozenset(bytes.fromhex(person) for person in form.excluded.data or ())
