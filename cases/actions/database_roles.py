"""Roles of PostgreSQL for portal and console, with the statements that each needs and no others.

The portal's role puts in what people send and reads what one mailbox or one question needs. Staff,
their sessions, grants, notes and the trail do not exist for it: whoever takes the portal's process
over cannot even ask. The console's role reads and writes, but changes nothing that must stay as it
was written, and no table. The tables stay with whoever made them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from cases.database import Database
from cases.errors import DatabaseUnusable
from cases.models import Base
from cases.saying import said

PORTAL_ROLE = "zegel_portal"
CONSOLE_ROLE = "zegel_console"

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_VERSION = "alembic_version"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a role may do to one table: with all columns, or with those that are named."""

    select: tuple[str, ...] | bool = False
    insert: bool = False
    update: tuple[str, ...] | bool = False
    delete: bool = False


_READS = Allowed(select=True)
_ADDS = Allowed(select=True, insert=True)
_ANYTHING = Allowed(select=True, insert=True, update=True, delete=True)

PORTAL: Mapping[str, Allowed] = MappingProxyType(
    {
        _VERSION: _READS,
        "reference_edit": _READS,
        "roster_seen": _ADDS,
        "pressure_count": Allowed(select=True, insert=True, update=("times",)),
        "case": Allowed(True, True, update=("state", "version", "due_on")),
        "case_grant": Allowed(insert=True),
        "identity": Allowed(insert=True),
        "identity_share": Allowed(insert=True),
        "trail": Allowed(insert=True),
        # Which step is the next one, and not what stands in any.
        "transition": Allowed(select=("case_id", "position"), insert=True),
        "clock": Allowed(
            True, True, update=("due_on", "stopped_on", "suspended_on", "extended_on")
        ),
        "message": Allowed(True, True, update=("mailbox_key",)),
        "mailbox": Allowed(True, True, update=("record_body", "record_key"), delete=True),
        "mailbox_session": _ANYTHING,
        "consultation": Allowed(True, update=("state", "token_hash", "record_body", "record_key")),
        "consultation_message": Allowed(True, True, update=("service_key",)),
        "evidence": Allowed(True, True, update=("case_id", "state", "stored_size"), delete=True),
    }
)
"""What the portal's role may do; nothing to any other table."""

_CONSOLE_EXCEPT: Mapping[str, Allowed] = MappingProxyType(
    {
        _VERSION: _READS,
        "roster_seen": _ADDS,
        "trail": _ADDS,
        "trail_link": _ADDS,
        "trail_signature": _ADDS,
        # What was erased stays on the list.
        "erased_case": _ADDS,
        # A step is added, and given another key with its case; never changed.
        "transition": Allowed(True, True, update=("case_key",)),
        # What reporters' browsers hold: the daily jobs remove what is over.
        "mailbox_session": Allowed(select=("id", "purge_on"), delete=True),
    }
)


def console_privileges() -> Mapping[str, Allowed]:
    """What the console's role may do, table by table."""
    return {**dict.fromkeys(Base.metadata.tables, _ANYTHING), **_CONSOLE_EXCEPT}


def give_roles(database: Database, portal: str = PORTAL_ROLE, console: str = CONSOLE_ROLE) -> None:
    """Make the two roles where they are missing, and give each its statements and no others.

    In one transaction, and the same however often it runs. A role that is made here can sign in
    and has no password: how it proves itself is the server's to say.

    Raises:
        DatabaseUnusable: not PostgreSQL, a name that is none, a role that may do anything anyway,
            or the user of the database may not give roles.
    """
    if database.is_sqlite:
        raise DatabaseUnusable(said("SQLite has no roles: whoever reads the file reads all of it."))
    for name in (portal, console):
        if not _NAME.fullmatch(name):
            raise DatabaseUnusable(
                said("%(name)s is no name for a role: a-z, 0-9 and _ only.", name=repr(name))
            )
    if portal == console:
        raise DatabaseUnusable(said("Portal and console need two roles."))
    try:
        with database.engine.begin() as connection:
            _give(connection, {portal: PORTAL, console: console_privileges()})
    except DBAPIError as error:
        answer = str(error.orig).splitlines()[0]
        raise DatabaseUnusable(said("The roles cannot be given: %(why)s.", why=answer)) from None


def _give(connection: Connection, roles: Mapping[str, Mapping[str, Allowed]]) -> None:
    name = str(connection.execute(text("SELECT current_database()")).scalar_one())
    _run(connection, f"REVOKE ALL ON DATABASE {_quoted(name)} FROM PUBLIC")
    _run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _run(connection, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC")
    for role, privileges in roles.items():
        _make(connection, role)
        _refuse_the_mighty(connection, role)
        _run(connection, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        _run(connection, f"REVOKE ALL ON SCHEMA public FROM {role}")
        _run(connection, f"GRANT CONNECT ON DATABASE {_quoted(name)} TO {role}")
        _run(connection, f"GRANT USAGE ON SCHEMA public TO {role}")
        for table, allowed in privileges.items():
            for words in _words(allowed):
                _run(connection, f"GRANT {words} ON {_quoted(table)} TO {role}")


def _make(connection: Connection, role: str) -> None:
    found = text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
    if not connection.execute(found, {"role": role}).scalar_one():
        _run(connection, f"CREATE ROLE {role} LOGIN")


def _refuse_the_mighty(connection: Connection, role: str) -> None:
    """Grants bind neither a superuser nor whoever owns the tables or may become somebody else."""
    mighty = text(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
        " OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid)"
        " OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = :role"
    )
    if connection.execute(mighty, {"role": role}).scalar_one():
        raise DatabaseUnusable(
            said(
                "The role %(role)s owns tables, or has or is member of other rights:"
                " take another name.",
                role=role,
            )
        )


def _words(allowed: Allowed) -> Iterator[str]:
    for verb, extent in (
        ("SELECT", allowed.select),
        ("INSERT", allowed.insert),
        ("UPDATE", allowed.update),
        ("DELETE", allowed.delete),
    ):
        if extent is True:
            yield verb
        elif extent:
            yield f"{verb} ({', '.join(map(_quoted, extent))})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _run(connection: Connection, statement: str) -> None:
    """A statement of names that were checked or are the program's own; they are no parameters."""
    connection.execute(text(statement))
