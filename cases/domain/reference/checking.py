"""Whether changes may be kept: each row by itself, and all rows together afterwards."""

from collections.abc import Iterable

from cases.domain.reference.changes import Change, refusal_of, with_changes
from cases.domain.reference.invariants import Problem, problems
from cases.domain.reference.kinds import KINDS
from cases.domain.reference.known import Tables
from cases.reasons import RowProblem


def refused(tables: Tables, changes: Iterable[Change]) -> Problem | None:
    """The first thing that the changes would make wrong; None where they may be kept.

    What is wrong already does not stop a change: it may be the one that puts it right.
    """
    changes = tuple(changes)
    for change in changes:
        alone = refusal_of(change)
        if alone is not None:
            return Problem(change.kind, change.key, alone.problem, alone.column)
        if change.row is not None and KINDS[change.kind].key_of(change.row) != change.key:
            column = KINDS[change.kind].key[0]
            return Problem(change.kind, change.key, RowProblem.KEY_CHANGED, column)
    before = set(problems(tables))
    after = problems(with_changes(tables, changes))
    return next((found for found in after if found not in before), None)
