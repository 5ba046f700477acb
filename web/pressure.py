"""Counts what a crowd does to visitors, and writes it down once a minute: by day, and no address.

Counting costs a lock and no statement, so that a flood cannot make it a burden of its own.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from threading import Lock

from cases.actions import pressure
from cases.database import Database
from cases.domain.pressure import Pressure
from web.clock import Clock, office_day

EVERY_SECONDS = 60.0


class PressureGauge:
    """One process's own counts, until they are written."""

    def __init__(
        self, database: Database, clock: Clock, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._database, self._clock, self._seconds = database, clock, seconds
        self._counts: Counter[tuple[date, Pressure]] = Counter()
        self._lock = Lock()
        self._written_at = seconds() - EVERY_SECONDS

    def note(self, kind: Pressure) -> None:
        """It happened once more."""
        with self._lock:
            self._counts[office_day(self._clock.now()), kind] += 1

    def write_when_due(self) -> None:
        """Write what was counted, at most once a minute; where that fails, the next time."""
        counted = self._take()
        if counted and not pressure.add(self._database, counted):
            with self._lock:
                self._counts.update(counted)

    def _take(self) -> Counter[tuple[date, Pressure]]:
        with self._lock:
            due = self._seconds() - self._written_at >= EVERY_SECONDS
            if not self._counts or not due:
                return Counter()
            self._written_at = self._seconds()
            counted, self._counts = self._counts, Counter()
            return counted
