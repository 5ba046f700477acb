"""The reference that a public service reads: never that of somebody who must not be known."""

from cases.actions.reading import OpenCase
from cases.domain.consultations import service_reference


def reference_for_service(case: OpenCase) -> str:
    """The case's own reference, or that of its last question where the person is not to be known.

    Empty where there was no question yet.
    """
    if not case.file.second_person_needed:
        return case.reference or ""
    asked = [each for each in case.dossier.consultations.values() if each.released_on is not None]
    return service_reference(asked[-1].id) if asked else ""
