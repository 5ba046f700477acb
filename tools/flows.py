"""Write docs/reference/flows.md from the table of transitions: `python -m tools.flows`.

A test compares the document with what this makes of the table, so the two never part.
"""

from pathlib import Path

from cases.domain.clocks import PERIODS, Period
from cases.domain.flows import FIRST_STATE, STARTED_AT_RECEIPT, Flow, Transition, transitions_of

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "flows.md"

_INTRODUCTION = """# Flows

Made from `cases/domain/flows.py` and `cases/domain/clocks.py` by `python -m tools.flows`; a test
fails when this page and the tables differ. A row says from where an action starts and where it
ends, what it needs, and which clocks it starts and stops. Every step is refused with its reason
where the table does not allow it.
"""


def document() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *(_flow(flow) for flow in (Flow.REPORT, Flow.COMPLAINT))])


def _flow(flow: Flow) -> str:
    rows = [_row(transition) for transition in transitions_of(flow)]
    started = ", ".join(f"`{clock}`" for clock in STARTED_AT_RECEIPT[flow])
    return "\n".join(
        [
            f"## {flow.capitalize()}",
            "",
            f"Begins in `{FIRST_STATE}`; clocks that start on that day: {started}.",
            "",
            "| action | from | to | needs | starts | stops |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "| clock | runs for |",
            "|---|---|",
            *(
                f"| `{clock}` | {_length(period)} |"
                for (of, clock), period in PERIODS.items()
                if of is flow
            ),
            "",
        ]
    )


def _row(row: Transition) -> str:
    cells = (
        f"`{row.action}`",
        " ".join(f"`{state}`" for state in row.sources),
        f"`{row.target}`",
        _needs(row),
        " ".join(f"`{clock}`" for clock in row.starts),
        " ".join(f"`{clock}`" for clock in row.stops),
    )
    return "| " + " | ".join(cells) + " |"


def _needs(row: Transition) -> str:
    needs = [f"permission `{row.permission}`"]
    if row.message_required:
        needs.append("a message to the person")
    if row.reason_required:
        needs.append("a written reason")
    if row.guard is not None:
        needs.append(f"a written reason where `{row.guard}` says so")
    return ", ".join(needs)


def _length(period: Period) -> str:
    return f"{period.length} {period.unit.replace('_', ' ')}"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
