"""The office's roster as an application sees it: verified from the pinned first one, every time
the files change, and never an older one than was in force here before."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from os import scandir
from pathlib import Path

from flask import g, has_app_context

from cases.actions import roster_memory
from cases.actions.roster_memory import Session
from cases.database import Database
from cases.roster_store import every_roster, load_all
from crypto.errors import RosterFault, RosterRejected
from crypto.roster import VerifiedRoster

# Under this name of Flask's `g`: the session of the view that runs (`web.database` puts it there).
SESSION = "database_session"

Chain = tuple[VerifiedRoster, ...]


class RosterSource:
    """Reads and verifies the rosters in one folder, again only when a file or the day changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[object, Chain] | None = None
        self._past: tuple[object, Chain] | None = None

    def chain(self, today: date) -> Chain:
        """Every roster, the one in force last.

        Raises RosterRejected or RosterUnusable when the chain does not verify today.
        """
        state = (today, self._fingerprint_of_files())
        if self._seen is None or self._seen[0] != state:
            self._seen = (state, load_all(self._folder, today))
        return self._seen[1]

    def past(self, today: date) -> Chain:
        """The same, also when the last one has run out: for signatures. Raises as `chain`."""
        state = (today, self._fingerprint_of_files())
        if self._past is None or self._past[0] != state:
            self._past = (state, every_roster(self._folder, today))
        return self._past[1]

    def _fingerprint_of_files(self) -> tuple[tuple[str, int, int], ...]:
        # Every page asks this several times: one look at the folder, and one at each file.
        with suppress(FileNotFoundError), scandir(self._folder) as files:
            seen = ((file.name, file.stat()) for file in files)
            return tuple(sorted((name, of.st_mtime_ns, of.st_size) for name, of in seen))
        # load_all() then says what is wrong.
        return ()


class RosterMemory:
    """What the database remembers, and what it said last of the newest roster here."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._said: tuple[bytes, RosterFault | None] | None = None

    def check(self, chain: Chain) -> VerifiedRoster:
        """The roster in force, after asking the database: before anything is sealed to it.

        Raises:
            RosterRejected: the database remembers a newer roster, or another one.
            DatabaseUnusable: it does not answer.
        """
        with self._session() as session:
            self._ask(session, chain)
        return chain[-1]

    def keep_up(self, chain: Chain) -> None:
        """Ask when the newest roster is another one than before, and remember a new one.

        Raises as `check`.
        """
        if self._said == (chain[-1].fingerprint, None):
            return
        with self._database.reading() as session:
            self._ask(session, chain)
            remembered = roster_memory.remembers(session, chain[-1])
        if not remembered:
            with self._database.writing() as session:
                roster_memory.believe(session, chain)

    def refuses(self, chain: Chain) -> bool:
        """Whether the database said no when it was last asked about this very roster."""
        if self._said is None:
            return False
        fingerprint, fault = self._said
        return fault is not None and fingerprint == chain[-1].fingerprint

    def _ask(self, session: Session, chain: Chain) -> None:
        newest = chain[-1].fingerprint
        try:
            roster_memory.check(session, chain)
        except RosterRejected as refused:
            self._said = (newest, refused.reason)
            raise
        self._said = (newest, None)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """The session of the view that runs, or one of its own where none does."""
        running = g.get(SESSION) if has_app_context() else None
        if running is not None:
            yield running
            return
        with self._database.reading() as session:
            yield session
