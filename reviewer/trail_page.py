"""The trail as pages show it: which entries, in words, and where the list goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.domain.trail import TrailEvent
from cases.queries.staff import names_of_everyone
from cases.queries.trail import ListedEntry, Wanted, by_day_only, newest
from web.clock import OFFICE_ZONE
from web.database import db

PAGE = 50
# What waits for the end of its day is a day's work; more of it means that the jobs do not run.
_MOST_WAITING = 200


@dataclass(frozen=True)
class Row:
    """One entry in words; `at` and `who` are empty where only the day is known.

    `whom` is the colleague to whom it was done, empty where there is none.
    """

    position: int | None
    day: date
    at: datetime | None
    event: TrailEvent
    who: str
    whom: str
    case: str


@dataclass(frozen=True)
class TrailPage:
    """Entries, the newest first, and the place from which the next page goes on."""

    rows: tuple[Row, ...]
    waiting: tuple[Row, ...]
    next_before: int | None


def trail_page(wanted: Wanted, before: int | None) -> TrailPage:
    """One page of what is looked for; what is not in the chain yet stands on the first."""
    names = names_of_everyone(db())
    found = newest(db(), wanted, before, PAGE + 1)
    waiting = by_day_only(db(), wanted, _MOST_WAITING) if before is None else ()
    shown = found[:PAGE]
    goes_on = len(found) > PAGE
    return TrailPage(
        rows=_rows(shown, names),
        waiting=_rows(waiting, names),
        next_before=shown[-1].position if goes_on else None,
    )


def _rows(found: Sequence[ListedEntry], names: Mapping[bytes, str]) -> tuple[Row, ...]:
    return tuple(
        Row(
            position=each.position,
            day=each.entry.day,
            at=each.entry.at.astimezone(OFFICE_ZONE) if each.entry.at else None,
            event=TrailEvent(each.entry.event),
            who=names.get(each.entry.actor_id or b"", ""),
            whom=names.get(each.entry.subject_id or b"", ""),
            case=(each.entry.case_id or b"").hex(),
        )
        for each in found
    )
