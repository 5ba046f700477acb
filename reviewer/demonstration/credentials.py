"""What a demonstration prints each time it starts: kept in one file of the office's folder.

A real office has no such file: nobody but each person knows a passphrase. Everything here is
made at random for each demonstration.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from reviewer.home import write_private


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Someone of the invented office. The invitation is kept until the first sign-in is done."""

    login: str
    name: str
    roles: tuple[str, ...]
    about: str
    passphrase: str = field(default="", repr=False)
    invitation: str = field(default="", repr=False)
    totp_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The invented people, and a receipt code that opens a mailbox with an answer.

    `complete` is False until everything was made; the next start then goes on.
    """

    people: tuple[DemonstrationPerson, ...]
    receipt_code: str = field(default="", repr=False)
    complete: bool = False

    def with_person(self, changed: DemonstrationPerson) -> "Demonstration":
        """The same demonstration with one person changed, found by login."""
        people = (changed if one.login == changed.login else one for one in self.people)
        return replace(self, people=tuple(people))


def file_of(home: Path) -> Path:
    """Where the credentials of a demonstration lie."""
    return home / "demonstration.json"


def read(home: Path) -> Demonstration | None:
    """The demonstration of this folder, or None where there is none that can be read."""
    try:
        kept = json.loads(file_of(home).read_text(encoding="utf-8"))
        people = tuple(
            DemonstrationPerson(**{**person, "roles": tuple(person["roles"])})
            for person in kept["people"]
        )
        return Demonstration(people, str(kept["receipt_code"]), bool(kept["complete"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write(home: Path, demonstration: Demonstration) -> None:
    """Keep the demonstration's credentials, readable by this user only."""
    kept = json.dumps(asdict(demonstration), ensure_ascii=False, indent=1)
    write_private(file_of(home), kept.encode())
