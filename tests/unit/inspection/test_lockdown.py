"""A process that locked itself tries what it gave up, and says what came of it."""

import errno
import socket
import subprocess
import sys

import pytest

MIB = 1024 * 1024

# Tries everything in one process; each line: what, and the number of the error or "done".
TRIES = """
import ctypes, mmap, os, resource, socket, subprocess, sys, threading
from inspection import lockdown
libc = ctypes.CDLL(None, use_errno=True)
def call(function, *arguments):
    def attempt():
        if function(*arguments) < 0:
            raise OSError(ctypes.get_errno(), "")
    return attempt
TRIES = {
    "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write a file": lambda: os.open("/tmp/leak", os.O_WRONLY | os.O_CREAT),
    "look at a file": lambda: os.stat("/etc/passwd"),
    "list a folder": lambda: os.listdir("/"),
    "remove a file": lambda: os.unlink("/tmp/leak"),
    "keep a file in memory": lambda: os.memfd_create("x"),
    "connect": lambda: socket.socket(socket.AF_INET),
    "speak to a local service": lambda: socket.socket(socket.AF_UNIX),
    "make a pair of sockets": socket.socketpair,
    "open a pipe": os.pipe,
    "copy a descriptor": lambda: os.dup(0),
    "fork": os.fork,
    "start a program": lambda: subprocess.run(["/bin/true"]),
    "become a program": lambda: os.execv("/bin/true", ["true"]),
    "end its parent": lambda: os.kill(os.getppid(), 15),
    "trace itself": call(libc.ptrace, 0, 0, 0, 0),
    "run what it wrote": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC),
    "make memory executable": call(libc.mprotect, ctypes.c_void_p(page), 4096, 5),
    "raise its limits": lambda: resource.setrlimit(resource.RLIMIT_CPU, (99, 99)),
    "be dumped again": call(libc.prctl, 4, 1, 0, 0, 0),
    "leave its user namespace": call(libc.unshare, 0x10000000),
    "mount": call(libc.mount, b"none", b"/", b"tmpfs", 0, None),
    "allocate too much": lambda: bytearray(800 * 1024 * 1024),
    "compute": lambda: sum(range(1000)),
    "start a thread": lambda: threading.Thread(target=int).start(),
}
opened = os.open("/etc/passwd", os.O_RDONLY)
lockdown.lock(700 * 1024 * 1024, 10)
for name, attempt in TRIES.items():
    try:
        attempt()
        result = "done"
    except OSError as error:
        result = str(error.errno)
    except ValueError:
        # What Python makes of a refusal to change limits.
        result = "1"
    except MemoryError:
        result = "no memory"
    os.write(0, f"{name}: {result}\\n".encode())
try:
    os.read(opened, 1)
except OSError as error:
    os.write(0, f"an older descriptor: {error.errno}\\n".encode())
os.write(0, f"environment: {len(os.environ)}\\n".encode())
"""
# The address of a page of its own, for a try above.
PAGE = """
import ctypes, mmap
kept = mmap.mmap(-1, 4096)
page = ctypes.addressof(ctypes.c_char.from_buffer(kept))
"""
WITHOUT_FILTERS = """
import errno, os
from pyseccomp import ALLOW, EQ, ERRNO, Arg, SyscallFilter
from inspection import lockdown
refusing = SyscallFilter(ALLOW)
refusing.add_rule(ERRNO(errno.EINVAL), "seccomp")
refusing.add_rule(ERRNO(errno.EINVAL), "prctl", Arg(0, EQ, 22))
refusing.load()
try:
    lockdown.lock(1 << 30, 10)
    os.write(0, b"locked")
except OSError:
    os.write(0, b"refused")
"""
WITH_A_THREAD = """
import os, threading
from inspection import lockdown
threading.Thread(target=threading.Event().wait, daemon=True).start()
try:
    lockdown.lock(1 << 30, 10)
    os.write(0, b"locked")
except OSError:
    os.write(0, b"refused")
os._exit(0)
"""
DEATHS = """
import os, resource
from inspection import lockdown
lockdown.lock(1 << 30, 1)
while True:
    pass
"""
ALLOWED = {"compute", "start a thread"}
# Told by other means than a refusal.
OTHERWISE = {*ALLOWED, "allocate too much", "an older descriptor", "environment"}


def say(program: str) -> tuple[str, int]:
    """What a program writes to the socket on its descriptor 0, and how it ends."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen([sys.executable, "-c", program], stdin=theirs.fileno())
    theirs.close()
    said = b""
    while part := ours.recv(65536):
        said += part
    ours.close()
    return said.decode(), process.wait()


@pytest.fixture(scope="module")
def results() -> dict[str, str]:
    said, _ = say(PAGE + TRIES)
    return dict(line.split(": ") for line in said.splitlines())


def test_it_can_neither_reach_files_nor_the_network_nor_other_processes(
    results: dict[str, str],
) -> None:
    refused = str(errno.EPERM)

    wrong = {
        name: result
        for name, result in results.items()
        if result != refused and name not in OTHERWISE
    }

    assert wrong == {}
    assert len(results) > 20


def test_it_can_still_compute(results: dict[str, str]) -> None:
    assert {results[name] for name in ALLOWED} == {"done"}


def test_its_memory_ends_where_it_was_told(results: dict[str, str]) -> None:
    assert results["allocate too much"] == "no memory"


def test_it_knows_nothing_of_its_surroundings(results: dict[str, str]) -> None:
    assert results["environment"] == "0"
    assert results["an older descriptor"] == str(errno.EBADF)


def test_it_ends_when_its_time_is_used_up() -> None:
    _, ended = say(DEATHS)

    assert ended < 0


@pytest.mark.parametrize("program", [WITHOUT_FILTERS, WITH_A_THREAD])
def test_a_lock_that_does_not_hold_is_an_error(program: str) -> None:
    said, _ = say(program)

    assert said == "refused"
