"""`zegel audit`: what an operator reads of the trail."""

import csv
import io
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.engine import URL

from cases.actions.recovery_codes import make_recovery_codes
from cases.actions.trail import record_day
from cases.database import Database
from cases.domain.trail import TrailEvent
from cases.models import StaffSession, TrailEntry
from reviewer.commands import main
from tests.support.databases import on_both_databases, shown
from tests.support.office import PASSPHRASE, Office, found_in_migrated, one_time_code
from web.clock import SystemClock


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """An office of today at work: the command reads the machine's clock."""
    office = found_in_migrated(tmp_path / "home", database, SystemClock())
    office.signed_in("ingrid")
    return office


@pytest.fixture
def settings(office: Office, database_url: URL) -> dict[str, str]:
    return {"ZEGEL_HOME": str(office.home), "ZEGEL_DATABASE_URL": shown(database_url)}


def audit(settings: Mapping[str, str], *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["audit", *words], input=typed, env=dict(settings))


def typed_by(office: Office, login: str) -> str:
    """The passphrase, and a code: the one of the first sign-in was used."""
    secret = office.enrol(login)
    return f"{PASSPHRASE}\n{one_time_code(secret, office.clock.now() + timedelta(seconds=30))}\n"


def sessions(office: Office) -> int:
    """How many sessions are open."""
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(StaffSession)) or 0


def tamper(office: Office, *, remove: bool) -> None:
    """Alter or remove the entry of the sign-in, as the owner of the database."""
    entry = TrailEntry.event == "signed_in"
    with office.database.writing() as session:
        session.execute(text("DROP TRIGGER trail_no_update"))
        session.execute(text("DROP TRIGGER trail_no_delete"))
        changed = update(TrailEntry).where(entry).values(event="signed_out")
        session.execute(delete(TrailEntry).where(entry) if remove else changed)


def test_a_recovery_code_signs_in_at_the_terminal_once(
    office: Office, settings: dict[str, str]
) -> None:
    hilde, now = office.signed_in("hilde"), office.clock.now()
    with office.database.writing() as session:
        code, *_ = make_recovery_codes(session, hilde, now)
    typed = f"{PASSPHRASE}\n{code.lower()}\n"

    first, second = (audit(settings, "sign", "--as", "hilde", typed=typed) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert second.exit_code == 1
    assert code.lower() not in first.output


@on_both_databases
def test_it_verifies_what_it_signed(office: Office, settings: dict[str, str]) -> None:
    signed = audit(settings, "sign", "--as", "hilde", typed=typed_by(office, "hilde"))
    assert signed.exit_code == 0, signed.output
    number, _, digits = signed.output.rpartition("signed: ")[2].strip().partition(": ")

    found = audit(settings, "verify", "--head", f"{number}: {digits}")
    head = audit(settings, "head").output

    assert found.exit_code == 0, found.output
    assert f"signed up to: {number}" in found.output
    # The signature itself is an entry, too, and so is signing out.
    assert f" {int(number) + 2}: " in head
    assert f"head: {head.split(' ', 1)[1].strip()}" in found.output
    assert found.output.endswith("verified\n")


def test_it_names_what_was_altered(office: Office, settings: dict[str, str]) -> None:
    tamper(office, remove=False)

    found = audit(settings, "verify")

    assert found.exit_code == 1
    assert "altered, moved or slipped in (now: signed_out, " in found.output
    assert "faults in the trail: 1" in found.output


def test_it_names_what_is_gone_and_signs_nothing_then(
    office: Office, settings: dict[str, str]
) -> None:
    tamper(office, remove=True)

    found = audit(settings, "verify")
    signed = audit(settings, "sign", "--as", "hilde", typed=typed_by(office, "hilde"))

    assert found.exit_code == signed.exit_code == 1
    assert ": removed: the entry is gone" in found.output
    assert "not signed, faults in the trail: 1" in signed.output


def test_it_signs_what_is_left_when_told_to(office: Office, settings: dict[str, str]) -> None:
    tamper(office, remove=True)

    signed = audit(
        settings, "sign", "--as", "hilde", "--despite-faults", typed=typed_by(office, "hilde")
    )

    assert signed.exit_code == 0, signed.output
    assert "faults in the trail: 1" in audit(settings, "verify").output


def test_a_head_on_paper_that_the_trail_never_had_is_told(
    office: Office, settings: dict[str, str]
) -> None:
    further = audit(settings, "verify", "--head", "9999: " + "0" * 64)
    other = audit(settings, "verify", "--head", "1:" + "0" * 64)
    nonsense = audit(settings, "verify", "--head", "twelve")

    assert (further.exit_code, other.exit_code, nonsense.exit_code) == (1, 1, 2)
    assert "9999: cut off: the trail once reached this far" in further.output
    assert "1: written anew: up to here the head on paper is another" in other.output


def test_who_may_not_sign_is_told_and_signs_nothing(
    office: Office, settings: dict[str, str]
) -> None:
    secret = office.enrol("igor")
    code = one_time_code(secret, office.clock.now() + timedelta(seconds=30))
    before = sessions(office)

    signed = audit(settings, "sign", "--as", "igor", typed=f"{PASSPHRASE}\n{code}\n")

    assert signed.exit_code == 1
    assert "signed up to: nothing" in audit(settings, "verify").output
    assert sessions(office) == before


def test_the_whole_trail_can_be_taken_to_another_system(
    office: Office, settings: dict[str, str]
) -> None:
    with office.database.writing() as session:
        record_day(session, TrailEvent.CASE_RECEIVED, office.clock.now().date(), b"c" * 16)

    rows = list(csv.DictReader(io.StringIO(audit(settings, "export", "--csv").output)))

    chained = [row for row in rows if row["position"]]
    assert [int(row["position"]) for row in chained] == list(range(1, len(chained) + 1))
    (sign_in,) = [row for row in rows if row["event"] == "signed_in"]
    assert sign_in["who"] == "Ingrid Intake"
    assert sign_in["at"]
    assert len(sign_in["digest"]) == 64
    (received,) = [row for row in rows if row["event"] == "case_received"]
    assert received["case"] == (b"c" * 16).hex()
    assert (received["position"], received["at"], received["person"]) == ("", "", "")
