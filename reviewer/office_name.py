"""What the office is called."""

from flask_babel import gettext as _

from web.services import services


def office_name() -> str:
    """The name on the roster in force; a page about a refused roster still has a title."""
    found = services().roster_if_verified()
    return found.roster.office if found else str(_("Ombuds office (keys not verified)"))
