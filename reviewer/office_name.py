"""What the office is called."""

from flask_babel import gettext as _

from web.i18n import current_language
from web.services import services


def office_name(language: str = "") -> str:
    """The name in a language, or in that of the page.

    A page about a refused roster still has a title.
    """
    found = services().office_name(language or current_language())
    return found or str(_("Ombuds office (keys not verified)"))


def office_names() -> tuple[str, ...]:
    """Every name under which people know the office."""
    return (office_name(), *services().look.look.names.values())
