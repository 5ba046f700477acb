"""What was typed, kept: every problem page of a form shows it to be copied."""

from dataclasses import replace

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from reviewer.forms.details import TYPED_NAMES
from reviewer.forms.typed_in import text_boxes
from web.arriving import HELD
from web.problems import Problem
from web.uploads import files_came

# The text boxes of the console's forms. Passphrases and codes are never shown again.
TEXT_FIELDS = (
    "message",
    "text",
    "reason",
    "why_not",
    "note",
    "notice",
    *TYPED_NAMES,
    *text_boxes(),
)


def typed_texts() -> str:
    """Everything typed into the text boxes of the form that was sent; empty where the connection
    broke or no browser sends such a body."""
    return "\n\n".join(filter(None, map(_typed, TEXT_FIELDS)))


def _typed(name: str) -> str:
    try:
        return request.form.get(name, "")
    except (BadRequest, RequestEntityTooLarge):
        return ""


def lost_files() -> list[str]:
    """What to say of the files of a form that is not shown again."""
    with_them = files_came() or bool(_typed(HELD))
    return [_("Your files were not kept. Choose them again.")] if with_them else []


def keep(problem: Problem) -> ResponseReturnValue:
    """The problem's page with what was typed and a way back to the case."""
    case_id = (request.view_args or {}).get("case_id")
    page = render_template(
        "zegel/error.html",
        problem=replace(problem, paragraphs=(*problem.paragraphs, *lost_files())),
        typed=typed_texts(),
        actions=[(_("Open the case again"), url_for("case.page", case_id=case_id))],
    )
    return make_response(page, problem.status, dict(problem.headers))
