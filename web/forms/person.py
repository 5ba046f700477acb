"""Who complains or asks for protection, and how to reach them."""

import re
from typing import Protocol

from flask_babel import gettext
from wtforms.validators import ValidationError

from cases.domain.facts import ComplainantIdentity, ContactWay
from web.forms.fields import Answer, Line, Story
from web.forms.reading import code, text

# Only what cannot be an address at all: one that looks odd may still work.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class AboutAPerson(Protocol):
    """A form that asks who somebody is."""

    name: Line
    email: Line
    phone: Line
    address: Story
    preferred: Answer


def check_email(address: str | None) -> None:
    """Refuse what cannot be an address; nothing at all is fine here."""
    if address and not _EMAIL.fullmatch(address):
        raise ValidationError(
            gettext("This is not an email address. It should look like name@example.org.")
        )


def check_preferred(form: AboutAPerson) -> None:
    """The way that was chosen must have been given."""
    ways = {
        ContactWay.EMAIL: form.email,
        ContactWay.PHONE: form.phone,
        ContactWay.ADDRESS: form.address,
    }
    way = ways.get(form.preferred.data)
    if way is not None and not way.data:
        raise ValidationError(
            gettext("You chose this way, but you left it empty: %(way)s.", way=way.label.text)
        )


def identity_of(form: AboutAPerson) -> ComplainantIdentity:
    """Who it is and how to reach them."""
    return ComplainantIdentity(
        name=text(form.name),
        email=text(form.email),
        phone=text(form.phone),
        address=text(form.address),
        preferred=code(ContactWay, form.preferred) or ContactWay.MAILBOX,
    )
