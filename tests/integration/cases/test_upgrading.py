"""An office that began with the first tables keeps every row, and steps become final."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, MetaData, create_engine, insert, select, text, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from cases.actions.trail_check import check
from cases.database import Database, migration_config
from cases.queries.trail_chain import links
from tests.support.databases import shown

Rows = dict[str, list[dict[str, Any]]]

# What 0001 allowed, for a case to have stood in.
OF_A_COMPLAINT = """
    received admissibility waiting_for_service examination reconciled founded partly_founded
    unfounded inadmissible referred withdrawn closed
"""
OF_A_REPORT = """
    received assessment advised_internal investigation transmitted inadmissible concluded closed
"""
STATES = [
    (flow, state)
    for flow, states in (("complaint", OF_A_COMPLAINT), ("report", OF_A_REPORT))
    for state in states.split()
]
CLOCKS = ("acknowledgement", "admissibility", "feedback", "news")
DAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
STAFF = b"s" * 16


def _id(number: int) -> bytes:
    return number.to_bytes(16, "big")


def _case(number: int, flow: str, state: str) -> Rows:
    """A case with everything that hangs on one."""
    case, sealed = _id(number), {"body": b"sealed", "case_key": b"key"}
    of_case = {"case_id": case, "day": DAY}
    return {
        "case": [
            {
                "id": case,
                "flow": flow,
                "state": state,
                "received_on": DAY,
                "reference": f"OLD.2026.{number:04d}",
                "version": 7,
                "handler_id": STAFF,
                "due_on": DAY,
                "sheet_body": b"sheet",
                "sheet_key": b"sheet key",
            }
        ],
        "clock": [
            {
                "id": _id(number * 100 + place),
                "case_id": case,
                "kind": kind,
                "started_on": DAY,
                "due_on": date(2026, 6, 2),
                "stopped_on": DAY if place % 2 else None,
            }
            for place, kind in enumerate(CLOCKS)
        ],
        "transition": [
            {"id": _id(number * 100 + n), "position": n, "to_state": state, **of_case, **sealed}
            for n in (1, 2)
        ],
        "message": [
            {"id": _id(number), "position": 1, "mailbox_key": b"mailbox", **of_case, **sealed}
        ],
        "note": [{"id": _id(number), **of_case, **sealed}],
        "trail": [
            {
                "id": _id(number * 2),
                "at": None,
                "actor_id": None,
                "event": "case_received",
                **of_case,
            },
            {
                "id": _id(number * 2 + 1),
                "at": MOMENT,
                "actor_id": STAFF,
                "event": "case_acted_on",
                **of_case,
            },
        ],
        "case_grant": [
            {
                "case_id": case,
                "key_id": b"k" * 16,
                "holder_kind": "intake",
                "received_on": DAY,
                "box": b"box",
            }
        ],
        "mailbox": [],
        "identity": [{"case_id": case, "body": b"identity", "needed": 2}],
        "identity_share": [{"case_id": case, "key_id": b"k" * 16, "box": b"share"}],
        "reference_counter": [{"flow": flow, "year": 2000 + number, "last": 3}],
    }


def _fill(connection: Connection) -> None:
    tables = _tables(connection)
    staff = {
        "id": STAFF,
        "login": "ann",
        "name": "Ann",
        "roles": "head",
        "state": "invited",
        "wrapped_seed": b"seed",
        "public_key": b"public",
        "totp_last_step": 0,
        "invited_until": DAY,
    }
    connection.execute(insert(tables.tables["staff"]), [staff])
    grant = {"staff_id": STAFF, "key_id": b"k" * 16, "box": b"box"}
    connection.execute(insert(tables.tables["intake_grant"]), [grant])
    for number, (flow, state) in enumerate(STATES, start=1):
        rows = _case(number, flow, state)
        for table in tables.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])


def _tables(connection: Connection) -> MetaData:
    tables = MetaData()
    tables.reflect(connection)
    return tables


def _everything(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in _tables(connection).sorted_tables
            if table.name != "alembic_version"
        }


def _sorted(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted((name, repr(value)) for name, value in row.items()) for row in rows)


@pytest.fixture
def engine(empty_url: URL) -> Iterator[Engine]:
    """A database as the first tables left it, with a case in every state that they knew."""
    opened = create_engine(empty_url)
    with opened.begin() as connection:
        command.upgrade(migration_config(connection), "0001")
        _fill(connection)
    yield opened
    opened.dispose()


def _migrate(engine: Engine) -> Database:
    database = Database(shown(engine.url))
    database.migrate()
    return database


def test_every_row_comes_through_unharmed(engine: Engine) -> None:
    before = _everything(engine)

    _migrate(engine).close()

    after = _everything(engine)
    assert {name for name in before if before[name]} >= {"case", "clock", "transition", "note"}
    for name, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[name]] if rows else []
        assert _sorted(kept) == _sorted(rows), name


def test_what_the_new_tables_add_is_empty_for_an_old_case(engine: Engine) -> None:
    _migrate(engine).close()

    after = _everything(engine)
    for name, columns in {
        "clock": ("suspended_on", "extended_on", "subject_id"),
        "transition": ("automatic",),
        "staff": ("email",),
        "intake_grant": ("granted_on",),
    }.items():
        assert after[name]
        assert {row[column] for row in after[name] for column in columns} == {None}
    assert not any(after[name] for name in ("consultation", "reminder", "reference_edit"))
    # No command could change the intake key: each grant is of the first roster's.
    assert [row["since"] for row in after["intake_grant"]] == [1]


def test_the_trail_that_was_there_is_a_chain_now(engine: Engine) -> None:
    database = _migrate(engine)
    with database.reading() as session:
        found = check(session, {})
        days = [link.entry.day for link in links(session) if link.entry]
    database.close()

    assert (found.findings, found.waiting) == ((), 0)
    assert found.head.position == len(_everything(engine)["trail"]) == len(days) > 1
    assert days == sorted(days)


def test_rows_still_hang_on_their_case_after_the_tables_were_made_anew(engine: Engine) -> None:
    database = _migrate(engine)

    with database.writing() as session:
        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE clock SET case_id = :nobody"), {"nobody": b"n" * 16})
        session.rollback()
    with database.writing() as session:
        session.execute(text('DELETE FROM "case" WHERE id = :id'), {"id": _id(1)})
    database.close()

    after = _everything(engine)
    hanging = ("clock", "transition", "message", "note", "case_grant", "identity", "identity_share")
    for name in hanging:
        assert after[name], name
        assert _id(1) not in {row["case_id"] for row in after[name]}, name
    # The trail outlives its case.
    assert _id(1) in {row["case_id"] for row in after["trail"]}


def test_a_step_of_a_case_is_never_changed(engine: Engine) -> None:
    database = _migrate(engine)
    for change in ("to_state = 'closed'", "day = '2020-01-01'", "body = case_key"):
        with database.writing() as session:
            with pytest.raises(DBAPIError, match="never changed"):
                session.execute(text(f"UPDATE transition SET {change}"))  # noqa: S608
            session.rollback()
    database.close()


def test_the_day_of_receipt_and_the_flow_of_a_case_are_never_changed(engine: Engine) -> None:
    database = _migrate(engine)
    tables = MetaData()
    with engine.connect() as connection:
        tables.reflect(connection, only=["case"])
    case = tables.tables["case"]
    for change in ({"received_on": date(2026, 3, 3)}, {"flow": "protection"}):
        with database.writing() as session:
            with pytest.raises(DBAPIError, match="never changed"):
                session.execute(update(case).where(case.c.state == "received").values(**change))
            session.rollback()
    with database.writing() as session:
        # Everything else of a case goes on, and saying the same day again changes nothing.
        session.execute(update(case).values(version=8, received_on=DAY))
    database.close()

    assert {row["version"] for row in _everything(engine)["case"]} == {8}


def test_what_was_filled_in_once_is_not_done_again(engine: Engine) -> None:
    _migrate(engine).close()
    before = _everything(engine)

    _migrate(engine).close()

    assert _everything(engine) == before
