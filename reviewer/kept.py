"""What was typed, kept: every problem page of a form shows it to be copied."""

from dataclasses import replace

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from reviewer.forms.details import TYPED_NAMES
from reviewer.forms.typed_in import text_boxes
from web.problems import Problem
from web.uploads import files_came

# The text boxes of the console's forms. Passphrases and codes are never shown again.
TEXT_FIELDS = ("message", "text", "reason", "note", "notice", *TYPED_NAMES, *text_boxes())


def typed_texts() -> str:
    """Everything typed into the text boxes of the form that was sent; empty where the connection
    broke or no browser sends such a body."""
    try:
        form = request.form
    except (BadRequest, RequestEntityTooLarge):
        return ""
    return "\n\n".join(filter(None, (form.get(name, "") for name in TEXT_FIELDS)))


def lost_files() -> list[str]:
    """What to say of the files that came with a form which is shown again."""
    return [_("Your files were not kept. Choose them again.")] if files_came() else []


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
