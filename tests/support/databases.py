"""Both databases for the tests: SQLite files, and one real PostgreSQL server per test process.

The server comes from the system's binaries and runs as an unprivileged user, because PostgreSQL
refuses to run as root; or it is the one at `ZEGEL_TEST_POSTGRES_URL`, whose user may create
databases. Each test gets a database of its own, copied from one that was migrated once: a file on
SQLite, a template on PostgreSQL.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from cases.database import Database

URL_VARIABLE = "ZEGEL_TEST_POSTGRES_URL"
BACKENDS = ("sqlite", "postgresql")
# For tests of pages: the folder's `backend` is SQLite, where most of them gain nothing from more.
on_both_databases = pytest.mark.parametrize("backend", BACKENDS)
_UNPRIVILEGED = ("nobody", "postgres")
_WAIT = "30"  # seconds for the server to start


class NoPostgresql(Exception):
    """The machine has no PostgreSQL server programs, and no address of a server was given."""

    def __init__(self) -> None:
        super().__init__(
            "The tests need PostgreSQL: install it (apt-get install postgresql) or name a server"
            f" whose user may create databases in {URL_VARIABLE}."
        )


def find_programs(path: str, versions: Path = Path("/usr/lib/postgresql")) -> Path:
    """The folder with initdb, pg_ctl and postgres: on the PATH, or Debian's newest version.

    Raises:
        NoPostgresql: nowhere.
    """
    newest_first = sorted(versions.glob("*/bin"), key=_version, reverse=True)
    folders = [Path(folder) for folder in path.split(os.pathsep) if folder]
    for folder in (*folders, *newest_first):
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise NoPostgresql


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


@contextmanager
def postgresql_server() -> Iterator[URL]:
    """The address of a running server."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with own_postgresql() as server:
        yield server.url


@contextmanager
def own_postgresql(settings: str = "") -> Iterator["PostgresqlServer"]:
    """A running server that a test may stop. Raises NoPostgresql without its programs.

    `settings` are more options for it, such as `-c archive_mode=on`; `{folder}` is its own folder.
    """
    programs = find_programs(os.environ.get("PATH", ""))
    with _private_folder() as folder:
        server = PostgresqlServer(programs, folder, _free_port(), settings.format(folder=folder))
        server.make()
        try:
            yield server
        finally:
            server.stop()


@dataclass
class PostgresqlServer:
    """A server of the tests' own, made of the system's programs."""

    programs: Path
    folder: Path
    port: int
    settings: str = ""
    data: Path = field(init=False)
    _runs: bool = False

    def __post_init__(self) -> None:
        self.data = self.folder / "data"

    @property
    def url(self) -> URL:
        """Its address."""
        return URL.create(
            "postgresql+psycopg", "zegel", host="127.0.0.1", port=self.port, database="postgres"
        )

    def make(self) -> None:
        """Make its data and start it."""
        options = ("-U", "zegel", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.run("initdb", "-D", self.data, *options)
        self.start()

    def run(self, program: str, *words: str | Path) -> None:
        """Run one of PostgreSQL's programs as the server's user. RuntimeError when it fails."""
        # Where the server's own programs are linked from: not every one of them is linked.
        _run((self.programs / "postgres").resolve().with_name(program), *words)

    def start(self) -> None:
        """Start it."""
        # The data is thrown away: nothing needs to survive a power cut.
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port}"
            f" -c unix_socket_directories={self.folder}"
            " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
            f" {self.settings}"
        )
        self._control("-o", options, "start")
        self._runs = True

    def stop(self) -> None:
        """Stop it, if it runs; whoever is connected is cut off."""
        if self._runs:
            # Not `immediate`: it would lose what was kept last, as nothing waits for the disk here.
            self._control("-m", "fast", "stop")
        self._runs = False

    def _control(self, *words: str) -> None:
        log = self.folder / "log"
        control = (self.programs / "pg_ctl", "-D", self.data, "-w", "-t", _WAIT, "-l", log)
        _run(*control, *words)


@contextmanager
def _private_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="zegel-postgresql-"))
    account = unprivileged()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str | Path) -> None:
    account = unprivileged()
    done = subprocess.run(
        [str(part) for part in command],
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def unprivileged() -> pwd.struct_passwd | None:
    """Whom to run the server as; None for whoever runs the tests, unless that is root."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("PostgreSQL does not run as root, and there is no other account")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest) -> Iterator[URL]:
    """One server for this test process, started when the first test asks for it."""
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: URL) -> Iterator[URL]:
    """An empty, migrated database that others are copied from."""
    with fresh_database(postgresql) as url:
        _migrate(url)
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated file that others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(sqlite_url(path))
    return path


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: each test runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """The address of an empty, migrated database of the test's own."""
    if backend == "sqlite":
        yield _copied_sqlite(request, tmp_path)
        return
    # Asked for by name: a test on SQLite alone must not start a server.
    template: URL = request.getfixturevalue("migrated_postgresql")
    server: URL = request.getfixturevalue("postgresql")
    with fresh_database(server, template.database) as url:
        yield url


@pytest.fixture
def database(database_url: URL) -> Iterator[Database]:
    """An empty, migrated database of the test's own; the test runs on both kinds."""
    opened = Database(shown(database_url))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated SQLite database, for what is about its file."""
    opened = Database(shown(_copied_sqlite(request, tmp_path)))
    yield opened
    opened.close()


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """The address of a database without tables."""
    if backend == "sqlite":
        yield sqlite_url(tmp_path / "empty.db")
        return
    with fresh_database(request.getfixturevalue("postgresql")) as url:
        yield url


def shown(url: URL) -> str:
    """The address as text, password included: for `Database` and for other processes."""
    return url.render_as_string(hide_password=False)


def sqlite_url(path: Path) -> URL:
    """The address of a file."""
    return URL.create("sqlite", database=str(path))


def _copied_sqlite(request: pytest.FixtureRequest, folder: Path) -> URL:
    path = folder / "zegel.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    return sqlite_url(path)


def _migrate(url: URL) -> None:
    database = Database(shown(url))
    database.migrate()
    # Closing the last connection empties the write-ahead log into the file.
    database.scrub()
    database.close()


@contextmanager
def fresh_database(server: URL, template: str | None = None) -> Iterator[URL]:
    """A new database on the server, a copy of `template` where one is named; dropped at the end."""
    name = f"zegel_{uuid.uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
    try:
        yield server.set(database=name)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(server: URL, statement: str) -> None:
    address = shown(server.set(drivername="postgresql"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
