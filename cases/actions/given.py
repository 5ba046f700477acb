"""To whom a case was given, by its sealed history.

The rows of the grants stand in the open. Whoever writes to the database can add one that opens
nothing, and would get a real one with the next key of the case if the rows were believed.
"""

from collections.abc import Iterable

from cases.actions.reading import HistoryEntry
from cases.domain.contents import Assignment

_TO_A_COLLEAGUE = frozenset({Assignment.SHARE, Assignment.HAND_OVER})


def given_to(history: Iterable[HistoryEntry]) -> frozenset[bytes]:
    """The ids of everybody who took the case, or was given it, and did not give it back."""
    people: set[bytes] = set()
    for entry in history:
        if entry.action is Assignment.TAKE:
            people.add(entry.actor_id)
        elif entry.action in _TO_A_COLLEAGUE:
            people.add(entry.with_whom_id)
        elif entry.action is Assignment.GIVE_BACK:
            people.discard(entry.actor_id)
    return frozenset(people)


def waits_for_anybody(history: Iterable[HistoryEntry]) -> bool:
    """Whether the case is in the intake pool: nobody took it, or somebody gave it back since."""
    moves = [
        entry.action for entry in history if entry.action in (Assignment.TAKE, Assignment.GIVE_BACK)
    ]
    return not moves or moves[-1] is Assignment.GIVE_BACK
