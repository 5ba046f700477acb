"""What the pages about a question to a public service show."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask_babel import gettext as _

from cases.actions.consultations import GivenAnswer, answer_of
from cases.actions.reading import OpenCase, office_thread
from cases.domain.attachments import Attachment
from cases.domain.consultation_names import concerned, service_name
from cases.domain.consultations import last_day, service_reference
from cases.domain.details import Consultation, ConsultationWay, ServiceAnswer
from cases.domain.dossier import ConsultationFile
from cases.domain.policies import Denied, can_release
from cases.errors import NotFound
from cases.queries.staff import names_of_everyone
from reviewer.identifying_marks import Marks, marks, written_by_person
from reviewer.opened import identifier
from reviewer.session import signed_in
from web.database import db
from web.i18n import current_language
from web.labels import text_of
from web.reference import reference
from web.services import services


@dataclass(frozen=True, repr=False)
class ShownConsultation:
    """A question as the page of the case lists it, and as its own page shows it.

    `state` is in words, `tone` as the tags know it; `denied` says why this person cannot release
    it, where it waits for that.
    """

    held: ConsultationFile
    id: str
    title: str
    service: str
    reference: str
    state: str
    tone: str
    language: str
    concerned: str
    prepared_by: str
    released_by: str
    opens_until: date
    denied: str | None
    second_person: bool

    @property
    def asked(self) -> Consultation:
        """What is asked."""
        return self.held.asked

    @property
    def by_link(self) -> bool:
        """Whether the service answers through the portal."""
        return self.asked.way is ConsultationWay.LINK


def shown(case: OpenCase, held: ConsultationFile) -> ShownConsultation:
    """One question in words."""
    asked, names = held.asked, names_of_everyone(db())
    state, tone = _state(held)
    verdict = can_release(case.file, held.id, signed_in().member.id)
    return ShownConsultation(
        held=held,
        id=held.id.hex(),
        title=str(text_of(asked.kind)),
        service=service_name(asked, reference(), current_language()),
        reference=service_reference(held.id),
        state=state,
        tone=tone,
        language=asked.language or case.facts.language,
        concerned=concerned(case.file),
        prepared_by=names.get(held.prepared_by, ""),
        released_by=names.get(held.released_by, ""),
        opens_until=last_day(asked.due_on),
        denied=str(text_of(verdict.reason)) if isinstance(verdict, Denied) else None,
        second_person=case.file.second_person_needed,
    )


def all_shown(case: OpenCase) -> list[ShownConsultation]:
    """Every question of a case, the newest first."""
    return [shown(case, held) for held in reversed([*case.dossier.consultations.values()])]


def pointed_out(case: OpenCase, asked: Consultation) -> Marks | None:
    """What could show who the person is, where nobody may learn it; else None."""
    if not case.file.identity_withheld:
        return None
    written = written_by_person(office_thread(db(), case).messages)
    return marks(asked.question, case, written, reference(), asked.language, asked.service_other)


def given_answer(case: OpenCase, held: ConsultationFile) -> GivenAnswer | None:
    """What the service answered."""
    return answer_of(db(), case, held)


def scans_of(case: OpenCase, held: ConsultationFile) -> tuple[Attachment, ...]:
    """The files that were kept with the answer of the service."""
    return tuple(
        each
        for entry in case.history
        if isinstance(entry.details, ServiceAnswer) and entry.details.id == held.id
        for each in entry.attachments
    )


def held_in(case: OpenCase, consultation_id: str) -> ConsultationFile:
    """The question with this id in hexadecimal. Raises NotFound."""
    found = case.dossier.consultations.get(identifier(consultation_id))
    if found is None:
        raise NotFound
    return found


def link_path(found: ShownConsultation) -> str:
    """The path of the service's page on the portal, in the language of the question."""
    return f"/{found.language}/service/{found.id}"


def portal_address() -> str:
    """Where the portal is reached, without a slash at the end."""
    return reference().setting("portal.address").rstrip("/")


def portal_address_unset() -> bool:
    """Whether the address is still the one of a demonstration, on a console that serves people."""
    here = urlsplit(portal_address()).hostname in ("127.0.0.1", "localhost")
    return here and not services().settings.loopback_cookies


def _state(held: ConsultationFile) -> tuple[str, str]:
    if held.withdrawal is not None:
        return _("Withdrawn"), "closed"
    if held.answer is not None:
        return _("Answered"), "done"
    if held.released_on is not None:
        return _("Waiting for the answer"), "waiting"
    return _("Waiting for its release"), "new"
