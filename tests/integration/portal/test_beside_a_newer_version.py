"""A portal that goes on while another host brings the tables to the form of a newer version."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import Office
from tests.support.portal_steps import code_on, open_mailbox, send_report

ADDED = (
    'ALTER TABLE "case" ADD COLUMN invented VARCHAR',
    "ALTER TABLE message ADD COLUMN invented INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE invented (id INTEGER PRIMARY KEY)",
)


@on_both_databases
@pytest.mark.parametrize(("revision", "health"), [("9999_keeps_0001", 200), ("9999", 503)])
def test_reports_and_sign_ins_go_on_and_the_balancer_is_told(
    office: Office, portal: Flask, client: Client, revision: str, health: int
) -> None:
    code = code_on(send_report(client))

    with office.database.writing() as session:
        for statement in ADDED:
            session.execute(text(statement))
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})

    assert client.get("/healthz").status == health
    for each in (code, code_on(send_report(client))):
        thread = open_mailbox(Client(portal), each)
        assert "Paper clips vanish." in thread.text
