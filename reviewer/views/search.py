"""Looking for words in every case that a person can open.

The words stand in the body of a request, never in an address: they may name somebody.
"""

from collections.abc import Callable
from time import monotonic

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions.case_words import keep_words
from cases.actions.searching import SearchPage, search
from cases.domain.roles import Permission
from cases.domain.search import Question
from cases.queries.inbox import Cursor
from reviewer.case_texts import authority_name
from reviewer.forms.search import SearchForm
from reviewer.openings import tell_of_found
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.errors import keep_typed
from web.reference import reference
from web.services import services

blueprint = Blueprint("search", __name__)

UNPROCESSABLE = 422
# After this a page shows what was found, and the person may go on from there.
PATIENCE = 4.0  # seconds


@blueprint.route("/search", methods=["GET", "POST"])
@needs(Permission.SEE_CASES, keeps=keep_typed("words"))
def page() -> ResponseReturnValue:
    """The empty form; or what was found, the newest first, once the trail was told of it."""
    if request.method == "GET":
        return _page(SearchForm(formdata=None))
    form = SearchForm()
    question = form.question() if form.validate() else None
    if question is None:
        return make_response(_page(form), UNPROCESSABLE)
    found = _search(question, Cursor.from_text(form.after.data or ""))
    tell_of_found([hit.case_id for hit in found.hits], signed_in())
    return _page(form, found)


def _search(question: Question, after: Cursor | None) -> SearchPage:
    found = search(db(), question, signed_in().keys, reference(), after, _until(PATIENCE))
    if found.learned:
        # A transaction of its own: while the search lasts it only reads, and holds nobody up.
        with services().database.writing() as session:
            keep_words(session, found.learned)
    return found


def _until(seconds: float) -> Callable[[], bool]:
    end = monotonic() + seconds
    return lambda: monotonic() < end


def _page(form: SearchForm, found: SearchPage | None = None) -> str:
    return render_template(
        "reviewer/search.html",
        form=form,
        form_url=url_for("search.page"),
        found=found,
        went_on=bool(form.after.data),
        authority_name=authority_name,
    )
