"""After the receipt code was shown: saving it, and confirming that it is kept.

The code travels in the body of these requests only; nothing here stores it.
"""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from cases.domain.flows import Flow
from crypto.receipt import ReceiptCode
from portal.forms.mailbox import KeptForm
from portal.sending import receipt_page
from web.access import open_to_all
from web.cookies import browser
from web.errors import keep_typed
from web.receiving import code_sent_back

blueprint = Blueprint("receipt", __name__)
# A name that says nothing to somebody who looks through the person's files.
FILE_NAME = "note.txt"


@blueprint.post("/receipt/kept")
@open_to_all(keeps=keep_typed("code"))
def kept() -> ResponseReturnValue:
    """Go on once the code is kept; the page that showed it can then no longer show it."""
    form = KeptForm(request.form)
    code = _code(form)
    if not form.validate():
        return receipt_page(code, form.way_in, form=form), 422
    browser().end()
    # A redirect, so that reloading the next page does not send the code once more.
    answer = redirect(url_for("receipt.next_steps", flow=form.way_in.value), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.post("/receipt/file")
@open_to_all(keeps=keep_typed("code"))
def save() -> ResponseReturnValue:
    """The code as a text file."""
    code = _code(KeptForm(request.form))
    address = url_for("mailbox.show", _external=True)
    text = render_template("portal/receipt.txt", code=code, address=address)
    answer = Response(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@blueprint.get("/receipt/next/<any(report, complaint, protection):flow>")
@open_to_all()
def next_steps(flow: str) -> ResponseReturnValue:
    """What happens next."""
    return render_template("portal/next.html", flow=Flow(flow))


def _code(form: KeptForm) -> ReceiptCode:
    """The code of our own page. Raises BadRequest for anything else."""
    code = code_sent_back(form.code.data)
    if code is None:
        raise BadRequest
    return code
