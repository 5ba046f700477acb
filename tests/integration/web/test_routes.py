"""Every route of both applications, classified by hand: deny by default, proven.

A route that is not in the table fails, and so does a row whose route is gone. What the table says
is then tried on the served application: without a session, without a CSRF token, from another site.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Blueprint, Flask, Response
from sqlalchemy import func, select
from werkzeug.test import Client as WerkzeugClient
from werkzeug.test import TestResponse

from cases.database import Database
from cases.domain.roles import Permission
from cases.models import Base
from portal.application import create_portal
from reviewer.application import create_console
from tests.support import page_rules
from tests.support.html import ORIGIN
from tests.support.office import Office
from web.access import Undeclared, declarations, open_to_all
from web.application import create_application
from web.settings import Audience

CASE = "0" * 32
SEE, HANDLE, ASSIGN = Permission.SEE_CASES, Permission.HANDLE_CASES, Permission.ASSIGN_CASES
EDIT = Permission.EDIT_REFERENCE_DATA
EVERYONE = None


@dataclass(frozen=True)
class Route:
    """One row: who may, and whether it writes."""

    method: str
    path: str
    permission: Permission | None
    commits: bool = False


SHARED = (
    Route("GET", "/", EVERYONE),
    Route("GET", "/healthz", EVERYONE),
    Route("GET", "/static/zegel.css", EVERYONE),
    Route("GET", "/static/files.js", EVERYONE),
    Route("GET", "/static/passkey.js", EVERYONE),
    Route("GET", "/static/wait.js", EVERYONE),
)
PORTAL = (
    *SHARED,
    Route("GET", "/en/", EVERYONE),
    Route("GET", "/en/check", EVERYONE),
    Route("GET", "/en/security", EVERYONE),
    Route("GET", "/en/report", EVERYONE),
    Route("POST", "/en/report", EVERYONE, commits=True),
    Route("GET", "/en/complaint", EVERYONE),
    Route("POST", "/en/complaint", EVERYONE, commits=True),
    Route("GET", "/en/protection", EVERYONE),
    Route("POST", "/en/protection", EVERYONE, commits=True),
    Route("POST", "/en/receipt/file", EVERYONE),
    Route("POST", "/en/receipt/kept", EVERYONE),
    Route("GET", "/en/receipt/next/report", EVERYONE),
    Route("GET", "/en/mailbox", EVERYONE),
    Route("POST", "/en/mailbox/open", EVERYONE, commits=True),
    Route("POST", "/en/mailbox/message", EVERYONE, commits=True),
    Route("GET", f"/en/mailbox/file/{CASE}", EVERYONE),
    Route("POST", "/en/mailbox/continue", EVERYONE),
    Route("GET", "/en/mailbox/delete", EVERYONE),
    Route("POST", "/en/mailbox/delete", EVERYONE, commits=True),
    Route("POST", "/en/mailbox/leave", EVERYONE, commits=True),
    Route("GET", f"/en/service/{CASE}", EVERYONE),
    Route("POST", f"/en/service/{CASE}/open", EVERYONE, commits=True),
    Route("POST", f"/en/service/{CASE}/preview", EVERYONE, commits=True),
    Route("POST", f"/en/service/{CASE}/answer", EVERYONE, commits=True),
    Route("POST", f"/en/service/{CASE}/leave", EVERYONE, commits=True),
    Route("POST", "/en/mailbox/act/reporter_came_back", EVERYONE, commits=True),
)
CONSOLE = (
    *SHARED,
    Route("GET", "/en/sign-in", EVERYONE),
    Route("POST", "/en/sign-in", EVERYONE, commits=True),
    Route("POST", "/en/sign-out", EVERYONE, commits=True),
    Route("GET", "/en/signed-out", EVERYONE),
    Route("GET", "/en/welcome", EVERYONE),
    Route("POST", "/en/welcome", EVERYONE, commits=True),
    Route("GET", "/en/welcome/app", EVERYONE),
    Route("POST", "/en/welcome/app", EVERYONE, commits=True),
    Route("POST", "/en/welcome/passkey", EVERYONE, commits=True),
    Route("GET", "/en/sign-in/lost", EVERYONE),
    Route("POST", "/en/sign-in/lost", EVERYONE, commits=True),
    Route("GET", "/en/account/factors", Permission.USE_CONSOLE),
    Route("POST", "/en/account/factors/passkeys", Permission.USE_CONSOLE, commits=True),
    Route(
        "POST", f"/en/account/factors/passkeys/{CASE}/remove", Permission.USE_CONSOLE, commits=True
    ),
    Route("GET", "/en/account/factors/app", Permission.USE_CONSOLE),
    Route("POST", "/en/account/factors/app", Permission.USE_CONSOLE, commits=True),
    Route("POST", "/en/account/factors/codes", Permission.USE_CONSOLE, commits=True),
    Route("GET", "/en/account/factors/passphrase", Permission.USE_CONSOLE),
    Route("POST", "/en/account/factors/passphrase", Permission.USE_CONSOLE, commits=True),
    Route("GET", "/en/people/factor", Permission.USE_CONSOLE),
    Route("GET", "/en/people/ingrid/factor", Permission.USE_CONSOLE),
    Route("POST", "/en/people/ingrid/factor", Permission.USE_CONSOLE, commits=True),
    Route("GET", "/en/account", Permission.USE_CONSOLE),
    Route("POST", "/en/account/email", Permission.USE_CONSOLE, commits=True),
    Route("POST", "/en/account/sessions/end", Permission.USE_CONSOLE, commits=True),
    Route("POST", "/en/account/sessions/end-others", Permission.USE_CONSOLE, commits=True),
    Route("GET", "/en/account/hand-over", ASSIGN),
    Route("POST", "/en/account/hand-over", ASSIGN, commits=True),
    Route("GET", "/en/people", Permission.END_SESSIONS),
    Route("POST", "/en/people/igor/sessions/end", Permission.END_SESSIONS, commits=True),
    Route("POST", "/en/people/igor/suspend", Permission.SUSPEND_STAFF, commits=True),
    Route("POST", "/en/people/igor/restore", Permission.SUSPEND_STAFF, commits=True),
    Route("GET", "/en/", SEE),
    Route("GET", "/en/find", SEE),
    Route("GET", "/en/search", SEE),
    Route("POST", "/en/search", SEE),
    Route("GET", f"/en/case/{CASE}", SEE),
    Route("GET", f"/en/case/{CASE}/act/acknowledge", HANDLE),
    Route("POST", f"/en/case/{CASE}/act/acknowledge", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/act/acknowledge/preview", HANDLE),
    Route("GET", f"/en/case/{CASE}/reply", HANDLE),
    Route("POST", f"/en/case/{CASE}/reply", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/reply/preview", HANDLE),
    Route("POST", f"/en/case/{CASE}/note", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/take", HANDLE, commits=True),
    Route("GET", f"/en/case/{CASE}/key", HANDLE),
    Route("POST", f"/en/case/{CASE}/key", HANDLE, commits=True),
    Route("GET", f"/en/case/{CASE}/share", ASSIGN),
    Route("POST", f"/en/case/{CASE}/share", ASSIGN, commits=True),
    Route("GET", f"/en/case/{CASE}/keep-away", ASSIGN),
    Route("POST", f"/en/case/{CASE}/keep-away", ASSIGN, commits=True),
    Route("POST", f"/en/case/{CASE}/give-back", ASSIGN, commits=True),
    Route("GET", f"/en/case/{CASE}/consultations", SEE),
    Route("GET", f"/en/case/{CASE}/consultations/prepare", HANDLE),
    Route("POST", f"/en/case/{CASE}/consultations/prepare", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/consultations/prepare/text", HANDLE),
    Route("GET", f"/en/case/{CASE}/consultations/{CASE}", SEE),
    Route("GET", f"/en/case/{CASE}/consultations/{CASE}/letter.pdf", SEE),
    Route("POST", f"/en/case/{CASE}/consultations/{CASE}/release", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/consultations/{CASE}/answer", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/consultations/{CASE}/withdraw", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/consultations/{CASE}/renew", HANDLE, commits=True),
    Route("POST", "/en/roster/read", SEE, commits=True),
    Route("GET", f"/en/case/{CASE}/file/{CASE}", SEE),
    Route("GET", f"/en/case/{CASE}/file/{CASE}/view", SEE),
    Route("GET", f"/en/case/{CASE}/file/{CASE}/page/1", SEE),
    Route("GET", f"/en/case/{CASE}/file/{CASE}/page/1.png", SEE),
    Route("POST", f"/en/case/{CASE}/file/{CASE}/clean", HANDLE, commits=True),
    Route("POST", f"/en/case/{CASE}/file/{CASE}/scan", HANDLE, commits=True),
    Route("GET", f"/en/case/{CASE}/trail", SEE),
    Route("GET", f"/en/case/{CASE}/identity", SEE),
    Route("POST", f"/en/case/{CASE}/identity", Permission.ASK_FOR_IDENTITY, commits=True),
    Route(
        "POST",
        f"/en/case/{CASE}/identity/{CASE}/withdraw",
        Permission.ASK_FOR_IDENTITY,
        commits=True,
    ),
    Route(
        "POST", f"/en/case/{CASE}/identity/{CASE}/read", Permission.ASK_FOR_IDENTITY, commits=True
    ),
    Route("GET", "/en/erasure", Permission.ERASE_CASES),
    Route("POST", "/en/erasure", Permission.ERASE_CASES, commits=True),
    Route("GET", "/en/custody", Permission.GUARD_IDENTITIES),
    Route("GET", f"/en/custody/{CASE}", Permission.GUARD_IDENTITIES),
    Route("POST", f"/en/custody/{CASE}", Permission.GUARD_IDENTITIES, commits=True),
    Route("GET", "/en/trail", Permission.READ_TRAIL),
    Route("GET", "/en/trail.csv", Permission.READ_TRAIL),
    Route("GET", f"/en/case/{CASE}/export", HANDLE),
    Route("POST", f"/en/case/{CASE}/export", HANDLE, commits=True),
    Route("GET", f"/en/case/{CASE}/links", HANDLE),
    Route("POST", f"/en/case/{CASE}/links/check", HANDLE),
    Route("POST", f"/en/case/{CASE}/links", HANDLE, commits=True),
    Route("GET", "/en/typed-in", HANDLE),
    Route("GET", "/en/typed-in/report", HANDLE),
    Route("POST", "/en/typed-in/report", HANDLE, commits=True),
    Route("POST", "/en/typed-in/handed-over", HANDLE),
    Route("GET", f"/en/typed-in/next/{CASE}", HANDLE),
    Route("GET", f"/en/case/{CASE}/minutes", HANDLE),
    Route("GET", f"/en/case/{CASE}/letter/1/person.pdf", SEE),
    Route("GET", f"/en/case/{CASE}/dates.pdf", SEE),
    Route("GET", f"/en/case/{CASE}/dates.csv", SEE),
    Route("GET", "/en/letters", EDIT),
    Route("GET", "/en/letters/report.acknowledge.person", EDIT),
    Route("POST", "/en/letters/report.acknowledge.person", EDIT, commits=True),
    Route("POST", "/en/letters/report.acknowledge.person/preview", EDIT),
    Route("POST", "/en/letters/report.acknowledge.person/shipped", EDIT, commits=True),
    Route("GET", "/en/reference", EDIT),
    Route("GET", "/en/reference/norms", EDIT),
    Route("GET", "/en/reference/norms/new", EDIT),
    Route("POST", "/en/reference/norms/new", EDIT, commits=True),
    Route("GET", "/en/reference/norms/row/law", EDIT),
    Route("POST", "/en/reference/norms/row/law", EDIT, commits=True),
    Route("POST", "/en/reference/norms/withdraw/law", EDIT, commits=True),
    Route("GET", "/en/reference/norms/history/law", EDIT),
)
ROUTES = {Audience.PORTAL: PORTAL, Audience.CONSOLE: CONSOLE}
FACTORIES = {Audience.PORTAL: create_portal, Audience.CONSOLE: create_console}
ROWS = [(audience, row) for audience, rows in ROUTES.items() for row in rows]
CONSOLE_ROWS = [row for row in CONSOLE if row.permission is not EVERYONE]
POSTS = [(audience, row) for audience, row in ROWS if row.method == "POST"]
REFUSALS = {400, 401, 403}


@pytest.fixture
def applications(office: Office) -> dict[Audience, Flask]:
    return {audience: make(office.services(audience)) for audience, make in FACTORIES.items()}


def send(app: Flask, route: Route, **headers: str) -> TestResponse:
    client = WerkzeugClient(app, TestResponse)
    return client.open(route.path, method=route.method, base_url=ORIGIN, headers=headers)


def rows_in(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def rules(app: Flask) -> Iterator[tuple[str, str]]:
    """(method, endpoint) of everything the application answers."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule.endpoint


