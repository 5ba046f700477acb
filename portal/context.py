"""What the frame of every public page shows: the office's name, the ways around, the keys."""

from flask import request, url_for
from flask_babel import gettext as _

from web.i18n import current_language
from web.services import services


def context() -> dict[str, object]:
    """Values that the portal's templates need on every page."""
    look, language = services().look.look, current_language()
    site = look.site.get(language)
    return {
        "welcome": look.welcome.get(language, ""),
        "contact": look.contact.get(language, ()),
        "office_name": services().office_name(language) or _("Ombuds office"),
        "roster": services().roster_if_verified(),
        "home_url": url_for("start.show"),
        "navigation": _navigation(),
        "footer_links": [
            (_("Can we help you?"), url_for("check.show")),
            (_("Protection against reprisals"), url_for("protection.show")),
            (_("Security advice"), url_for("security.show")),
            *([(_("Our website"), site)] if site else []),
        ],
    }


def _navigation() -> list[tuple[str, str, bool]]:
    pages = (
        (_("Start"), "start.show"),
        (_("Report abuse"), "report.show"),
        (_("Complain"), "complaint.show"),
        (_("Your mailbox"), "mailbox.show"),
        (_("Security advice"), "security.show"),
    )
    return [(text, url_for(page), request.endpoint == page) for text, page in pages]
