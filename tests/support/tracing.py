"""What a process and all its children write, seen from outside by strace.

    with Tracer(folder, needles) as tracer:
        with serve(PORTAL, home, logs, tracer=tracer.command) as portal:
            ...
    assert tracer.seen.leaks == set()

The tracer reads every buffer that goes to anything but a socket. It is blind where bytes reach a
file without passing a call with a buffer: those calls are noted by name (`Seen.unread`), to be
compared with a list of what is known and harmless.
"""

import codecs
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from tests.support.leaks import Needles

# What carries a buffer to a descriptor.
_WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2")
# What moves bytes that never pass through a buffer of a call.
_MOVES = ("sendfile", "splice", "tee", "vmsplice", "copy_file_range")
_OTHERS = ("mmap", "io_uring_setup", "memfd_create", "connect")
_OPENS = ("open", "openat", "openat2", "creat")
_CALLS = ",".join(f"?{name}" for name in (*_WRITES, *_MOVES, *_OTHERS, *_OPENS))
_LONGEST = 64 * 1024 * 1024  # of a buffer; more than anything writes at once

_CALL = re.compile(rb"^\d+ +(\w+)\(")
_WRITTEN = re.compile(rb"^\d+ +\w+\((\d+)<([^>]*)>")
_TO_WRITE = re.compile(rb"O_WRONLY|O_RDWR|O_TMPFILE|O_CREAT|^\d+ +creat\(")
_OPENED = re.compile(rb"\) += \d+<([^>]*)>(\(deleted\))?$")
_SHARED = re.compile(rb"PROT_WRITE\S*, MAP_SHARED\S*, \d+<([^>]*)>")
_UNIX = re.compile(rb'sa_family=AF_UNIX, sun_path=(@?"[^"]*")')
_FILES = re.compile(rb"\d+<([^>]*)>")


@dataclass
class Seen:
    """What the traced processes did.

    Attributes:
        leaks: the files, pipes and the like to which a mark was written, each with the call.
        opened: every file that was opened for writing.
        unread: what could carry bytes unseen: shared writable maps of files, moves between
            descriptors, memory files, io_uring.
        talked_to: the unix sockets that were connected to.
        buffers: how many buffers were read, sockets left out.
    """

    leaks: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    talked_to: set[str] = field(default_factory=set)
    buffers: int = 0

    def add(self, other: "Seen") -> None:
        """What was seen in another trace, too."""
        self.leaks |= other.leaks
        self.opened |= other.opened
        self.unread |= other.unread
        self.talked_to |= other.talked_to
        self.buffers += other.buffers


class Tracer:
    """Words to put before a command, and what was seen once the command has ended.

    The command stays the child of whoever starts it (`strace -D`), so signals reach it.

    Args:
        folder: gets a named pipe.
        needles: what no buffer may hold.
    """

    def __init__(self, folder: Path, needles: Needles) -> None:
        self.seen = Seen()
        self._needles = needles
        self._pipe = folder / f"trace-{id(self):x}"
        self._opening: dict[bytes, bool] = {}
        self._reader = Thread(target=self._read)
        self._failure: BaseException | None = None

    @property
    def command(self) -> tuple[str, ...]:
        """What to put before the words of the command."""
        options = ("-D", "-f", "-y", "--seccomp-bpf", "-s", str(_LONGEST), "-e", "signal=none")
        return (*_privilege(), "strace", *options, "-e", f"trace={_CALLS}", "-o", str(self._pipe))

    def __enter__(self) -> Self:
        os.mkfifo(self._pipe)
        self._reader.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            # Should strace never have begun, the reader still waits for somebody to write.
            os.close(os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK))
        self._reader.join()
        self._pipe.unlink()
        if self._failure is not None:
            raise self._failure

    def _read(self) -> None:
        try:
            with self._pipe.open("rb") as lines:
                for line in lines:
                    self._look_at(line)
        except BaseException as failure:  # noqa: BLE001 - raised again where the test waits
            self._failure = failure

    def _look_at(self, line: bytes) -> None:
        called = _CALL.match(line)
        name = called.group(1).decode() if called else ""
        if name in _WRITES:
            self._look_at_write(name, line)
        elif name in _OPENS or b" resumed>" in line:
            self._look_at_open(line)
        elif name == "connect":
            self.seen.talked_to |= {path.decode() for path in _UNIX.findall(line)}
        elif name in _MOVES:
            files = [file for file in _FILES.findall(line) if not _is_socket(file)]
            self.seen.unread |= {f"{name} {file.decode()}" for file in files}
        elif name == "mmap":
            self.seen.unread |= {f"mmap {file.decode()}" for file in _SHARED.findall(line)}
        elif name in ("io_uring_setup", "memfd_create"):
            self.seen.unread.add(name)

    def _look_at_write(self, name: str, line: bytes) -> None:
        target = _WRITTEN.match(line)
        if target and _is_socket(target.group(2)):
            return
        if target is None or b'"' not in line:
            # An address instead of a text: nothing is passed by because it could not be read.
            self.seen.leaks.add(f"not understood: {line[:80]!r}")
            return
        self.seen.buffers += 1
        content, _ = codecs.escape_decode(line)
        if self._needles.found_in(content):
            self.seen.leaks.add(f"{name} {target.group(2).decode()}")

    def _look_at_open(self, line: bytes) -> None:
        process = line.partition(b" ")[0]
        if line.rstrip().endswith(b"<unfinished ...>"):
            self._opening[process] = bool(_TO_WRITE.search(line))
            return
        resumed = b" resumed>" in line
        to_write = self._opening.pop(process, False) if resumed else bool(_TO_WRITE.search(line))
        opened = _OPENED.search(line.rstrip())
        if to_write and opened:
            self.seen.opened.add(opened.group(1).decode())


def _is_socket(file: bytes) -> bool:
    return file.startswith(b"socket:")


def _privilege() -> tuple[str, ...]:
    # The servers are not dumpable: only root may read their memory, be it of a namespace.
    if os.geteuid() == 0:
        return ()
    unshare = shutil.which("unshare")
    assert unshare, "the tracer needs unshare (util-linux), or root"
    return (unshare, "--map-root-user")
