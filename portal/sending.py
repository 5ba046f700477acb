"""What the three forms share: showing the form, and taking in what was sent."""

from dataclasses import replace

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import Form

from cases.actions.intake import Submission
from cases.domain.flows import Flow
from crypto.receipt import ReceiptCode
from portal.answers import as_text
from portal.continuing import joined
from portal.forms.mailbox import KeptForm
from portal.reading import opened_if_signed_in
from web.forms.drafts import refreshed
from web.i18n import current_language
from web.offering import offer
from web.problems import Problem
from web.receiving import take_in
from web.services import services
from web.uploads import attached


def form_page(
    template: str,
    form: Form,
    status: int = 200,
    problem: Problem | None = None,
    questions: Markup | None = None,
    **more: object,
) -> ResponseReturnValue:
    """The form with what was typed, and with a draft that can be sent.

    Args:
        template: the page around the form.
        form: the questions, with what was typed.
        status: of the answer, where no problem brings its own.
        problem: a failure that did not cost the person what was typed.
        questions: the markup of an empty form, where this is one.
        **more: what this template shows besides.
    """
    draft = form["draft"]
    draft.data = refreshed(draft.data)
    earlier = _earlier(form, problem)
    page = render_template(
        template, form=form, problem=problem, earlier=earlier, questions=questions, **more
    )
    if problem is None:
        return make_response(page, status)
    return make_response(page, problem.status, dict(problem.headers))


def send(form: Form, submission: Submission) -> ResponseReturnValue:
    """Take in a valid form and show its receipt code."""
    submission = replace(joined(form, submission), attachments=attached())
    draft, today = form["draft"].data, services().today()
    taken = take_in(draft, submission, current_language(), today)
    second = as_text(submission, offer()) if taken.differs else ""
    return receipt_page(taken.code, submission.facts.flow, taken.repeated, second)


def receipt_page(
    code: ReceiptCode,
    flow: Flow,
    repeated: bool = False,
    second_version: str = "",
    form: KeptForm | None = None,
) -> str:
    """The page that shows the receipt code, for the first and only time."""
    return render_template(
        "portal/receipt.html",
        code=code,
        form=form or KeptForm(code=code.text, flow=flow.value),
        mailbox_address=url_for("mailbox.show", _external=True),
        repeated=repeated,
        second_version=second_version,
    )


def _earlier(form: Form, problem: Problem | None) -> str:
    """The reference of the case whose mailbox the form was opened from, if that is still open."""
    if "continues" not in form or not form["continues"].data:
        return ""
    # The records may be what failed; an outdated page is read from them without harm.
    asks = problem is None or problem.status == 400
    mailbox = opened_if_signed_in() if asks else None
    return (mailbox.reference if mailbox else "") or form["together"].data or ""
