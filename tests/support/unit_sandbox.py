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

from pyseccomp import ALLOW, ERRNO, MASKED_EQ, Arch, Arg, SyscallFilter, resolve_syscall

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
_PR_SET_NO_NEW_PRIVS = 38
_PROT_WRITE, _PROT_EXEC, _SHM_EXEC = 2, 4, 0o100000
_BOTH = _PROT_WRITE | _PROT_EXEC
# As systemd forbids it (MemoryDenyWriteExecute in systemd.exec(5)): which argument says what the
# memory is for, the bits of it that count, and the values that are allowed.
_MEMORY = {
    "mmap": (2, _BOTH, (0, _PROT_WRITE, _PROT_EXEC)),
    "mprotect": (2, _PROT_EXEC, (0,)),
    "pkey_mprotect": (2, _PROT_EXEC, (0,)),
    "shmat": (2, _SHM_EXEC, (0,)),
}


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
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    rules = SyscallFilter(ERRNO(errno.EPERM))
    for name in sorted(allowed_calls(unit) - _MEMORY.keys()):
        # Some are unknown to some processors.
        if resolve_syscall(Arch.NATIVE, name) >= 0:
            rules.add_rule(ALLOW, name)
    for name, (position, mask, allowed) in _MEMORY.items():
        for value in allowed:
            rules.add_rule(ALLOW, name, Arg(position, MASKED_EQ, mask, value))
    rules.load()


if __name__ == "__main__":
    _enter(sys.argv[1])
    command = sys.argv[3:]
    os.execvp(command[0], command)  # noqa: S606 - no shell, the words of a test
