"""PostgreSQL's own tools bring an office back to a moment, as the how-to guide says."""

from pathlib import Path

from sqlalchemy import text

from cases.actions.backups.proving import prove
from cases.actions.recovery import Proof
from cases.database import Database
from cases.queries.recovery import every_case
from tests.support.databases import PostgresqlServer, own_postgresql, shown
from tests.support.office import FixedClock, found
from tests.support.scenes import scene

# As docs/how-to/back-up-and-restore.md has them.
ARCHIVING = (
    "-c archive_mode=on -c archive_command='test ! -f {folder}/wal/%f && cp %p {folder}/wal/%f'"
)
RECOVERY = """
restore_command = 'cp {folder}/wal/%f %p'
recovery_target_time = '{moment}'
recovery_target_action = promote
"""


def go_back(server: PostgresqlServer, database: Database, base: Path, moment: object) -> None:
    """Start the server on a copy that is brought forward to a moment and no further."""
    server.stop()
    with (base / "postgresql.auto.conf").open("a") as settings:
        settings.write(RECOVERY.format(folder=server.folder, moment=moment))
    (base / "recovery.signal").touch()
    server.data, server.settings = base, ""
    server.start()
    recovering = text("SELECT pg_is_in_recovery(), pg_sleep(0.05)")
    with database.reading() as session:
        # It can be read before the moment is reached, and written after it.
        while session.execute(recovering).scalar_one():
            pass


def test_what_was_written_until_a_moment_is_back_and_opens(tmp_path: Path) -> None:
    with own_postgresql(ARCHIVING) as server:
        (server.folder / "wal").mkdir(mode=0o777)
        (server.folder / "wal").chmod(0o777)
        base = server.folder / "base"
        database = Database(shown(server.url))
        office = found(tmp_path, database, FixedClock())
        first = scene(office)
        keys = office.signed_in("ingrid").keys

        connection = ("-h", "127.0.0.1", "-p", str(server.port), "-U", "zegel")
        server.run("pg_basebackup", *connection, "-D", base, "-c", "fast")
        second = scene(office)
        with database.reading() as session:
            moment = session.scalar(text("SELECT clock_timestamp()"))
        lost = scene(office)
        database.close()
        go_back(server, database, base, moment)

        with database.reading() as session:
            there = {case.case_id for case in every_case(session)}
            proofs = list(prove(session, keys))
        assert there == {first.case_id, second.case_id}
        assert lost.case_id not in there
        assert all(isinstance(each, Proof) and each.opened and not each.faults for each in proofs)
        # It is an office to go on with.
        scene(office)
        database.close()
