"""Every address of the console, tried by every role and by nobody: as docs/reference/roles.md says.

What is tried comes from the table of `test_routes`, which holds every address or fails; what must
come of it from what the views declare and the table of the roles. A later address is tried too.
"""

from collections.abc import Iterator
from functools import wraps
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.test import Client as WerkzeugClient
from werkzeug.test import TestResponse

from cases.actions.office import NewPerson
from cases.database import Database
from cases.domain.roles import ROLE_PERMISSIONS, Permission, Role
from reviewer.application import create_console
from tests.integration.web.test_routes import CASE, CONSOLE, EVERYONE, Route, rows_in
from tests.support.html import ORIGIN, Client
from tests.support.office import CUSTODIANS_NEEDED, FixedClock, Office, found_in_migrated
from tests.support.staff_steps import COOKIE, case_page, come_signed_in, new_case
from tests.support.submissions import report
from web.settings import Audience

REACHED = "the view was reached"
STORY = "Paper clips vanish from the harbour."
OF_A_CASE = [route for route in CONSOLE if f"/case/{CASE}" in route.path]
WITHOUT_CASES = [role for role in Role if Permission.SEE_CASES not in ROLE_PERMISSIONS[role]]
# An investigator to whom nobody gave the case: the role would do, the key is missing.
WITHOUT_ITS_KEY = [*WITHOUT_CASES, Role.INVESTIGATOR]

# One person for each role, and as many custodians as an office needs.
PEOPLE = (
    *(NewPerson(role.value, role.value.title(), frozenset({role})) for role in Role),
    *(
        NewPerson(f"custodian{number}", "Another Custodian", frozenset({Role.CUSTODIAN}))
        for number in range(1, CUSTODIANS_NEEDED)
    ),
)


@pytest.fixture
def backend() -> str:
    """What a role may is no question for the database."""
    return "sqlite"


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    """An office where each role is one person's only role."""
    return found_in_migrated(tmp_path / "home", database, clock, PEOPLE)


@pytest.fixture
def console(office: Office) -> Flask:
    return create_console(office.services(Audience.CONSOLE))


def signed_in(console: Flask, office: Office, role: Role) -> Client:
    client = Client(console)
    come_signed_in(client, office, role.value)
    return client


def only_say_when_reached(console: Flask) -> None:
    """Leave what stands before each view, and put a word in place of the view."""
    # What a page asks for is one thing, that its form came from a page of ours another.
    console.config["WTF_CSRF_CHECK_DEFAULT"] = False
    for endpoint, view in console.view_functions.items():
        console.view_functions[endpoint] = wraps(view)(lambda **_: Response(REACHED))


def let_in(console: Flask, cookie: str | None) -> set[tuple[str, str]]:
    """The addresses whose view answers to a browser with this cookie; nobody else is told apart."""
    browser = WerkzeugClient(console, TestResponse)
    if cookie is not None:
        browser.set_cookie(COOKIE, cookie, domain="zegel.test")
    return {
        (route.method, route.path)
        for route in CONSOLE
        if browser.open(route.path, method=route.method, base_url=ORIGIN).text == REACHED
    }


def expected(permissions: frozenset[Permission]) -> set[tuple[str, str]]:
    return {
        (route.method, route.path)
        for route in CONSOLE
        if route.permission is EVERYONE or route.permission in permissions
    }


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_its_permissions_open_and_nothing_else(
    console: Flask, office: Office, role: Role
) -> None:
    cookie = signed_in(console, office, role).cookie
    only_say_when_reached(console)

    assert let_in(console, cookie) == expected(ROLE_PERMISSIONS[role])


def test_who_is_not_signed_in_reaches_what_is_open_to_everyone(console: Flask) -> None:
    only_say_when_reached(console)

    assert let_in(console, None) == expected(frozenset())


@pytest.mark.parametrize("role", WITHOUT_ITS_KEY)
def test_a_case_whose_key_a_person_does_not_hold_is_not_there_for_them(
    console: Flask, office: Office, role: Role
) -> None:
    case_id = new_case(office, facts=report(what=STORY))
    client = signed_in(console, office, role)
    before = rows_in(office.database)

    answers = dict(_tried(client, case_id))

    assert len(answers) > 30
    assert {route: status for route, (status, _) in answers.items() if status != 404} == {}
    assert not [route for route, (_, text) in answers.items() if STORY in text]
    assert rows_in(office.database) == before


def test_who_holds_the_key_reads_the_case_at_these_addresses(
    console: Flask, office: Office
) -> None:
    case_id = new_case(office, facts=report(what=STORY))

    assert STORY in case_page(signed_in(console, office, Role.INTAKE), case_id).text


def _tried(client: Client, case_id: str) -> Iterator[tuple[Route, tuple[int, str]]]:
    """Every address of a case, its forms sent with the token that a page of ours gave."""
    token = client.get("/en/account").value("csrf_token")
    for route in OF_A_CASE:
        path = route.path.replace(CASE, case_id, 1)
        page = client.post(path, {"csrf_token": token}) if route.method == "POST" else None
        answer = page or client.get(path)
        yield route, (answer.status, answer.source)
