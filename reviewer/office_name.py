"""What the office is called."""

from flask_babel import gettext as _

from cases.errors import RosterUnusable
from crypto.errors import RosterRejected
from web.services import services


def office_name() -> str:
    """The name on the roster in force; a page about a refused roster still has a title."""
    try:
        return services().roster().roster.office
    except (RosterRejected, RosterUnusable):
        return str(_("Ombuds office (keys not verified)"))
