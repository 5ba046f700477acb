"""What a backup holds comes back whole, on either database, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from cases.actions.backups.restoring import restore
from tests.support.backups import archive_of, empty_place, everything, objects_of, place_of
from tests.support.case_files import case_with_files
from tests.support.databases import fresh_database
from tests.support.office import Office
from tests.support.scenes import scene
from tests.support.submissions import COMPLAINT

PIECE = 4096


def cut(content: bytes) -> Iterator[bytes]:
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))


@pytest.fixture
def other_kind(backend: str, request: pytest.FixtureRequest) -> Iterator[URL | None]:
    """A database of the kind that the office does not have; None is SQLite in the folder."""
    if backend == "postgresql":
        yield None
        return
    with fresh_database(request.getfixturevalue("postgresql")) as url:
        yield url


@pytest.fixture
def same_kind(backend: str, request: pytest.FixtureRequest) -> Iterator[URL | None]:
    """An empty database of the kind that the office has."""
    if backend == "sqlite":
        yield None
        return
    with fresh_database(request.getfixturevalue("postgresql")) as url:
        yield url


def busy(office: Office) -> None:
    """An office with cases, files and somebody at work."""
    case_with_files(office, {"invoice.pdf": b"invoice" * 40_000, "empty.txt": b""})
    scene(office, COMPLAINT)
    office.signed_in("ingrid")


@pytest.mark.parametrize("target", ["same_kind", "other_kind"])
def test_rows_files_and_rosters_come_back_on_either_database(
    office: Office, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    busy(office)
    (office.home / "look.toml").write_text('name = "Ours"')
    archive = archive_of(office)

    with empty_place(tmp_path / "new", request.getfixturevalue(target)) as place:
        done = restore(cut(archive), place, [])

        assert done is not None
        assert (done.end.cases, done.end.files, done.erased_again) == (2, 2, 0)
        assert done.made_on == office.clock.now().date()
        assert everything(place.database) == everything(office.database)
        assert objects_of(place.store) == objects_of(place_of(office).store)
        place.database.check()
    for name in ("roster/0001.json", "roster/pin", "look.toml"):
        assert (tmp_path / "new" / name).read_bytes() == (office.home / name).read_bytes()
    assert not (tmp_path / "new" / "restoring").exists()
