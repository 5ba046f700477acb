"""`zegel evidence`: what an operator reads of the files beside the database."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import URL

from cases.actions import transitions
from cases.actions.transitions import Written
from cases.database import Database
from cases.domain.attachments import Attachment
from cases.domain.details import Minutes, MinutesState
from cases.domain.flows import Action
from cases.evidence_store import EvidenceStore
from reviewer.commands import main
from tests.support.databases import shown
from tests.support.evidence import uploaded
from tests.support.office import PASSPHRASE, Office, found_in_migrated, one_time_code
from tests.support.scenes import Scene, scene
from web.clock import SystemClock, office_day

CANARY = "Kanarie zingt"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """An office of today: the command reads the machine's clock."""
    return found_in_migrated(tmp_path / "home", database, SystemClock())


@pytest.fixture
def store(office: Office) -> EvidenceStore:
    return EvidenceStore((office.home / "evidence").as_uri())


@pytest.fixture
def settings(office: Office, database_url: URL) -> dict[str, str]:
    return {"ZEGEL_HOME": str(office.home), "ZEGEL_DATABASE_URL": shown(database_url)}


def evidence(settings: Mapping[str, str], *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["evidence", *words], input=typed, env=dict(settings))


def upload(office: Office, store: EvidenceStore, *, days_ago: int = 0) -> Attachment:
    day = office_day(office.clock.now()) - timedelta(days=days_ago)
    return uploaded(office.database, store, day, CANARY.encode() * 20_000, f"{CANARY}.pdf")


def keep(ours: Scene, *attachments: Attachment) -> None:
    office, by, now = ours.office, ours.office.signed_in("ingrid"), ours.office.clock.now()
    minutes = Minutes(MinutesState.SIGNED, office_day(now), "agreed")
    written, rules = Written(details=minutes, attachments=attachments), office.rules()
    with office.database.writing() as session:
        case = ours.open(session)
        transitions.act(session, case, Action.RECORD_MINUTES, written, by, case.version, now, rules)


def typed_by(office: Office, login: str) -> str:
    """The passphrase, and the next code: those before it were used."""
    secret = office.enrol(login)
    return f"{PASSPHRASE}\n{one_time_code(secret, office.clock.now() + timedelta(seconds=30))}\n"


def spoil(office: Office, file: Attachment) -> None:
    path = office.home / "evidence" / file.object_name
    stored = bytearray(path.read_bytes())
    stored[-1] ^= 1
    path.write_bytes(stored)


def test_the_sweep_says_what_it_removed(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    old, fresh = upload(office, store, days_ago=2), upload(office, store)

    first, second = evidence(settings, "sweep"), evidence(settings, "sweep")

    assert (first.exit_code, first.output) == (0, "unfinished uploads: 1 removed\n")
    assert second.output == "unfinished uploads: 0 removed\n"
    assert list(store.names()) == [fresh.object_name]
    assert store.size(old.object_name) is None


def test_the_jobs_of_the_day_sweep_too_and_a_rehearsal_does_not(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    upload(office, store, days_ago=2)

    rehearsed = CliRunner().invoke(main, ["jobs", "run", "--dry-run"], env=settings)
    assert rehearsed.output.splitlines()[-1] == "unfinished uploads: 1 removed"
    assert len(list(store.names())) == 1

    done = CliRunner().invoke(main, ["jobs", "run"], env=settings)
    assert done.output.splitlines()[-1] == "unfinished uploads: 1 removed"
    assert list(store.names()) == []


def test_the_files_of_another_database_are_not_swept_away(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    ours = upload(office, store)
    for number in range(11):
        (office.home / "evidence" / f"{number:032x}").write_bytes(b"of another office")

    for words in (("evidence", "sweep"), ("jobs", "run")):
        refused = CliRunner().invoke(main, list(words), env=settings)
        assert refused.exit_code == 1
        assert "11 of 12 stored files are not in this database" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    assert len(list(store.names())) == 12

    done = evidence(settings, "sweep", "--all")

    assert done.output == "unfinished uploads: 11 removed\n"
    assert list(store.names()) == [ours.object_name]


def test_a_store_that_fails_keeps_no_reminder_from_anybody(
    office: Office, settings: dict[str, str]
) -> None:
    (office.home / "evidence").write_text("no folder")

    done = CliRunner().invoke(main, ["jobs", "run"], env=settings)

    assert done.exit_code == 1
    assert "mail: off" in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: The evidence store {office.home}/evidence")


def test_a_sound_store_is_verified(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    keep(scene(office), upload(office, store))
    upload(office, store)

    done = evidence(settings, "verify")

    assert (done.exit_code, done.output) == (0, "verified\n")


def test_each_fault_is_one_line_and_the_status_is_1(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    gone, cut = upload(office, store), upload(office, store)
    keep(scene(office), gone, cut)
    store.delete(gone.object_name)
    (office.home / "evidence" / cut.object_name).write_bytes(b"short")
    (office.home / "evidence" / ("0b" * 16)).write_bytes(b"stray")

    done = evidence(settings, "verify")

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"missing: {gone.object_name}",
        f"wrong size: {cut.object_name}",
        f"belongs to nothing: {'0b' * 16}",
    ]
    assert done.stderr == "Error: faults in the evidence store: 3\n"


def test_a_person_who_signs_in_has_every_stream_opened(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    good, spoilt = upload(office, store), upload(office, store)
    keep(scene(office), good)
    keep(scene(office), spoilt)
    typed = typed_by(office, "hilde")
    spoil(office, spoilt)

    without = evidence(settings, "verify")
    opened = evidence(settings, "verify", "--as", "hilde", typed=typed)

    assert without.exit_code == 0
    assert opened.exit_code == 1
    assert "files opened: 1" in opened.stdout
    assert f"does not open: {spoilt.object_name}" in opened.stdout
    for secret in (CANARY, PASSPHRASE, good.key.hex()):
        assert secret not in opened.output


def test_what_a_person_cannot_open_is_counted(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    keep(scene(office), upload(office, store))

    done = evidence(settings, "verify", "--as", "igor", typed=typed_by(office, "igor"))

    assert done.exit_code == 0, done.output
    assert "cases with files that igor cannot open: 1" in done.output


def test_a_wrong_passphrase_opens_nothing(
    office: Office, store: EvidenceStore, settings: dict[str, str]
) -> None:
    keep(scene(office), upload(office, store))

    done = evidence(settings, "verify", "--as", "ingrid", typed="wrong\n123456\n")

    assert done.exit_code == 1
    assert "not signed in" in done.stderr


def test_an_odd_address_is_refused_in_one_line(settings: dict[str, str]) -> None:
    done = evidence({**settings, "ZEGEL_EVIDENCE_URL": "ftp://user:secret@host"}, "verify")

    assert done.exit_code == 1
    assert done.stderr == "Error: ZEGEL_EVIDENCE_URL must be file:///folder or s3://bucket\n"
