"""Opening a case whose history is long: every step is unsealed and read anew each time."""

from collections.abc import Iterator
from pathlib import Path

from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.scale import Scale
from bench.statements import Statements
from bench.timing import rates
from cases.domain.dossier import Recorded, fold
from cases.domain.flows import Action
from tests.support.office_home import office_home
from tests.support.scenes import Scene, scene
from tests.support.submissions import COMPLAINT

GROUP = "Opening a case (in process)"
BEGINNING = (
    Action.ACKNOWLEDGE,
    Action.CHECK_ADMISSIBILITY,
    Action.ACCEPT,
    Action.START_EXAMINATION,
)


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """A complaint at its examination, and one with many more steps, taking turns."""
    with office_home(folder / "office") as office:
        short, long = (scene(office, COMPLAINT) for _ in range(2))
        short.go(*BEGINNING)
        long.go(*BEGINNING, *[Action.ASSESS_NORM] * (scale.steps - len(BEGINNING)))
        steps = _recorded(long)
        _check_statements(short, long)
        measured = rates(
            {
                "short": lambda: _open(short),
                "long": lambda: _open(long),
                "folded": lambda: fold(steps),
            },
            rounds=scale.rounds,
            seconds=scale.turn_seconds,
        )
    yield from _figures({name: 1000 / rate for name, rate in measured.items()}, len(steps))


def _figures(milliseconds: dict[str, float], steps: int) -> Iterator[Figure]:
    few, many = f"a case of {len(BEGINNING)} steps", f"a case of {steps} steps"
    yield Figure(GROUP, f"{few}, opened", milliseconds["short"], "ms")
    opened = Beside(Kind.SAME_RUN, few, milliseconds["short"])
    yield Figure(GROUP, f"{many}, opened", milliseconds["long"], "ms", (opened,))
    whole = Beside(Kind.SAME_RUN, "opened as a whole", milliseconds["long"])
    yield Figure(GROUP, f"{many}, folded alone", milliseconds["folded"], "ms", (whole,))


def _open(opened: Scene) -> None:
    with opened.office.database.reading() as session:
        opened.open(session)


def _recorded(opened: Scene) -> list[Recorded]:
    with opened.office.database.reading() as session:
        history = opened.open(session).history
    return [
        Recorded(entry.day, entry.action, entry.actor_id, entry.details)
        for entry in history
        if isinstance(entry.action, Action)
    ]


def _check_statements(short: Scene, long: Scene) -> None:
    counts = [_statements(each) for each in (short, long)]
    if counts[0] != counts[1]:
        raise BenchFailed(
            f"opening a long case took {counts[1]} statements, a short one {counts[0]}"
        )


def _statements(opened: Scene) -> int:
    with Statements(opened.office.database) as asked:
        _open(opened)
    return asked.count
