"""Asking a public service: prepare, look at what it will read, release, read what it answers."""

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from cases.actions import consultations
from cases.actions.consultations import Deciding
from cases.actions.reading import OpenCase, office_thread
from cases.actions.signed_in import require
from cases.actions.transitions import available
from cases.domain.dossier import ConsultationFile
from cases.domain.flows import Action
from cases.domain.policies import Verdict
from cases.domain.reminders import is_past
from cases.domain.roles import Permission
from cases.errors import NotFound
from reviewer.consultation_drafting import choices, first_text, kinds_for, repeated
from reviewer.consultation_forms import (
    ChoicesForm,
    LetterAnswerForm,
    QuestionForm,
    ReleaseForm,
    WithdrawForm,
)
from reviewer.consultation_letter import letter_of
from reviewer.consultation_page import (
    all_shown,
    given_answer,
    held_in,
    link_path,
    pointed_out,
    portal_address,
    portal_address_unset,
    scans_of,
    shown,
)
from reviewer.consultation_words import Handed, draw, new_draft
from reviewer.forms import VersionedForm, at_version
from reviewer.kept import keep
from reviewer.letters.pdf import letter_pdf
from reviewer.listed_files import listed_files
from reviewer.office_name import office_name
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db, scrub_after_commit
from web.offering import offer
from web.reference import reference
from web.services import services
from web.uploads import attached, only_attaching

