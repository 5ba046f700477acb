"""What portal and console share lies in folders that were made for it, and nothing else does."""

import stat
from pathlib import Path

import pytest

from cases.database import Database
from cases.evidence_store import EvidenceStore
from cases.file_modes import file_mode
from cases.roster_store import keep_proposal

NAME = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("folder_mode", "expected"),
    [(0o700, 0o600), (0o755, 0o600), (0o770, 0o600), (0o2750, 0o640), (0o2770, 0o660)],
)
def test_a_file_is_the_groups_only_in_a_folder_that_was_made_for_a_group(
    tmp_path: Path, folder_mode: int, expected: int
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(folder_mode)

    assert file_mode(folder) == expected


@pytest.mark.parametrize(("folder_mode", "expected"), [(0o700, 0o600), (0o2770, 0o660)])
def test_database_files_and_roster_go_by_their_folder(
    tmp_path: Path, folder_mode: int, expected: int
) -> None:
    tmp_path.chmod(folder_mode)
    database = Database(f"sqlite:///{tmp_path / 'zegel.sqlite'}")
    database.migrate()
    with EvidenceStore(tmp_path.as_uri()).writer(NAME) as file:
        file.write(b"sealed")
    keep_proposal(tmp_path / "0002.json", b"{}")

    # SQLite's log and index too: who may not write them cannot read the database.
    made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    database.close()

    assert made == dict.fromkeys(made, expected)
    assert {"zegel.sqlite", "zegel.sqlite-wal", "zegel.sqlite-shm", NAME, "0002.json"} <= set(made)


def test_migrating_again_leaves_the_mode_that_an_operator_gave(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    path = tmp_path / "zegel.sqlite"
    Database(f"sqlite:///{path}").migrate()
    path.chmod(0o600)

    Database(f"sqlite:///{path}").migrate()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
