"""A process killed at any step of a submission leaves the whole case or nothing."""

import json
import subprocess
import sys

from sqlalchemy.engine import URL

from tests.support.databases import shown
from tests.support.office import MORNING, Office

WRITTEN = {
    "case": 1,
    "case_grant": 2,
    "clock": 2,
    "identity": 1,
    "identity_share": 3,
    "mailbox": 1,
    "message": 1,
    "trail": 1,
}


def test_a_submission_is_there_whole_or_not_at_all(office: Office, database_url: URL) -> None:
    command = [sys.executable, "-m", "tests.support.crashing", shown(database_url)]
    command += [str(office.home / "roster"), MORNING.date().isoformat()]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    *killed, lived = (json.loads(line) for line in done.stdout.splitlines())
    # A step for each statement and one for the commit.
    assert len(killed) >= len(WRITTEN) + 1
    before = killed[0]["rows"]
    assert all(each["killed"] and each["rows"] == before for each in killed)
    grown = {table: count - before[table] for table, count in lived["rows"].items()}
    assert {table: count for table, count in grown.items() if count} == WRITTEN
