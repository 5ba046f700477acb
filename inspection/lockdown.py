"""A process gives up, for good, whatever reading a file does not need.

Every right that is left is listed here. What a hostile file could still do when it has taken over
a library: use this process's memory and its limited time, and answer wrongly over the one socket.
Source: seccomp(2), prctl(2), setrlimit(2).
"""

import ctypes
import errno
import os
import resource
from contextlib import suppress

from pyseccomp import ALLOW, ERRNO, MASKED_EQ, Arch, Arg, SyscallFilter, resolve_syscall

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PROT_EXEC = 4

# Nothing here names a file, a network, another process or a program.
_ALLOWED = (
    # The socket, and no other descriptor: none is open and none can be opened.
    "read", "write", "readv", "writev", "close", "lseek",
    # Memory, never executable (below).
    "brk", "munmap", "mremap", "madvise",
    # Signals to oneself by faults, waiting for one's own locks, ending.
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall",
    "futex", "sched_yield", "exit", "exit_group",
    # The clock, chance, who and where am I.
    "clock_gettime", "clock_getres", "gettimeofday", "time", "getrandom", "getrusage", "times",
    "getpid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getcpu", "sched_getaffinity",
    "sysinfo", "uname",
)  # fmt: skip
_THREADS = ("set_robust_list", "rseq")
# A thread shares everything with its process; a bit of it missing, or another one, and the call
# would make a process. The bits of thread-local storage and of tidying up do not matter.
_THREAD_BITS = 0x10F00  # CLONE_VM, CLONE_FS, CLONE_FILES, CLONE_SIGHAND, CLONE_THREAD
_FREE_BITS = 0x3D0F00 & ~_THREAD_BITS | 0x400000
_ALL_BITS = (1 << 64) - 1
# Third argument: what may be done with the memory.
_MEMORY_BY_PROTECTION = ("mmap", "mprotect")


def lock(memory: int, cpu_seconds: int) -> None:
    """Locks this process, which must have one thread and have loaded all it will need.

    Args:
        memory: address space it may have, in bytes.
        cpu_seconds: that it may compute, over its whole life.

    Raises:
        OSError: the machine refuses one of the locks. The caller must end itself.
    """
    if len(os.listdir("/proc/self/task")) != 1:
        raise OSError(errno.EBUSY, "a second thread would stay unlocked")
    os.environ.clear()
    _close_all_but_the_socket()
    _leave_the_network()
    _limit(memory, cpu_seconds)
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _filter().load()


def _close_all_but_the_socket() -> None:
    """Standard output and error stay, on the null device."""
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        if descriptor > 2:
            # The one that listed them is closed already.
            with suppress(OSError):
                os.close(descriptor)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


def _leave_the_network() -> None:
    """A second wall where the kernel allows it; the filter alone already refuses every socket."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _limit(memory: int, cpu_seconds: int) -> None:
    # No limit of processes: the filter refuses them, and the limit counts those of all the user's
    # programs and the threads that HEIC's decoder needs.
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    # The first ends it with a signal that tells why, the second whatever it does about that.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def _filter() -> SyscallFilter:
    """Refuses, as not permitted, every system call that is not listed."""
    rules = SyscallFilter(ERRNO(errno.EPERM))
    for name in (*_ALLOWED, *_THREADS):
        # Some are unknown to some processors.
        if resolve_syscall(Arch.NATIVE, name) >= 0:
            rules.add_rule(ALLOW, name)
    for name in _MEMORY_BY_PROTECTION:
        rules.add_rule(ALLOW, name, Arg(2, MASKED_EQ, _PROT_EXEC, 0))
    # The C library then falls back to clone, whose bits a filter can see.
    rules.add_rule(ERRNO(errno.ENOSYS), "clone3")
    rules.add_rule(ALLOW, "clone", Arg(0, MASKED_EQ, _ALL_BITS & ~_FREE_BITS, _THREAD_BITS))
    return rules
