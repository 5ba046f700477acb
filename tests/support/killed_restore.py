"""A program that kills itself in the middle of a restore, once at every few steps.

    python -m tests.support.killed_restore DATABASE_URL HOME ARCHIVE

For n = 1, 2, 4, 9, 14 and so on a child process restores, and dies by SIGKILL at its n-th change of
a name or file. After each child the program prints a line of JSON: whether the child was killed,
and how many rows of the trail can be seen, or null where no database is there. It ends with the
child that lived. The program itself never opens the evidence store, whose threads know no fork.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from cases.actions.backups.making import Place
from cases.actions.backups.restoring import restore
from cases.database import Database
from cases.evidence_store import EvidenceStore
from cases.models import TrailEntry

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime"})
PIECE = 16 * 1024
MOST_STEPS = 300


def main() -> None:
    """Run children until one lives."""
    url, home, archive = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for step in (1, 2, *range(4, MOST_STEPS, 5)):
        killed = _run_child(url, home, archive, step)
        print(json.dumps({"killed": killed, "rows": _rows(url)}), flush=True)
        if not killed:
            return
    raise SystemExit("no child lived")


def _run_child(url: str, home: Path, archive: Path, step: int) -> bool:
    child = os.fork()
    if child == 0:
        _die_at(step)
        restore(_pieces(archive), Place(home, Database(url), _store(home)), [])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.WEXITSTATUS(status):
        raise SystemExit("a child failed by itself")
    return False


def _die_at(step: int) -> None:
    steps = 0

    def count(event: str, _: object) -> None:
        nonlocal steps
        if event in CHANGES:
            steps += 1
            if steps == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _pieces(archive: Path) -> Iterator[bytes]:
    content = archive.read_bytes()
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))


def _store(home: Path) -> EvidenceStore:
    return EvidenceStore((home / "evidence").as_uri())


def _rows(url: str) -> int | None:
    database = Database(url)
    try:
        if not database.is_taken():
            return None
        with database.reading() as session:
            return session.execute(select(func.count()).select_from(TrailEntry)).scalar_one()
    finally:
        database.close()


if __name__ == "__main__":
    main()
