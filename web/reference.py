"""The office's reference data for the page that is being answered."""

from flask import g

from cases.domain.reference import ReferenceData
from cases.queries.reference_data import current
from web.database import db


def reference() -> ReferenceData:
    """The reference data as the office keeps it now, read once for each request."""
    found = g.get("reference_data")
    if not isinstance(found, ReferenceData):
        found = g.reference_data = current(db())
    return found
