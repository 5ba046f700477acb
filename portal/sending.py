"""What the three forms share: showing the form, and taking in what was sent.

A form sent twice (a double click, the back button, an answer that was lost) gives the same receipt
code and one case: the code is drawn from the page's draft and the browser's token.
"""

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from cases.actions import mailboxes
from cases.actions.intake import Submission, receive
from cases.domain.facts import Facts
from cases.domain.flows import Flow
from crypto.receipt import ReceiptCode, ReceiptKeys, derive, draw_code
from portal.answers import as_text
from portal.forms.draft import new_draft, read_draft
from portal.forms.mailbox import KeptForm
from portal.offering import offer
from web.cookies import browser
from web.csrf import CSRFError
from web.database import db
from web.i18n import current_language
from web.problems import Problem
from web.reference import reference
from web.services import services


class PageOutdated(CSRFError):
    """The page lost its draft; it is shown again with a new one, as when its token expired."""


def form_page(
    template: str,
    form: Form,
    status: int = 200,
    problem: Problem | None = None,
    **more: object,
) -> ResponseReturnValue:
    """The form with what was typed, and with a draft that can be sent.

    Args:
        template: the page around the form.
        form: the questions, with what was typed.
        status: of the answer, where no problem brings its own.
        problem: a failure that did not cost the person what was typed.
        **more: what this template shows besides.
    """
    draft = form["draft"]
    if read_draft(draft.data) is None:
        draft.data = new_draft()
    page = render_template(template, form=form, problem=problem, **more)
    if problem is None:
        return make_response(page, status)
    return make_response(page, problem.status, dict(problem.headers))


def send(form: Form, submission: Submission) -> ResponseReturnValue:
    """Take in a valid form and show its receipt code."""
    draft = read_draft(form["draft"].data)
    if draft is None:
        raise PageOutdated
    code = draw_code(draft, browser().ensure().binding, current_language())
    with services().kdf_gate.place():
        keys = derive(code, services().settings.receipt_cost)
    received = receive(
        db(), submission, keys.address, services().roster(), services().today(), reference()
    )
    second = _second_version(keys, submission.facts) if received.repeated else ""
    return receipt_page(code, submission.facts.flow, received.repeated, second)


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


def _second_version(keys: ReceiptKeys, facts: Facts) -> str:
    """What was sent again, as text, where it differs from what we hold; empty where it does not."""
    session, now = db(), services().now()
    token = mailboxes.sign_in(session, keys, now).token
    thread = mailboxes.mailbox_thread(session, mailboxes.open_mailbox(session, token, now))
    mailboxes.sign_out(session, token)
    held = [message.facts for message in thread.messages if message.facts]
    return "" if facts in held else as_text(facts, offer())