@pytest.mark.parametrize("audience", ROUTES)
def test_the_table_holds_every_route_and_no_other(
    applications: dict[Audience, Flask], audience: Audience
) -> None:
    app = applications[audience]
    adapter = app.url_map.bind("zegel.test")

    classified = {(row.method, adapter.match(row.path, row.method)[0]) for row in ROUTES[audience]}

    assert classified == set(rules(app))


def test_every_route_is_declared_as_the_table_says(applications: dict[Audience, Flask]) -> None:
    differing = []
    for audience, route in ROWS:
        app = applications[audience]
        endpoint, _ = app.url_map.bind("zegel.test").match(route.path, route.method)
        declared = dict(declarations(app))[endpoint]
        if (declared.permission, declared.commits) != (route.permission, route.commits):
            differing.append((route, declared))

    assert differing == []
    assert not [row for _, row in ROWS if row.method == "GET" and row.commits]


def test_every_page_of_the_office_refuses_whoever_is_not_signed_in(
    applications: dict[Audience, Flask], office: Office
) -> None:
    before = rows_in(office.database)
    let_in = []
    for route in CONSOLE_ROWS:
        answer = send(applications[Audience.CONSOLE], route)
        sent_to_sign_in = "/en/sign-in" in answer.headers.get("Location", "")
        shown_sign_in = answer.status_code in REFUSALS and "Sign in" in answer.text
        if not (sent_to_sign_in or shown_sign_in):
            let_in.append((route, answer.status))

    assert len(CONSOLE_ROWS) > 10
    assert let_in == []
    assert rows_in(office.database) == before


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "cross-site"}],
    ids=["no token", "no token from our page", "another site"],
)
def test_every_post_refuses_a_request_that_our_page_did_not_make(
    applications: dict[Audience, Flask], office: Office, headers: dict[str, str]
) -> None:
    before = rows_in(office.database)
    accepted = []
    for audience, route in POSTS:
        answer = send(applications[audience], route, **headers)
        # Whoever asks to leave is let out even on an outdated page, and loses nothing by it.
        leaving = route.path.endswith("/leave") and "cross-site" not in headers.values()
        if answer.status_code not in REFUSALS and not leaving:
            accepted.append((route, answer.status))

    assert len(POSTS) > 15
    assert accepted == []
    assert rows_in(office.database) == before


