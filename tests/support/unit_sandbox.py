"""A program under the system calls and memory rules of a unit in deploy/systemd.

    python -m tests.support.unit_sandbox zegel-portal -- command ...

No systemd runs here that could start the unit itself. This reads `SystemCallFilter` from the unit
and from what lies over it, asks systemd what its groups of calls are, refuses every other call as
systemd would, forbids memory that is written and run (MemoryDenyWriteExecute), and becomes the
command.
"""

import ctypes
import errno
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from pyseccomp import ALLOW, ERRNO, Arch, SyscallFilter, resolve_syscall

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_MDWE = 65
_PR_MDWE_REFUSE_EXEC_GAIN = 1


def settings(unit: str, name: str) -> list[str]:
    """Every value of a setting, in the order in which systemd reads them."""
    found = []
    for path in (UNITS / f"{unit}.service", UNITS / "zegel-.service.d" / "sandbox.conf"):
        for line in path.read_text().splitlines():
            key, _, value = line.partition("=")
            if key == name:
                found.append(value)
    return found


def allowed_calls(unit: str) -> set[str]:
    """The names of the system calls that the unit lets through."""
    allowed: set[str] = set()
    for value in settings(unit, "SystemCallFilter"):
        calls = {call for word in value.removeprefix("~").split() for call in _calls(word)}
        allowed = allowed - calls if value.startswith("~") else allowed | calls
    return allowed


@cache
def _calls(word: str) -> frozenset[str]:
    if not word.startswith("@"):
        return frozenset({word})
    asked = ["systemd-analyze", "--no-pager", "syscall-filter", word]
    listed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    names = [line.strip() for line in listed.splitlines()[1:]]
    return frozenset(
        call for name in names if name and not name.startswith("#") for call in _calls(name)
    )


def words(unit: str) -> list[str]:
    """What to put before a command."""
    return [sys.executable, "-m", "tests.support.unit_sandbox", unit, "--"]


def _enter(unit: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((_PR_SET_NO_NEW_PRIVS, 1), (_PR_SET_MDWE, _PR_MDWE_REFUSE_EXEC_GAIN)):
        if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), f"prctl {option}")
    rules = SyscallFilter(ERRNO(errno.EPERM))
    for name in sorted(allowed_calls(unit)):
        # Some are unknown to some processors.
        if resolve_syscall(Arch.NATIVE, name) >= 0:
            rules.add_rule(ALLOW, name)
    rules.load()


if __name__ == "__main__":
    _enter(sys.argv[1])
    command = sys.argv[3:]
    os.execvp(command[0], command)  # noqa: S606 - no shell, the words of a test
