"""A change of the intake key whose every command is killed, once at every point that matters.

    python -m tests.support.crashing_rotation HOME

The commands are those of the how-to: `keys rotate`, two times `roster sign`, `keys rotate`. For
n = 1, 2, 3 and so on a child process runs one, and sends itself SIGKILL at its n-th point: just
before a commit, or before a file gets its name. The child that lives goes on with what the ones
before it left, and ends the command's turn. After each child the program looks how many cases the
pool opens. It prints one line of JSON per child.
"""

import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from cases.actions.inbox import open_inbox
from cases.models import CaseGrant, IntakeGrant
from cases.queries.inbox import InboxView
from tests.support.intake_keys import with_keys_of_now
from tests.support.office import Office
from tests.support.rosters import two_signers_at
from tests.support.scenes import scene
from tests.support.typed import forget_the_code, signing_in, zegel
from web.clock import office_day

MOST_POINTS = 60
ROTATE = ("keys", "rotate", "--as", "ingrid", "--overlap", "0")


@dataclass(frozen=True)
class Command:
    """What somebody types: the words of a command, what it asks first, and who signs in."""

    words: Sequence[str]
    login: str
    first: str = ""


def main() -> None:
    """Kill each command until it lives."""
    home = Path(sys.argv[1])
    office = _office(home)
    said = _until_it_lives(office, Command(ROTATE, "ingrid", "y\n"))
    found = re.search(r"the proposal is in (\S+)", said)
    if not found:
        raise SystemExit(said)
    for signer in ("ada", "bo"):
        words = ("roster", "sign", found[1], "--as", signer)
        _until_it_lives(office, Command(words, signer, "y\n"))
    _until_it_lives(office, Command(ROTATE, "ingrid"))


def _office(home: Path) -> Office:
    office = two_signers_at(home)
    for login in ("ada", "bo", "ingrid", "hilde"):
        office.signed_in(login)
    for _ in range(2):
        scene(office)
    # No connection may be open in two processes.
    office.database.close()
    return office


def _until_it_lives(office: Office, command: Command) -> str:
    for point in range(1, MOST_POINTS):
        forget_the_code(office, command.login)
        office.database.close()
        killed = _run_child(office, command, point)
        line = {"command": command.words[1], "killed": killed, **_state(office)}
        print(json.dumps(line))
        if not killed:
            return _said(office).read_text()
    raise SystemExit("no child lived")


def _run_child(office: Office, command: Command, point: int) -> bool:
    child = os.fork()
    if child == 0:
        _run_and_die(office, command, point)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.WEXITSTATUS(status):
        raise SystemExit("a child failed by itself")
    return False


def _run_and_die(office: Office, command: Command, point: int) -> None:
    left = point

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", count)
    names = {"os.link", "os.rename"}
    sys.addaudithook(lambda name, _: count() if name in names else None)
    typed = command.first + signing_in(office, command.login)
    done = zegel(office.home, *command.words, typed=typed)
    _said(office).write_text(done.output)


def _said(office: Office) -> Path:
    """What the child that lived had to say."""
    return office.home / "said"


def _state(office: Office) -> dict[str, object]:
    """What Ingrid opens now, and which intake keys are held and granted to."""
    keys, today = with_keys_of_now(office, "ingrid").keys, office_day(office.clock.now())
    with office.database.reading() as session:
        items = open_inbox(session, InboxView.ALL, keys, today).items
        pool = select(CaseGrant.key_id).where(CaseGrant.holder_kind == "intake")
        granted = [key.hex() for key in session.scalars(pool)]
        held = list(session.scalars(select(IntakeGrant.since)))
    office.database.close()
    opened = sum(item.sheet is not None for item in items)
    return {"opened": opened, "granted": granted, "held": sorted(held)}


if __name__ == "__main__":
    main()
