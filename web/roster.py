"""The office's roster as an application sees it: verified from the pinned first one, every time
the files change."""

from datetime import date
from pathlib import Path

from cases.roster_store import load
from crypto.roster import VerifiedRoster


class RosterSource:
    """Reads and verifies the rosters in one folder, again only when a file or the day changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[object, VerifiedRoster] | None = None

    def current(self, today: date) -> VerifiedRoster:
        """The newest roster. Raises RosterRejected when the chain does not verify today."""
        state = (today, self._fingerprint_of_files())
        if self._seen is None or self._seen[0] != state:
            self._seen = (state, load(self._folder, today))
        return self._seen[1]

    def _fingerprint_of_files(self) -> tuple[tuple[str, int, int], ...]:
        # A missing folder is no special case here: load() then says what is wrong.
        files = sorted(self._folder.glob("*"))
        return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
