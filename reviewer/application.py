"""The investigators' console: which pages it has, who may see them, and what every page knows."""

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.domain.roles import Permission
from cases.errors import SessionEnded
from reviewer import cleaned_copies, locked, session
from reviewer.office_name import office_name
from reviewer.tones import tone_of
from reviewer.views import (
    account,
    assignment,
    case,
    case_key,
    consultations,
    custody,
    dossier,
    erasure,
    factors,
    files,
    handing_over,
    identity,
    inbox,
    keeping_away,
    letters,
    letters_of_case,
    links,
    lost_factor,
    own_sessions,
    people,
    reference_data,
    reply,
    roster,
    search,
    sign_in,
    trail,
    transition,
    typed_in,
    vouching,
    welcome,
)
from web.access import open_to_all
from web.application import create_application
from web.i18n import preferred_language
from web.labels import text_of
from web.services import Services
from web.sizes import size_text

PAGES: tuple[Blueprint, ...] = (
    inbox.blueprint,
    search.blueprint,
    keeping_away.blueprint,
    case.blueprint,
    reply.blueprint,
    transition.blueprint,
    assignment.blueprint,
    case_key.blueprint,
    typed_in.blueprint,
    links.blueprint,
    sign_in.blueprint,
    welcome.blueprint,
    account.blueprint,
    vouching.blueprint,
    lost_factor.blueprint,
    factors.blueprint,
    own_sessions.blueprint,
    handing_over.blueprint,
    people.blueprint,
    letters.blueprint,
    letters_of_case.blueprint,
    consultations.blueprint,
    files.blueprint,
    dossier.blueprint,
    reference_data.blueprint,
    roster.blueprint,
    trail.blueprint,
    identity.blueprint,
    custody.blueprint,
    erasure.blueprint,
)

start = Blueprint("start", __name__)


@start.get("/")
@open_to_all()
def choose_language() -> ResponseReturnValue:
    """The console in the browser's first language among ours."""
    return redirect(url_for("inbox.cases", language=preferred_language()))


def create_console(services: Services) -> Flask:
    """The console as a WSGI application."""
    app = create_application(
        "reviewer",
        services,
        pages=PAGES,
        unprefixed=(start,),
        authorise=session.authorise,
        context=page_context,
    )
    app.jinja_env.globals.update(text_of=text_of, tone_of=tone_of, size_text=size_text)
    cleaned_copies.configure(app)
    app.register_error_handler(SessionEnded, locked.answer)
    return app


def navigation() -> list[tuple[str, str, bool]]:
    """The main pages of whoever is signed in: (text, address, whether it is this page)."""
    person = session.current()
    if person is None:
        return []
    here = request.endpoint
    pages = (
        (Permission.SEE_CASES, _("Inbox"), "inbox.cases"),
        (Permission.SEE_CASES, _("Search"), "search.page"),
        (Permission.HANDLE_CASES, _("Type in a case"), "typed_in.choose"),
        (Permission.EDIT_REFERENCE_DATA, _("Reference data"), "reference.lists"),
        (Permission.END_SESSIONS, _("People"), "people.page"),
        (Permission.GUARD_IDENTITIES, _("Names in your care"), "custody.page"),
        (Permission.ERASE_CASES, _("Erasure"), "erasure.page"),
        (Permission.READ_TRAIL, _("Trail"), "trail.page"),
    )
    return [
        (text, url_for(page), here == page)
        for permission, text, page in pages
        if person.member.may(permission)
    ]


def page_context() -> dict[str, object]:
    """What the frame of each page shows."""
    person = session.current()
    return {
        "layout": "zegel/console_base.html",
        "office_name": office_name(),
        "home_url": url_for(session.home_page(person.member))
        if person
        else url_for("sign_in.page"),
        "signed_in_name": person.member.name if person else "",
        "account_url": url_for("account.page"),
        "sign_out_url": url_for("sign_in.leave"),
        "navigation": navigation(),
        "actions": [],
        "typed": "",
    }