def test_no_get_writes(applications: dict[Audience, Flask], office: Office) -> None:
    before = rows_in(office.database)
    gets = [(audience, route) for audience, route in ROWS if route.method == "GET"]
    for audience, route in gets:
        assert send(applications[audience], route).status_code < 500, route

    assert len(gets) > 20
    assert rows_in(office.database) == before


def test_every_route_answers_with_the_headers(applications: dict[Audience, Flask]) -> None:
    for audience, route in ROWS:
        page_rules.check_headers(send(applications[audience], route))
    for app in applications.values():
        for path in ("/nowhere", "/en/nowhere", "/xx/"):
            page_rules.check_headers(send(app, Route("GET", path, EVERYONE)))


def test_an_application_with_an_undeclared_view_does_not_start(office: Office) -> None:
    app_with_a_view_that_commits_on_get = open_to_all(commits=True)(lambda: Response("ok"))
    undeclared = lambda: Response("ok")  # noqa: E731 - the smallest view there is

    for view in (undeclared, app_with_a_view_that_commits_on_get):
        with pytest.raises(Undeclared):
            _with_view(office, view)


def _with_view(office: Office, view: object) -> Flask:
    blueprint = Blueprint("planted", __name__)
    blueprint.add_url_rule("/planted", "planted", view)  # type: ignore[arg-type]  # on purpose
    return create_application(
        "portal", office.services(Audience.PORTAL), pages=(), unprefixed=(blueprint,)
    )
