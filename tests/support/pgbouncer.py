"""PgBouncer between the servers and their database, as a host of its own would run it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from tests.support.commands import free_port
from tests.support.databases import unprivileged
from tests.support.served import LOOPBACK, STOP_SECONDS
from tests.support.uploading import wait_until

_NAME = "zegel"
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
# More clients than connections: a transaction takes whichever is free.
_CONNECTIONS = 4


@contextmanager
def pgbouncer(database: URL) -> Iterator[URL]:
    """The address by which PgBouncer gives that database, one transaction at a time."""
    program = shutil.which("pgbouncer", path=_PATH)
    assert program, "the tests need PgBouncer: apt-get install pgbouncer"
    port, account = free_port(), unprivileged()
    with tempfile.TemporaryDirectory(prefix="zegel-pgbouncer-") as folder:
        settings = Path(folder) / "pgbouncer.ini"
        settings.write_text(_settings(database, port))
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        user = account.pw_uid if account else None
        command = [program, "-q", str(settings)]
        process = subprocess.Popen(command, user=user, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: _listens(port))
            yield database.set(host=LOOPBACK, port=port, database=_NAME)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _settings(database: URL, port: int) -> str:
    where = f"host={database.host} port={database.port} dbname={database.database}"
    who = f"user={database.username}"
    if database.password:
        who += f" password={database.password}"
    return (
        f"[databases]\n{_NAME} = {where} {who}\n"
        f"[pgbouncer]\nlisten_addr = {LOOPBACK}\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = any\npool_mode = transaction\ndefault_pool_size = {_CONNECTIONS}\n"
    )


def _listens(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), STOP_SECONDS).close()
    except ConnectionRefusedError:
        return False
    return True
