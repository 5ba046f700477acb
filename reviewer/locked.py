"""What someone sees whose session has ended: nothing typed is lost, and the way back is short."""

import re

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from reviewer.kept import typed_texts
from web.i18n import LANGUAGES
from web.problems import Problem

# Pages of ours that may be asked for after signing in. Nothing else is ever redirected to.
_OWN_PAGE = re.compile(
    rf"/({'|'.join(LANGUAGES)})/(case/[0-9a-f]{{32}}(/[a-z_/-]+)?|account/factors)"
)

LOCKED = Problem(
    403,
    _("You are signed out"),
    (
        _("The console locks after 15 minutes without a step, and after 8 hours in any case."),
        _("Nothing was sent or changed. Sign in again to continue."),
    ),
)


def answer(failure: Exception) -> ResponseReturnValue:
    """A page that was asked for leads to the sign-in; a form that was sent shows its text again."""
    if request.method == "GET":
        return redirect(url_for("sign_in.page", next=request.path))
    page = render_template(
        "zegel/error.html",
        problem=LOCKED,
        typed=typed_texts(),
        actions=[(_("Sign in"), url_for("sign_in.page", next=_page_of_the_form()))],
        home_url="",
    )
    return make_response(page, LOCKED.status)


def safe_next(path: str) -> str:
    """The page to go to after signing in: `path` if it is a page of ours, else nothing."""
    return path if _OWN_PAGE.fullmatch(path) else ""


def _page_of_the_form() -> str:
    case_id = (request.view_args or {}).get("case_id")
    return url_for("case.page", case_id=case_id) if case_id else url_for("inbox.cases")
