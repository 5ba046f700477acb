"""Write docs/reference/flows.md from the tables: `python -m tools.flows`.

A test compares the document with what this makes of the tables, so the two never part.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cases.domain.flows import (
    FINAL_STATE,
    FIRST_STATE,
    STARTED_AT_RECEIPT,
    Actor,
    ClockKind,
    Flow,
    Guard,
    Notice,
    Transition,
    transitions_of,
)
from cases.domain.reference import Period, ReferenceData, Unit, shipped

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "flows.md"

_INTRODUCTION = """# Flows

Made from `cases/domain/flows/` and `cases/data/periods.csv` by `python -m tools.flows`; a test
fails when this page and the tables differ.

Each row of a table is one action: from which states it can be taken and where it leads, who takes
it, what the file must hold before (`cases/domain/needs.py`), what must be written with it, whom it
is told, and which clocks it moves. An action without a target leaves the case where it is and adds
to its file. A step that the tables do not allow is refused with the code of the rule that says no.

Told: **person**, a message to whoever wrote to the office; **service**, a notice to the public
service or the employer; **service if contacted**, only where a question was sent to it before.
The diagrams show what moves a case; a step that nobody of the office takes says whose it is.
"""

_TOLD = {
    Notice.NEVER: "",
    Notice.IF_CONTACTED: "service if contacted",
    Notice.ALWAYS: "service",
}
_GUARDS = {
    Guard.AGAINST_THE_CHECK: "a reason, against the check of admissibility",
    Guard.AGAINST_THE_PROPOSAL: "a reason, against the proposal of the channel check",
}
_ACTORS = {Actor.REPORTER: "the person", Actor.SERVICE: "the service", Actor.TIME: "a day passes"}


def document() -> str:
    """The whole page."""
    rules = shipped()
    return "\n".join([_INTRODUCTION, *(_flow(flow, rules) for flow in Flow)])


def _flow(flow: Flow, rules: ReferenceData) -> str:
    rows = transitions_of(flow)
    return "\n".join(
        [
            f"## {flow.capitalize()}",
            "",
            *_diagram(rows),
            "",
            "### What moves a case",
            "",
            *_table([row for row in rows if row.target], moving=True),
            "",
            "### What adds to its file",
            "",
            *_table([row for row in rows if not row.target], moving=False),
            "",
            "### Clocks",
            "",
            f"On the day of receipt start: {_codes(STARTED_AT_RECEIPT[flow])}.",
            "",
            *_clocks(flow, rules),
            "",
        ]
    )


def _diagram(rows: Iterable[Transition]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {FIRST_STATE}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for state in row.sources if row.target else ():
            arrows.setdefault((state, str(row.target)), []).append(_label(row))
    for (source, target), labels in arrows.items():
        yield f"    {source} --> {target} : {', '.join(labels)}"
    yield f"    {FINAL_STATE} --> [*]"
    yield "```"


def _label(row: Transition) -> str:
    who = _ACTORS.get(row.actor)
    return f"{row.action} ({who})" if who else row.action


def _table(rows: Iterable[Transition], *, moving: bool) -> Iterator[str]:
    columns = ("action", "from", *(("to",) if moving else ()))
    columns += ("by", "needs", "carries", "told", "clocks", "source")
    yield _line(columns)
    yield "|" + "---|" * len(columns)
    for row in rows:
        target = (f"`{row.target}`",) if moving else ()
        yield _line(
            (
                f"`{row.action}`",
                _codes(row.sources),
                *target,
                _by(row),
                _codes(row.needs),
                "; ".join(_carried(row)),
                ", ".join(_told(row)),
                "; ".join(_moved(row)),
                row.source,
            )
        )


def _by(row: Transition) -> str:
    return _ACTORS.get(row.actor) or f"`{row.permission}`"


def _carried(row: Transition) -> Iterator[str]:
    if row.detail:
        yield f"`{row.detail}`"
    if row.reason_required:
        yield "a reason"
    if row.guard:
        yield _GUARDS[row.guard]
    if row.gives_reference:
        yield "gives the reference"


def _told(row: Transition) -> Iterator[str]:
    if row.message_required:
        yield "person"
    if row.notice is not Notice.NEVER:
        yield _TOLD[row.notice]


def _moved(row: Transition) -> Iterator[str]:
    for verb in ("starts", "stops", "suspends", "resumes", "extends"):
        kinds: tuple[ClockKind, ...] = getattr(row, verb)
        if kinds:
            yield f"{verb} {_codes(kinds)}"


def _clocks(flow: Flow, rules: ReferenceData) -> Iterator[str]:
    yield _line(("clock", "from", "runs for", "warns", "extended", "source", "certainty"))
    yield "|" + "---|" * 7
    for row in rules.periods:
        if row.flow is flow:
            period = row.period
            yield _line(
                (
                    f"`{row.clock}`",
                    row.valid_from.isoformat(),
                    _length(period.length, period.unit),
                    _alarms(period),
                    _length(*period.extended) if period.extended else "",
                    period.source,
                    period.certainty.value,
                )
            )


def _alarms(period: Period) -> str:
    return ", ".join(_alarm(days) for days in period.alarms)


def _alarm(days: int) -> str:
    if days == 0:
        return "on the last day"
    return f"{abs(days)} days {'before' if days < 0 else 'after'}"


def _length(length: int, unit: Unit) -> str:
    return f"{length} {unit.replace('_', ' ')}"


def _codes(codes: Iterable[str]) -> str:
    return " ".join(f"`{code}`" for code in codes)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
