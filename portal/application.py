"""The public application: the three ways in and the mailbox. It holds no key of the office."""

from flask import Flask

from portal import blank_forms
from portal.context import context
from portal.views import (
    check,
    complaint,
    continuing,
    home,
    mailbox,
    protection,
    receipt,
    report,
    security,
    service,
    start,
)
from web.application import create_application
from web.services import Services

PAGES = (
    start.blueprint,
    check.blueprint,
    report.blueprint,
    complaint.blueprint,
    protection.blueprint,
    receipt.blueprint,
    mailbox.blueprint,
    continuing.blueprint,
    service.blueprint,
    security.blueprint,
)


def create_portal(services: Services) -> Flask:
    """The portal on these collaborators."""
    app = create_application(
        "portal", services, PAGES, unprefixed=(home.blueprint,), context=context
    )
    blank_forms.configure(app)
    app.jinja_env.globals["layout"] = "zegel/portal_base.html"
    return app
