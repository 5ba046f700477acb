"""`zegel doctor` on an office that runs: what it finds of roster, roles, headers and backup."""

import ssl
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from cases.actions.database_roles import give_roles
from cases.database import Database
from cases.domain.tombstones import Tombstone
from portal.application import create_portal
from reviewer import erased_list
from reviewer.commands.checkup import office as checkup
from reviewer.commands.checkup.outside import seen_from_outside
from reviewer.commands.language import speaking
from tests.support.commands import free_port, run_here
from tests.support.databases import shown
from tests.support.office import Office, found_in_migrated
from tests.support.scenes import scene
from tests.support.served import LOOPBACK
from tests.support.submissions import COMPLAINT
from web.clock import SystemClock
from web.settings import Audience


@pytest.fixture
def backend() -> str:
    """What belongs to a database is looked at below, on PostgreSQL."""
    return "sqlite"


@pytest.fixture
def today_office(database: Database, tmp_path: Path) -> Office:
    """An office of today: the command reads the machine's clock."""
    return found_in_migrated(tmp_path / "home", database, SystemClock())


def test_the_command_names_what_is_missing_and_says_what_to_do(
    today_office: Office, database_url: URL
) -> None:
    done = run_here(
        today_office.home, "doctor", ZEGEL_DATABASE_URL=shown(database_url), ZEGEL_LANG="en"
    )

    assert done.returncode == 1
    assert "there is no backup\n   One broken disk" in done.stdout
    assert "roster" not in done.stdout
    assert "finding" in done.stderr


def test_erased_cases_that_an_older_database_brought_back_are_found(
    today_office: Office, database_url: URL
) -> None:
    case_id, day = scene(today_office, COMPLAINT).case_id, today_office.clock.now().date()
    settings = {"ZEGEL_DATABASE_URL": shown(database_url), "ZEGEL_LANG": "en"}

    before = run_here(today_office.home, "doctor", **settings)
    erased_list.write(today_office.home, [Tombstone(day, case_id)])
    after = run_here(today_office.home, "doctor", **settings)

    assert "in the database again" not in before.stdout
    assert "in the database again: 1; run `zegel erasure apply`" in after.stdout


def test_an_address_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    assert run_here(tmp_path, "doctor", "--url", "portal.example.org").returncode == 2


def test_a_roster_that_ends_soon_or_has_ended_or_is_not_there_is_found(
    today_office: Office, tmp_path: Path
) -> None:
    folder = today_office.home / "roster"
    last = today_office.roster().roster.expires_on

    with speaking("en"):
        assert checkup.roster(folder, today_office.clock.now().date()) == []
        (soon,) = checkup.roster(folder, last - timedelta(days=5))
        (ended,) = checkup.roster(folder, last + timedelta(days=1))
        (missing,) = checkup.roster(tmp_path, last)

    assert soon.what == "the roster ends in 5 days"
    assert "expired" in ended.what
    assert "There is no roster" in missing.what


def test_roles_with_other_rights_than_they_need_are_found(migrated_postgresql: URL) -> None:
    database = Database(shown(migrated_postgresql))
    portal, console = (f"zegel_{name}_{uuid4().hex[:8]}" for name in ("portal", "console"))

    with speaking("en"):
        (missing,) = checkup.roles(database, portal, console)
        give_roles(database, portal, console)
        right = checkup.roles(database, portal, console)
        with database.engine.begin() as owner:
            owner.execute(text(f"GRANT SELECT ON staff TO {portal}"))
            owner.execute(text(f"REVOKE INSERT ON trail FROM {portal}"))
        (wrong,) = checkup.roles(database, portal, console)
        with database.engine.begin() as owner:
            for role in (portal, console):
                owner.execute(text(f"DROP OWNED BY {role}"))
                owner.execute(text(f"DROP ROLE {role}"))
    database.close()

    assert portal in missing.what
    assert right == []
    assert f"{portal}: SELECT staff.id" in wrong.what


class Silent(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(
    office: Office, changed: Mapping[str, str | None], tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """The portal on loopback; headers are changed, or taken off, as by something in front of it."""
    here = office.services(Audience.PORTAL)
    settings = replace(here.settings, trusted_hosts=(LOOPBACK,), loopback_cookies=True)
    app = create_portal(replace(here, settings=settings))

    def in_front(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            kept = [(name, value) for name, value in headers if name not in changed]
            kept.append(("Server", "zegel"))  # as gunicorn names itself
            added = [(name, value) for name, value in changed.items() if value is not None]
            return start_response(status, kept + added)

        return app(environ, start)  # type: ignore[arg-type]

    with make_server(LOOPBACK, 0, in_front, handler_class=Silent) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"{'https' if tls else 'http'}://{LOOPBACK}:{server.server_port}"
        server.shutdown()


def found_at(url: str, trusted: ssl.SSLContext | None = None) -> list[str]:
    with speaking("en"):
        return [found.what for found in seen_from_outside(url, trusted)]


def test_headers_as_the_application_sends_them_are_no_finding(office: Office) -> None:
    with served(office, {}) as url:
        assert found_at(url) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"Content-Security-Policy": None}, "without the header Content-Security-Policy"),
        ({"Referrer-Policy": "origin"}, "without the header Referrer-Policy"),
        ({"Via": "1.1 cache"}, "with the header Via"),
        ({"ETag": '"1"'}, "with the header ETag"),
    ],
)
def test_a_header_that_is_changed_on_the_way_is_found(
    office: Office, changed: dict[str, str | None], expected: str
) -> None:
    with served(office, changed) as url:
        (found,) = found_at(url)

    assert expected in found


def test_a_certificate_that_nobody_trusts_is_found(office: Office, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    words = [*make.split(), "-subj", "/CN=test", "-addext", f"subjectAltName=IP:{LOOPBACK}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*words, *files], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)

    with served(office, {}, tls) as url:
        (untrusted,) = found_at(url)
        found = found_at(url, ssl.create_default_context(cafile=str(certificate)))

    assert "is not trusted" in untrusted
    # Here the application thinks that it is on loopback, and sends none.
    assert [line.split()[-5] for line in found] == ["Strict-Transport-Security"]


def test_an_address_at_which_nobody_answers_is_found() -> None:
    (found,) = found_at(f"http://{LOOPBACK}:{free_port()}")

    assert "does not answer" in found
