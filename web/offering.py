"""What the forms offer the person who asks, today and in the language of the page."""

from web.forms.offer import Offer
from web.i18n import current_language
from web.reference import reference
from web.services import services


def offer() -> Offer:
    """The reference data for this request's form."""
    return Offer(reference(), current_language(), services().today())
