"""A crowd at the gate before Argon2id: the one place is taken, and the lane of newcomers is full.

Whoever has the place lets go of it once somebody waits in another lane, and not before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from web.kdf_gate import KdfGate, Lane
from web.settings import Limits

# For one derivation at a time, and one who waits in each lane.
ONE_EACH = Limits(derivations=1, derivations_waiting=1, derivation_wait_seconds=120.0)
_LOOKS_EVERY = 0.02  # seconds


def gather(gate: KdfGate, gone: Event) -> list[Thread]:
    """Let the crowd come; returns once it is there. `gone`: set when it is to leave anyway."""
    there = Event()
    holder = Thread(target=_hold, args=(gate, there, gone), daemon=True)
    holder.start()
    there.wait()
    newcomer = Thread(target=_come, args=(gate,), daemon=True)
    newcomer.start()
    while not gate.waiting(Lane.NEW):
        gone.wait(_LOOKS_EVERY)
    return [holder, newcomer]


@contextmanager
def crowd_at(gate: KdfGate) -> Iterator[None]:
    """The same until the block ends."""
    gone = Event()
    threads = gather(gate, gone)
    try:
        yield
    finally:
        gone.set()
        for thread in threads:
            thread.join()


def _hold(gate: KdfGate, there: Event, gone: Event) -> None:
    with gate.place():
        there.set()
        while not (gate.waiting(Lane.WAITED) or gate.waiting(Lane.WORKED) or gone.is_set()):
            gone.wait(_LOOKS_EVERY)


def _come(gate: KdfGate) -> None:
    with gate.place():
        pass
