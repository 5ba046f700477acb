"""How much is measured: enough to trust, or just enough to see that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Repetitions and sizes of every benchmark."""

    rounds: int
    turn_seconds: float
    derivations: int
    submissions: int  # per client count
    clients: tuple[int, ...]
    workers: tuple[int, ...]
    requests: int
    commits: int
    connections: int  # of fifty requests each, to see what a worker keeps of them
    form_pages: int
    inbox_cases: tuple[int, ...]
    inbox_requests: int
    steps: int  # of a case with a long history
    file_mib: int
    file_visits: int
    senders: int  # at once
    small_files: int  # of one form
    recovered_cases: int
    pool_cases: int
    taken_cases: int


FULL = Scale(
    rounds=9,
    turn_seconds=0.25,
    derivations=25,
    submissions=240,
    clients=(1, 8, 64),
    workers=(1, 2),
    requests=1500,
    commits=400,
    connections=2000,
    form_pages=3000,
    inbox_cases=(1_000, 100_000),
    inbox_requests=15,
    steps=50,
    file_mib=1024,
    file_visits=3,
    senders=8,
    small_files=1000,
    recovered_cases=10_000,
    pool_cases=10_000,
    taken_cases=1_000,
)

QUICK = Scale(
    rounds=1,
    turn_seconds=0.02,
    derivations=2,
    submissions=4,
    clients=(1, 2),
    workers=(1,),
    requests=20,
    commits=5,
    connections=10,
    form_pages=10,
    inbox_cases=(20, 120),
    inbox_requests=2,
    steps=10,
    file_mib=2,
    file_visits=1,
    senders=2,
    small_files=5,
    recovered_cases=12,
    pool_cases=12,
    taken_cases=4,
)
