"""The bounded queue before Argon2id."""

from threading import Barrier, Event, Thread

import pytest

from web.kdf_gate import Busy, KdfGate, Lane


def _hold(gate: KdfGate, inside: Barrier, leave: Event) -> Thread:
    def run() -> None:
        with gate.place():
            inside.wait()
            leave.wait()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_no_more_than_the_slots_run_at_once() -> None:
    gate = KdfGate(slots=2, waiting=0, wait_seconds=5)
    inside, leave = Barrier(3), Event()
    holders = [_hold(gate, inside, leave) for _ in range(2)]
    inside.wait()

    with pytest.raises(Busy), gate.place():
        pass

    leave.set()
    for holder in holders:
        holder.join()
    with gate.place():
        pass


def test_whoever_waits_too_long_is_told_so_and_frees_the_queue() -> None:
    gate = KdfGate(slots=1, waiting=1, wait_seconds=0.01)
    inside, leave = Barrier(2), Event()
    holder = _hold(gate, inside, leave)
    inside.wait()

    for _ in range(3):
        with pytest.raises(Busy), gate.place():
            pass

    leave.set()
    holder.join()
    with gate.place():
        pass


def test_a_waiting_person_gets_the_place_that_becomes_free() -> None:
    gate = KdfGate(slots=1, waiting=1, wait_seconds=30)
    inside, leave, got_in = Barrier(2), Event(), Event()
    holder = _hold(gate, inside, leave)
    inside.wait()

    def wait_for_a_place() -> None:
        with gate.place():
            got_in.set()

    waiting = Thread(target=wait_for_a_place)
    waiting.start()
    leave.set()
    waiting.join(timeout=30)

    holder.join()
    assert got_in.is_set()


def test_a_failure_inside_gives_the_place_back() -> None:
    gate = KdfGate(slots=1, waiting=0, wait_seconds=0.01)
    with pytest.raises(ValueError, match="inside"), gate.place():
        raise ValueError("inside")
    with gate.place():
        pass


def test_who_waited_does_not_stand_behind_the_crowd() -> None:
    gate = KdfGate(slots=1, waiting=2, wait_seconds=30)
    inside, leave = Barrier(2), Event()
    holder = _hold(gate, inside, leave)
    inside.wait()
    came: list[Lane] = []
    crowd = [_queue(gate, Lane.NEW, came) for _ in range(2)]
    with pytest.raises(Busy), gate.place(Lane.NEW):
        pass

    returning = _queue(gate, Lane.WAITED, came)
    leave.set()
    for thread in (holder, *crowd, returning):
        thread.join()

    assert came == [Lane.WAITED, Lane.NEW, Lane.NEW]


def _queue(gate: KdfGate, lane: Lane, came: list[Lane]) -> Thread:
    def run() -> None:
        with gate.place(lane):
            came.append(lane)

    waiting = gate.waiting(lane)
    thread = Thread(target=run)
    thread.start()
    while gate.waiting(lane) == waiting:
        Event().wait(0.001)
    return thread
