"""The office's reference data for the page that is being answered."""

from cases.domain.reference import ReferenceData, shipped


def reference() -> ReferenceData:
    """The reference data as the office keeps it now."""
    return shipped()
