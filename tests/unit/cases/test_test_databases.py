"""Finding PostgreSQL for the tests: on the PATH, else Debian's newest, else a clear message."""

from pathlib import Path

import pytest

from tests.support.databases import NoPostgresql, find_programs


def _programs(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "pg_ctl", "postgres"):
        (folder / name).touch(mode=0o755)
    return folder


def test_programs_on_the_path_come_first(tmp_path: Path) -> None:
    _programs(tmp_path / "versions" / "15" / "bin")
    local = _programs(tmp_path / "local")

    assert find_programs(f"/nowhere:{local}", tmp_path / "versions") == local


def test_the_newest_version_is_taken(tmp_path: Path) -> None:
    for version in ("9.6", "15", "17", "common"):
        _programs(tmp_path / version / "bin")

    assert find_programs("", tmp_path) == tmp_path / "17" / "bin"


def test_without_programs_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoPostgresql, match=r"apt-get install postgresql.*ZEGEL_TEST_POSTGRES_URL"):
        find_programs("", tmp_path)
