"""The office's reference data for the page that is being answered."""

from flask import g

from cases.domain.reference import ReferenceData, shipped
from cases.queries.reference_data import current
from web.database import db


def reference() -> ReferenceData:
    """The reference data as the office keeps it now, read once for each request."""
    found = g.get("reference_data")
    if not isinstance(found, ReferenceData):
        found = g.reference_data = current(db())
    return found


def spare_the_records() -> None:
    """Ask the records no more in this request: what was read already counts, or what was shipped.

    For the page that says the records failed and keeps what somebody typed.
    """
    if "reference_data" not in g:
        g.reference_data = shipped()
