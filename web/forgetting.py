"""A serving process forgets what people wrote: memory that is freed is overwritten, and soon.

Python frees most objects at once and some only when it looks for cycles, and what it frees stays
in memory as it was. On the portal, a hundred pages after a reporter had left, four copies of her
text were there, three of the receipt code, one of the mailbox's seed. With what is here there is
none, a second after she left (tests/e2e/test_attack_memory.py). The console is served so, too.
"""

import gc
import time
from collections.abc import Mapping
from threading import Event, Thread
from types import MappingProxyType

WIPING: Mapping[str, str] = MappingProxyType(
    {
        # Every object by the C library's allocator, which can overwrite what is freed; Python's own
        # cannot.
        "PYTHONMALLOC": "malloc",
        # Overwrite, and keep no pieces aside for a thread: those would be left as they are.
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165",
    }
)
"""For the environment of a server, before it starts: 12 to 15 % more processor time for a page.
Another C library than GNU's leaves the second one alone, and nothing is overwritten."""

PAUSE = 1.0  # seconds; looking for cycles takes some 10 ms of a worker


class Forgetting:
    """Looks for what is in cycles (forms, failures) a second after a request, and not before."""

    def __init__(self) -> None:
        self._asked = Event()

    def start(self) -> None:
        """From now on, in a thread of its own. What the program needs for good is left out."""
        gc.collect()
        gc.freeze()
        Thread(target=self._work, name="forgetting", daemon=True).start()

    def soon(self) -> None:
        """A request was answered."""
        self._asked.set()

    def _work(self) -> None:
        while self._asked.wait():
            time.sleep(PAUSE)
            self._asked.clear()
            gc.collect()
