"""A program that kills itself in the middle of a submission, once at every step.

    python -m tests.support.crashing DATABASE_URL ROSTER_FOLDER YYYY-MM-DD

For n = 1, 2, 3 and so on a child process receives one report, and a listener on its connection
sends it SIGKILL at its n-th step: a statement, or the commit. After each child the program counts
the rows of every table. It prints one line of JSON per child, and ends with the child that lived.
"""

import json
import os
import signal
import sys
from datetime import date
from pathlib import Path

from sqlalchemy import event, func, select

from cases import roster_store
from cases.database import Database
from cases.models import Base
from tests.support.submissions import IDENTITY, submit

MOST_STEPS = 200


def main() -> None:
    """Run children until one lives."""
    url, folder, today = sys.argv[1], Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
    for step in range(1, MOST_STEPS):
        killed = _run_child(url, folder, today, step)
        print(json.dumps({"step": step, "killed": killed, "rows": _rows(url)}))
        if not killed:
            return
    raise SystemExit("no child lived")


def _run_child(url: str, folder: Path, today: date, step: int) -> bool:
    child = os.fork()
    if child == 0:
        _submit_and_die(url, folder, today, step)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.WEXITSTATUS(status):
        raise SystemExit("a child failed by itself")
    return False


def _submit_and_die(url: str, folder: Path, today: date, step: int) -> None:
    database = Database(url)
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", count)
    event.listen(database.engine, "commit", count)
    with database.writing() as session:
        submit(session, roster_store.load(folder, today), today, identity=IDENTITY)


def _rows(url: str) -> dict[str, int]:
    database = Database(url)
    with database.reading() as session:
        rows = {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Base.metadata.tables.items()
        }
    database.close()
    return rows


if __name__ == "__main__":
    main()
