"""What the frame of every public page shows: the office's name, the ways around, the keys."""

from flask import request, url_for
from flask_babel import gettext as _

from web.services import services


def context() -> dict[str, object]:
    """Values that the portal's templates need on every page."""
    roster = services().roster_if_verified()
    return {
        "office_name": roster.roster.office if roster else _("Ombuds office"),
        "roster": roster,
        "home_url": url_for("start.show"),
        "navigation": _navigation(),
        "footer_links": [
            (_("Can we help you?"), url_for("check.show")),
            (_("Protection against reprisals"), url_for("protection.show")),
            (_("Security advice"), url_for("security.show")),
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
