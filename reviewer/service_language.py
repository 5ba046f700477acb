"""In which language a public service is written to."""

from cases.actions.reading import OpenCase

# Those of an administration in Brussels, the one in which most people write to the office first.
ADMINISTRATIVE = ("fr", "nl")


def service_language(case: OpenCase) -> str:
    """As the service was asked last, or else as the person writes.

    A person who writes in another language than those of the administration would be known by it:
    the service is then written to in French.
    """
    asked = [each.asked.language for each in case.dossier.consultations.values()]
    chosen = next((language for language in reversed(asked) if language), case.facts.language)
    if chosen in ADMINISTRATIVE or chosen in asked:
        return chosen
    return ADMINISTRATIVE[0]
