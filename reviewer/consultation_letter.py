"""A question to a public service as a letter on paper."""

from flask_babel import force_locale
from flask_babel import gettext as _

from reviewer.consultation_page import ShownConsultation
from reviewer.letters.documents import Letter, paragraphs_of
from reviewer.office_name import office_name
from web.reference import reference


def letter_of(found: ShownConsultation) -> Letter:
    """The letter of a question that was released."""
    asked = found.asked
    with force_locale(found.language):
        subject = str(_("Our question %(reference)s", reference=found.reference))
        about = str(_("About: %(name)s", name=found.concerned)) if found.concerned else ""
    known = reference().authority(asked.service)
    service = known.name(found.language) if known else asked.service_other
    return Letter(
        language=found.language,
        office=office_name(found.language),
        office_lines=_office_lines(),
        addressee=(service,),
        reference=found.reference,
        day=found.held.released_on or found.held.prepared_on,
        subject=subject,
        paragraphs=tuple(filter(None, (about, *paragraphs_of(asked.question)))),
        signature=found.released_by,
    )


def _office_lines() -> tuple[str, ...]:
    lines = reference().setting("office.address").split(";")
    return tuple(line.strip() for line in lines if line.strip())
