"""The trail learns who opens a case, a file or the trail itself, before anything of it is shown.

From the address of the page, for every page of a case alike: one that somebody adds later is told
too. In a transaction of its own, so that a view that only reads stays one.
"""

from collections.abc import Iterator, Sequence

from flask import request

from cases.actions.openings import can_open, is_told, tell
from cases.actions.signed_in import SignedIn
from cases.domain.trail import TrailEvent
from web.services import services

_ID_BYTES = 16


def tell_of_case(by: SignedIn) -> None:
    """Tell that the person opens the case, and the file, that the request is about, if any."""
    case_id = _identified("case_id")
    if case_id is not None:
        _tell(tuple(_events()), by, case_id)


def tell_of_found(case_ids: Sequence[bytes], by: SignedIn) -> None:
    """Tell that the person reads words of these cases, which a search found."""
    here = services()
    now, event = here.now(), TrailEvent.CASE_OPENED
    with here.database.reading() as session:
        new = [each for each in case_ids if not is_told(session, event, by, now, each)]
    if new:
        with here.database.writing() as session:
            for each in new:
                tell(session, event, by, now, each)


def tell_of_trail(by: SignedIn) -> None:
    """Tell that the person reads the whole trail."""
    _tell((TrailEvent.TRAIL_READ,), by, None)


def _events() -> Iterator[TrailEvent]:
    yield TrailEvent.CASE_OPENED
    if _identified("file_id") is not None:
        yield TrailEvent.FILE_OPENED


def _tell(events: tuple[TrailEvent, ...], by: SignedIn, case_id: bytes | None) -> None:
    here = services()
    now = here.now()
    with here.database.reading() as session:
        new = [each for each in events if not is_told(session, each, by, now, case_id)]
        if not new or (case_id is not None and not can_open(session, case_id, by)):
            return
    with here.database.writing() as session:
        for each in new:
            tell(session, each, by, now, case_id)


def _identified(name: str) -> bytes | None:
    try:
        found = bytes.fromhex((request.view_args or {}).get(name, ""))
    except (TypeError, ValueError):
        return None  # the view answers as it does for what is not there
    return found if len(found) == _ID_BYTES else None
