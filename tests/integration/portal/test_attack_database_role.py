"""The portal's role on PostgreSQL does all that the portal needs, and is refused all else."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from psycopg.errors import Error, InsufficientPrivilege
from sqlalchemy import URL

from cases.actions.database_roles import give_roles
from cases.database import Database
from cases.errors import DatabaseUnusable
from cases.models import Base
from portal.application import create_portal
from reviewer.commands import main
from tests.integration.portal.test_portal_continuing import complained, newest, other_form
from tests.integration.portal.test_service import Asked
from tests.support.consulting import consulting
from tests.support.databases import fresh_database, shown
from tests.support.endings import ended_with_everything, erase_everything_due
from tests.support.html import Client
from tests.support.office import FixedClock, Office, found
from tests.support.portal_steps import code_on, open_mailbox, send_report, write
from web.settings import Audience

DOCUMENT = Path(__file__).parents[3] / "docs" / "how-to" / "run-on-postgresql.md"
COLUMNS = {
    **{name: tuple(table.columns.keys()) for name, table in Base.metadata.tables.items()},
    "alembic_version": ("version_num",),
}
NOBODYS = (
    "CREATE TABLE mine (x int)",
    "CREATE TEMP TABLE mine (x int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "DROP TABLE note",
    "ALTER TABLE trail DISABLE TRIGGER ALL",
    "ALTER TABLE trail OWNER TO CURRENT_USER",
    "SET session_replication_role = replica",
    "SET ROLE zegel",
    "TRUNCATE trail CASCADE",
    "UPDATE trail SET day = day WHERE false",
    "DELETE FROM trail WHERE false",
    "DELETE FROM trail_link WHERE false",
    "UPDATE trail_signature SET at = at WHERE false",
    "DELETE FROM roster_seen WHERE false",
    "UPDATE erased_case SET erased_on = erased_on WHERE false",
    "DELETE FROM erased_case WHERE false",
    "UPDATE transition SET body = body WHERE false",
    "DELETE FROM transition WHERE false",
    "UPDATE alembic_version SET version_num = '1'",
    "SELECT pg_read_file('postgresql.conf')",
    "COPY trail TO '/tmp/trail'",
)
FILE = ("minutes.txt", b"the minutes", "text/plain")
Statement = tuple[str, str, str]
"""A verb, a table, and a column where it is about one."""


@dataclass(frozen=True)
class Roles:
    """An office on PostgreSQL, and the roles that its two sides have there."""

    office: Office
    portal: Office
    url: URL
    names: tuple[str, str]

    def client(self) -> Client:
        """A browser on the portal."""
        return Client(create_portal(self.portal.services(Audience.PORTAL)))

    @contextmanager
    def as_role(self, name: str) -> Iterator["AsRole"]:
        """A connection of one of the roles."""
        address = self.url.set(drivername="postgresql", username=name)
        with psycopg.connect(shown(address), autocommit=True) as connection:
            yield AsRole(connection)


@dataclass(frozen=True)
class AsRole:
    """What PostgreSQL lets a role do."""

    connection: psycopg.Connection

    def may(self, statement: str) -> bool:
        """Whether it is not refused; that it makes sense for the table is another matter."""
        try:
            with self.connection.transaction(force_rollback=True):
                self.connection.execute(statement.encode())
        except InsufficientPrivilege:
            return False
        except Error:
            return True
        return True


@pytest.fixture
def roles(postgresql: URL, migrated_postgresql: URL, tmp_path: Path) -> Iterator[Roles]:
    unique = uuid.uuid4().hex[:12]
    names = (f"portal_{unique}", f"console_{unique}")
    with fresh_database(postgresql, migrated_postgresql.database) as url:
        owning = Database(shown(url))
        give_roles(owning, *names)
        owner = found(tmp_path, owning, FixedClock())
        opened = [Database(shown(url.set(username=name))) for name in names]
        portal, office = (replace(owner, database=each) for each in opened)
        yield Roles(office, portal, url, names)
        for each in (owning, *opened):
            each.close()
    server = shown(postgresql.set(drivername="postgresql"))
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP ROLE {name}".encode())


def test_a_reporter_goes_her_whole_way_under_the_portals_role(roles: Roles) -> None:
    confidence = {"identity": "in_confidence", "name": "Jan Test", "contact": "j@example.org"}
    code = code_on(send_report(roles.client(), **confidence))
    client = roles.client()
    open_mailbox(client, code)
    roles.office.answer("Which month was it?", asks=True)
    mailbox = write(client, client.get("/en/mailbox"), "It was May.", files=[FILE])
    (link,) = re.findall(r'href="(/en/mailbox/file/[^"]+)"', mailbox.source)

    assert "Which month was it?" in mailbox.text
    assert "It was May." in mailbox.text
    assert client.get(link).response.data == FILE[1]
    assert list(roles.office.files().values()) == [FILE[1]]

    client.submit(client.get("/en/mailbox/delete"), "/mailbox/delete")

    assert open_mailbox(roles.client(), code).status == 422
    assert len(roles.office.facts()) == 1


def test_a_complaint_goes_on_in_the_other_form_under_the_portals_role(roles: Roles) -> None:
    client = roles.client()
    code = complained(client, roles.office)
    form = other_form(client, code)

    client.submit(form, "/report")

    assert newest(roles.office) is not None
    assert len(roles.office.facts()) == 2


def test_a_service_answers_under_the_portals_role(roles: Roles) -> None:
    asked = Asked(consulting(roles.office))
    client = roles.client()
    page = asked.open(client)

    preview = client.submit(page, "/preview", text="Here is the list.")
    sent = client.submit(preview, "/answer")

    assert "Your answer was sent" in sent.text
    assert asked.answer() == "Here is the list."


def test_a_head_erases_under_the_consoles_role(roles: Roles) -> None:
    store = roles.office.services(Audience.CONSOLE).evidence
    ours = ended_with_everything(roles.office, store)

    assert len(erase_everything_due(roles.office)) == 1

    assert not ours.opens("ingrid")
    assert len(roles.office.facts()) == 0


def test_the_portals_role_may_do_what_the_document_says_and_nothing_else(roles: Roles) -> None:
    documented = _documented()
    with roles.as_role(roles.names[0]) as portal:
        done = {each for each in _statements() if portal.may(_sql(*each))}

    assert done == documented


def test_the_portals_role_cannot_even_ask_for_what_is_the_offices(roles: Roles) -> None:
    office = ("staff", "staff_session", "intake_grant", "note", "case_grant", "trail", "identity")
    with roles.as_role(roles.names[0]) as portal:
        for table in office:
            assert not portal.may(f"SELECT count(*) FROM {table}"), table  # noqa: S608 - ours
            assert not portal.may(f"COPY {table} TO STDOUT"), table


def test_neither_role_changes_what_must_stay_as_it_was(roles: Roles) -> None:
    done = []
    for name in roles.names:
        with roles.as_role(name) as connection:
            done += [(name, each) for each in NOBODYS if connection.may(each)]
    with roles.as_role(roles.names[1]) as console:
        assert not console.may("SELECT sealed FROM mailbox_session")

    assert done == []


def test_the_command_takes_away_what_else_somebody_gave_them(roles: Roles) -> None:
    portal, console = roles.names
    owning = Database(shown(roles.url))
    with owning.engine.begin() as connection:
        connection.exec_driver_sql(f"GRANT SELECT ON staff TO {portal}")
        connection.exec_driver_sql(f"GRANT UPDATE (body) ON transition TO {portal}")

    owning.close()

    words = ["db", "roles", "--portal", portal, "--console", console]
    done = CliRunner().invoke(main, words, env={"ZEGEL_DATABASE_URL": shown(roles.url)})

    assert done.exit_code == 0, done.output
    with roles.as_role(portal) as connection:
        assert not connection.may("SELECT * FROM staff")
        assert not connection.may("UPDATE transition SET body = body WHERE false")
        assert connection.may("SELECT * FROM message")


def test_a_role_that_could_do_more_anyway_is_refused(roles: Roles) -> None:
    owning, mighty = Database(shown(roles.url)), str(roles.url.username)

    for names in ((mighty, roles.names[1]), (roles.names[0], mighty), (roles.names[0],) * 2):
        with pytest.raises(DatabaseUnusable):
            give_roles(owning, *names)
    with pytest.raises(DatabaseUnusable, match="no name"):
        give_roles(owning, "portal; DROP TABLE note", roles.names[1])
    owning.close()


def test_a_role_that_may_copy_the_whole_server_is_refused(roles: Roles) -> None:
    owning = Database(shown(roles.url))
    for right in ("REPLICATION", "BYPASSRLS", "CREATEDB"):
        with owning.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER ROLE {roles.names[0]} {right}")
        with pytest.raises(DatabaseUnusable, match="other rights"):
            give_roles(owning, *roles.names)
        with owning.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER ROLE {roles.names[0]} NO{right}")
    owning.close()


def test_sqlite_has_no_roles(sqlite_database: Database) -> None:
    with pytest.raises(DatabaseUnusable, match="SQLite has no roles"):
        give_roles(sqlite_database)


def _documented() -> set[Statement]:
    """What the table of the document says."""
    rows = re.findall(r"^\| (\w+) \|(.*)\|(.*)\|(.*)\|(.*)\|$", DOCUMENT.read_text(), re.MULTILINE)
    found: set[Statement] = set()
    for table, select, insert, update, delete in rows:
        if table == "table":
            continue
        for verb, words in (("SELECT", select), ("UPDATE", update)):
            named = [word.strip() for word in words.split(",") if word.strip()]
            columns = COLUMNS[table] if named == ["all"] else named
            found |= {(verb, table, column) for column in columns}
        for verb, words in (("INSERT", insert), ("DELETE", delete)):
            found |= {(verb, table, "")} if words.strip() == "yes" else set()
    return found


def _statements() -> Iterator[Statement]:
    """Each verb on each table, and on each column where a column can be allowed alone."""
    for table, columns in COLUMNS.items():
        for column in columns:
            yield from (("SELECT", table, column), ("UPDATE", table, column))
        yield from ((verb, table, "") for verb in ("INSERT", "DELETE", "TRUNCATE"))


def _sql(verb: str, table: str, column: str) -> str:
    match verb:
        case "SELECT":
            return f'SELECT "{column}" FROM "{table}" LIMIT 1'  # noqa: S608 - our own names
        case "UPDATE":
            return f'UPDATE "{table}" SET "{column}" = NULL'  # noqa: S608 - our own names
        case "INSERT":
            return f'INSERT INTO "{table}" DEFAULT VALUES'
        case "DELETE":
            return f'DELETE FROM "{table}"'  # noqa: S608 - our own names
    return f'TRUNCATE "{table}" CASCADE'
