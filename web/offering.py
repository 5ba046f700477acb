"""What the forms offer the person who asks, today and in the language of the page."""

from crypto.roster import VerifiedRoster
from crypto.roster_payload import CUSTODIAN, INTAKE, STAFF
from web.forms.offer import Offer
from web.i18n import current_language
from web.reference import reference
from web.services import services


def offer() -> Offer:
    """The reference data for this request's form."""
    here = services()
    return Offer(
        reference(), current_language(), here.today(), people_of(here.roster_if_verified())
    )


def people_of(roster: VerifiedRoster | None) -> tuple[tuple[str, str], ...]:
    """Who could come to read a case or to guard a name, by name: (id in hexadecimal, name)."""
    if roster is None:
        return ()
    reading = {INTAKE, STAFF, CUSTODIAN}
    members = (one for one in roster.roster.members if one.roles & reading)
    people = ((one.person.hex(), one.name) for one in members)
    return tuple(sorted(people, key=lambda person: (person[1].casefold(), person[0])))
