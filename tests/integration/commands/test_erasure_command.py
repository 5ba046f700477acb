"""`zegel erasure`, and what the daily jobs do for it: an erased case stays erased."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import URL

from cases.database import Database
from cases.domain.flows import Action
from cases.domain.tombstones import HEADER, from_text, to_text
from cases.evidence_store import EvidenceStore
from cases.queries.erasures import tombstones
from reviewer import erased_list
from reviewer.commands import main
from tests.support.databases import shown
from tests.support.endings import (
    DISMISSED,
    ended,
    ended_with_everything,
    erase_everything_due,
)
from tests.support.office import Office, found_in_migrated
from tests.support.scenes import scene
from web.clock import SystemClock, office_day


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """An office of today: the command reads the machine's clock."""
    return found_in_migrated(tmp_path / "home", database, SystemClock())


@pytest.fixture
def settings(office: Office, database_url: URL) -> dict[str, str]:
    return {"ZEGEL_HOME": str(office.home), "ZEGEL_DATABASE_URL": shown(database_url)}


def zegel(settings: Mapping[str, str], *words: str) -> Result:
    return CliRunner().invoke(main, words, env=dict(settings))


def test_the_preview_lists_what_is_over_held_and_to_come(
    office: Office, settings: dict[str, str]
) -> None:
    ended(office)
    ended(office).act(Action.HOLD_ERASURE)
    scene(office).go(*DISMISSED)
    today = office_day(office.clock.now())

    soon = zegel(settings, "erasure", "preview")
    late = zegel(settings, "erasure", "preview", "--days", "4000")

    assert soon.exit_code == late.exit_code == 0
    lines = sorted(soon.output.splitlines())
    year, flow = today.year, "Report"
    assert lines == [
        "2 cases",
        f"{today}  {flow}  SI.{year}.0001  over",
        f"{today}  {flow}  SI.{year}.0002  kept by a legal hold",
    ]
    assert late.output.splitlines()[-2].endswith(f"SI.{year}.0003  to come")


def test_the_list_is_printed_as_it_is_read(office: Office, settings: dict[str, str]) -> None:
    assert zegel(settings, "erasure", "list").output == f"{HEADER}\n"
    ours = ended(office)
    erase_everything_due(office)

    printed = zegel(settings, "erasure", "list").output

    assert [each.case_id for each in from_text(printed)] == [ours.case_id]


def test_a_database_of_before_is_cleaned_by_the_list_in_the_folder(
    office: Office, settings: dict[str, str], tmp_path: Path
) -> None:
    store = EvidenceStore((office.home / "evidence").as_uri())
    ours = ended_with_everything(office, store)
    office.database.scrub()
    older = tmp_path / "older.sqlite"
    shutil.copy(str(office.database.engine.url.database), older)
    files = erase_everything_due(office)
    assert len(files) == 1
    assert "erased cases: 1 on the list\n" in zegel(settings, "jobs", "run").output
    restored = {**settings, "ZEGEL_DATABASE_URL": f"sqlite:///{older}"}

    told = zegel(restored, "jobs", "run")
    done, again = zegel(restored, "erasure", "apply"), zegel(restored, "erasure", "apply")

    assert "in the database again: 1; run `zegel erasure apply`" in told.output
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "1 case erased again")
    assert again.output.splitlines()[-1] == "0 cases erased again"
    database = Database(restored["ZEGEL_DATABASE_URL"])
    with database.reading() as session:
        assert [each.case_id for each in tombstones(session)] == [ours.case_id]
    database.close()
    assert list(store.names()) == []


def test_a_list_from_elsewhere_is_applied_and_kept(
    office: Office, settings: dict[str, str], tmp_path: Path
) -> None:
    ours = ended(office)
    erase_everything_due(office)
    with office.database.reading() as session:
        listed = tombstones(session)
    other = tmp_path / "from-the-safe.txt"
    other.write_text(to_text(listed))

    done = zegel(settings, "erasure", "apply", str(other))

    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "0 cases erased again")
    assert erased_list.read(office.home) == listed
    assert (office.home / erased_list.NAME).stat().st_mode & 0o777 == 0o600
    assert not ours.opens("ingrid")


@pytest.mark.parametrize("content", [b"", b"anything", b"\xff\xfe", f"{HEADER}\nabc\n".encode()])
def test_a_list_that_is_none_changes_nothing(
    office: Office, settings: dict[str, str], tmp_path: Path, content: bytes
) -> None:
    ours = ended(office)
    path = tmp_path / "list.txt"
    path.write_bytes(content)

    refused = zegel(settings, "erasure", "apply", str(path))

    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1
    assert "list of erased cases" in refused.output
    assert ours.opens("ingrid")


def test_the_folder_keeps_what_an_older_database_has_forgotten(office: Office) -> None:
    ended(office)
    erase_everything_due(office)
    with office.database.reading() as session:
        listed = tombstones(session)
    office.home.mkdir(exist_ok=True)
    erased_list.write(office.home, listed)

    assert erased_list.write(office.home, ()) == listed
    assert erased_list.read(office.home) == listed
