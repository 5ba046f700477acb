"""What somebody looks for in the trail, from the address of the page and back into one."""

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from cases.domain.trail import TrailEvent
from cases.queries.trail import Wanted

FIRST, LAST, EVENT, PERSON, CASE = "from", "to", "event", "person", "case"
_NAMES = (FIRST, LAST, EVENT, PERSON, CASE)
_ID_DIGITS = 32


@dataclass(frozen=True)
class Filter:
    """What was typed, and what it asks for; None where something of it cannot be read."""

    typed: dict[str, str]
    wanted: Wanted | None

    @property
    def given(self) -> dict[str, str]:
        """What was filled in, for an address that asks for the same."""
        return {name: value for name, value in self.typed.items() if value}

    @property
    def shown(self) -> dict[str, str]:
        """What the form shows again; a field for a day can show nothing but a day."""
        days = {name: _shown_day(self.typed[name]) for name in (FIRST, LAST)}
        return {**self.typed, **days}


def filter_of(arguments: MultiDict[str, str]) -> Filter:
    """The filter that an address asks for."""
    typed = {name: arguments.get(name, "").strip() for name in _NAMES}
    try:
        return Filter(typed, _wanted(typed))
    except ValueError:
        return Filter(typed, None)


def _wanted(typed: dict[str, str]) -> Wanted:
    return Wanted(
        first_day=_day(typed[FIRST]),
        last_day=_day(typed[LAST]),
        event=TrailEvent(typed[EVENT]) if typed[EVENT] else None,
        person=_id(typed[PERSON]),
        case_id=_id(typed[CASE]),
    )


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed) if typed else None


def _shown_day(typed: str) -> str:
    try:
        day = _day(typed)
    except ValueError:
        return ""
    return day.isoformat() if day else ""


def _id(typed: str) -> bytes | None:
    if not typed:
        return None
    if len(typed) != _ID_DIGITS:
        raise ValueError("an id has 32 hexadecimal digits")
    return bytes.fromhex(typed)
