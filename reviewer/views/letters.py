"""The texts that messages and letters start from: the list, and changing one."""

from datetime import timedelta

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from cases.actions.letters import change_letter
from cases.domain.details import ConsultationKind
from cases.domain.flows import Action, Flow
from cases.domain.letters import (
    CONSULTATION,
    Audience,
    LetterFields,
    LetterTemplate,
    placeholder_words,
    placeholders_in,
    render,
    shipped_letters,
    template_from,
)
from cases.domain.reference import LANGUAGES, in_language
from cases.domain.roles import Permission
from cases.errors import NotFound
from cases.queries.letters import letter_history, letters
from reviewer.letter_forms import LetterForm
from reviewer.office_name import office_name
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.i18n import current_language
from web.labels import text_of
from web.problems import Problem
from web.services import services

blueprint = Blueprint("letters", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422

# A key holds no slash; anything else that is none of ours is a page that does not exist.
_LETTER = "/letters/<string(maxlength=120):key>"

# Who reads a text, as a heading and in the list.
READERS: dict[Audience, LazyString] = {
    Audience.PERSON: lazy_gettext("The person"),
    Audience.SERVICE: lazy_gettext("The public service"),
}


def keep(problem: Problem) -> ResponseReturnValue:
    """The problem's page with every text that was typed, to be copied."""
    typed = "\n\n".join(request.form.get(language, "") for language in LANGUAGES)
    key = (request.view_args or {}).get("key", "")
    page = render_template(
        "zegel/error.html",
        problem=problem,
        typed=typed.strip(),
        actions=[(_("Open the text again"), url_for("letters.change", key=key))],
    )
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.get("/letters", endpoint="list")
@needs(Permission.EDIT_REFERENCE_DATA)
def every_letter() -> ResponseReturnValue:
    """Every template under its kind of case."""
    shipped = shipped_letters()
    by_flow = {
        text_of(flow): [
            (step_name(each), READERS[each.audience], each, each != shipped.by_key(each.key))
            for each in letters(db())
            if each.flow is flow
        ]
        for flow in Flow
    }
    return render_template("reviewer/letters.html", by_flow=by_flow)


@blueprint.get(_LETTER)
@needs(Permission.EDIT_REFERENCE_DATA)
def change(key: str) -> ResponseReturnValue:
    """One template in every language, with what it can take from a case and its history."""
    template = _template(key)
    form = LetterForm.about(dict(template.texts), len(letter_history(db(), key)))
    return _page(template, form)


@blueprint.post(_LETTER + "/preview")
@needs(Permission.EDIT_REFERENCE_DATA, keeps=keep)
def preview(key: str) -> ResponseReturnValue:
    """The typed texts as an invented case would fill them. Nothing is stored yet."""
    template, form = _template(key), LetterForm()
    if not form.validate():
        return make_response(_page(template, form), UNPROCESSABLE)
    typed = template_from(key, form.texts)
    read = [(language, render(typed, language, _example(language))) for language in LANGUAGES]
    return _page(template, form, as_read=read)


@blueprint.post(_LETTER)
@needs(Permission.EDIT_REFERENCE_DATA, commits=True, keeps=keep)
def save(key: str) -> ResponseReturnValue:
    """Use these texts from now on; what was already sent stays as it is."""
    template, form = _template(key), LetterForm()
    if not form.validate():
        return make_response(_page(template, form), UNPROCESSABLE)
    now = services().now()
    change_letter(db(), key, form.texts, signed_in(), now, form.seen.data or 0)
    return redirect(url_for("letters.change", key=key, done="saved"), SEE_OTHER)


@blueprint.post(_LETTER + "/shipped")
@needs(Permission.EDIT_REFERENCE_DATA, commits=True, keeps=keep)
def put_back(key: str) -> ResponseReturnValue:
    """Take the office's own words back; the text that came with Zegel holds again."""
    seen = request.form.get("seen", type=int, default=-1)
    change_letter(db(), key, None, signed_in(), services().now(), seen)
    return redirect(url_for("letters.change", key=key, done="saved"), SEE_OTHER)


def step_name(template: LetterTemplate) -> str:
    """The step in the words of the page."""
    if template.step.startswith(CONSULTATION):
        kind = ConsultationKind(template.step.removeprefix(CONSULTATION))
        return str(text_of(kind))
    return str(text_of(Action(template.step)))


def _template(key: str) -> LetterTemplate:
    found = letters(db()).by_key(key)
    if found is None or shipped_letters().by_key(key) is None:
        raise NotFound
    return found


def _page(
    template: LetterTemplate, form: LetterForm, as_read: list[tuple[str, str]] | None = None
) -> str:
    shipped = shipped_letters().by_key(template.key)
    used = set(placeholders_in(" ".join(text for _language, text in template.texts)))
    return render_template(
        "reviewer/letter.html",
        template=template,
        name=step_name(template),
        flow_name=text_of(template.flow),
        reader=READERS[template.audience],
        form=form,
        as_read=as_read or [],
        placeholders=[
            (name, in_language(words, current_language()), name in used)
            for name, words in placeholder_words().items()
        ],
        history=letter_history(db(), template.key),
        is_shipped=template == shipped,
        done=request.args.get("done", ""),
    )


def _example(language: str) -> LetterFields:
    """An invented case: what only a real one knows shows as a gap, as it would for her."""
    today = services().today()
    return LetterFields(
        reference="XX.0000.0000",
        handler=signed_in().member.name,
        office=office_name(language),
        received_on=today - timedelta(days=3),
        today=today,
        due_on=today + timedelta(days=14),
    )