blueprint = Blueprint("consultations", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422
_ALL = "/case/<string(length=32):case_id>/consultations"
_ONE = f"{_ALL}/<string(length=32):consultation_id>"

# What a page says after something was done; the address names the key.
DONE: dict[str, LazyString] = {
    "prepared": lazy_gettext("The question is kept in the case. Nothing has left the office."),
    "released": lazy_gettext("The question is released. Send the letter now."),
    "answered": lazy_gettext("The answer is kept in the case."),
    "withdrawn": lazy_gettext("The question is withdrawn. Its link and words open nothing more."),
    "renewed": lazy_gettext(
        "The lost words open nothing more. The same question waits here to be released anew."
    ),
}


@blueprint.get(_ALL, endpoint="page")
@needs(Permission.SEE_CASES)
def show_all(case_id: str) -> ResponseReturnValue:
    """Every question of the case."""
    case = opened(case_id)
    return render_template(
        "reviewer/consultation_list.html",
        case=case,
        case_id=case_id,
        consultations=all_shown(case),
        may_prepare=not hasattr(_verdict(case, Action.PREPARE_CONSULTATION), "reason"),
    )


@blueprint.get(f"{_ALL}/prepare")
@needs(Permission.HANDLE_CASES)
def prepare(case_id: str) -> ResponseReturnValue:
    """What is asked of whom; prefilled from the case, or from a question that is repeated."""
    case = opened(case_id)
    require(_verdict(case, Action.PREPARE_CONSULTATION))
    again = request.args.get("again", "")
    given = choices(case, repeated(case, again), again)
    form = ChoicesForm(offer(), kinds_for(case), formdata=None, **given)
    return _choices_page(case, at_version(form, case.version))


@blueprint.post(f"{_ALL}/prepare/text")
@needs(Permission.HANDLE_CASES, keeps=keep)
def write(case_id: str) -> ResponseReturnValue:
    """The letter of that kind of question, to be completed. Nothing is stored yet."""
    case = opened(case_id)
    require(_verdict(case, Action.PREPARE_CONSULTATION))
    chosen = ChoicesForm(offer(), kinds_for(case))
    if not chosen.validate():
        return make_response(_choices_page(case, chosen), UNPROCESSABLE)
    form, before = QuestionForm(offer(), kinds_for(case)), repeated(case, chosen.again.data or "")
    form.text.data = before.text if before else first_text(case, chosen)
    form.marked.data = "\n".join(before.marked) if before else ""
    return _text_page(case, form)


@blueprint.post(f"{_ALL}/prepare")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def store(case_id: str) -> ResponseReturnValue:
    """Keep the question in the case's file; somebody releases it from its own page."""
    case = opened(case_id)
    form = QuestionForm(offer(), kinds_for(case))
    if not form.validate():
        return make_response(_text_page(case, form), UNPROCESSABLE)
    made = consultations.prepare(db(), case, form.question(), _deciding(form))
    return _to_one(case_id, made.hex(), "prepared")


@blueprint.get(_ONE)
@needs(Permission.SEE_CASES)
def one(case_id: str, consultation_id: str) -> ResponseReturnValue:
    """One question: exactly what the service reads, where it stands, what it answered."""
    return _page(opened(case_id), consultation_id)


@blueprint.get(f"{_ONE}/letter.pdf")
@needs(Permission.SEE_CASES)
def letter(case_id: str, consultation_id: str) -> ResponseReturnValue:
    """A question that was released, as a letter. Raises NotFound before that."""
    case = opened(case_id)
    found = shown(case, held_in(case, consultation_id))
    if found.held.released_on is None:
        raise NotFound
    answer = Response(letter_pdf(letter_of(found)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    return answer


@blueprint.post(f"{_ONE}/release")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def release(case_id: str, consultation_id: str) -> ResponseReturnValue:
    """Let the question out. The words of a link are on the page that answers, and nowhere else."""
    form = ReleaseForm()
    handed = draw(case_id, consultation_id, form.draft.data or "")
    case = opened(case_id)
    held = held_in(case, consultation_id)
    if handed and consultations.opens_with(db(), held.id, handed.keys):
        # The button was pressed twice, or the first answer was lost on its way.
        return _words_page(case, held, handed)
    keys = handed.keys if handed else None
    name = office_name(held.asked.language or case.facts.language)
    consultations.release(db(), case, held.id, name, keys, _deciding(form))
    if handed is None:
        return _to_one(case_id, consultation_id, "released")
    return _words_page(case, held, handed)


@blueprint.post(f"{_ONE}/answer")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep, uploads=True)
def record_answer(case_id: str, consultation_id: str) -> ResponseReturnValue:
    """Type in what the service answered by letter, with scans of it."""
    case, form = opened(case_id), LetterAnswerForm(services().today())
    held = held_in(case, consultation_id)
    if only_attaching():
        return _page(case, consultation_id, answer=form)
    if not form.validate():
        return make_response(_page(case, consultation_id, answer=form), UNPROCESSABLE)
    text, day = form.text.data or "", form.received_on.data or services().today()
    consultations.record_answer(db(), case, held.id, text, day, _deciding(form), attached())
    scrub_after_commit()
    return _to_one(case_id, consultation_id, "answered")


@blueprint.post(f"{_ONE}/withdraw")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def withdraw(case_id: str, consultation_id: str) -> ResponseReturnValue:
    """Ask no longer."""
    case, form = opened(case_id), WithdrawForm()
    held = held_in(case, consultation_id)
    if not form.validate():
        return make_response(_page(case, consultation_id, withdrawal=form), UNPROCESSABLE)
    consultations.withdraw(db(), case, held.id, form.reason.data or "", _deciding(form))
    scrub_after_commit()
    return _to_one(case_id, consultation_id, "withdrawn")


@blueprint.post(f"{_ONE}/renew")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def renew(case_id: str, consultation_id: str) -> ResponseReturnValue:
    """Replace lost words: the question is withdrawn, and the same one waits for its release."""
    case, form = opened(case_id), VersionedForm()
    held = held_in(case, consultation_id)
    why = _("The ten words were lost.")
    made = consultations.renew(db(), case, held.id, why, _deciding(form))
    scrub_after_commit()
    return _to_one(case_id, made.hex(), "renewed")


def _deciding(form: VersionedForm) -> Deciding:
    return Deciding(signed_in(), form.version.data or 0, services().now(), reference())


def _verdict(case: OpenCase, action: Action) -> Verdict:
    return next(verdict for row, verdict in available(case, signed_in()) if row.action is action)


def _choices_page(case: OpenCase, form: ChoicesForm) -> str:
    case_id = case.case_id.hex()
    return render_template(
        "reviewer/consultation_prepare.html", case=case, case_id=case_id, form=form
    )


def _text_page(case: OpenCase, form: QuestionForm) -> str:
    return render_template(
        "reviewer/consultation_text.html",
        case=case,
        case_id=case.case_id.hex(),
        form=form,
        chosen=[form.kind, form.service, form.service_other, form.language, form.way],
    )


def _page(
    case: OpenCase,
    consultation_id: str,
    answer: LetterAnswerForm | None = None,
    withdrawal: WithdrawForm | None = None,
) -> str:
    held, today = held_in(case, consultation_id), services().today()
    found = shown(case, held)
    fresh = LetterAnswerForm(today, formdata=None, received_on=today)
    return render_template(
        "reviewer/consultation_page.html",
        case=case,
        case_id=case.case_id.hex(),
        found=found,
        marks=pointed_out(case, held.asked),
        given=given_answer(case, held),
        scans=scans_of(case, held),
        files=listed_files(case, office_thread(db(), case)),
        late=is_past(held.asked.due_on, today),
        address=portal_address() + link_path(found),
        version_form=at_version(VersionedForm(formdata=None), case.version),
        release_form=at_version(ReleaseForm(formdata=None, draft=new_draft()), case.version),
        answer_form=answer or at_version(fresh, case.version),
        withdraw_form=withdrawal or at_version(WithdrawForm(formdata=None), case.version),
        failed=answer or withdrawal,
        done=request.args.get("done", ""),
        done_texts=DONE,
    )


def _words_page(case: OpenCase, held: ConsultationFile, handed: Handed) -> str:
    found = shown(case, held)
    return render_template(
        "reviewer/consultation_words.html",
        case=case,
        case_id=case.case_id.hex(),
        found=found,
        words=handed.words.words,
        address=portal_address() + link_path(found),
        address_unset=portal_address_unset(),
    )


def _to_one(case_id: str, consultation_id: str, done: str) -> ResponseReturnValue:
    address = url_for(
        "consultations.one", case_id=case_id, consultation_id=consultation_id, done=done
    )
    return redirect(address, SEE_OTHER)
