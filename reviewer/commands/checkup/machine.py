"""What only the machine knows: whether memory can end up on a disk, whether the clock is right."""

import ctypes
import resource
from pathlib import Path

from flask_babel import gettext as _

from reviewer.commands.checkup.finding import Finding

PROC = Path("/proc")
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
# Compressed memory is no disk.
_IN_MEMORY = "/dev/zram"
_SIZE_OF_TIMEX = 208


def swap(proc: Path = PROC) -> list[Finding]:
    """Disks that memory is written to."""
    lines = _lines(proc / "swaps")[1:]
    names = [line.split()[0] for line in lines if not line.startswith(_IN_MEMORY)]
    if not names:
        return []
    what = _("swap is on: %(names)s", names=", ".join(names))
    advice = _(
        "Words that people sent could be written there in clear. The services of deploy/systemd "
        "never use it (MemorySwapMax=0); commands and other programs do. Switch it off "
        "(swapoff -a, and its line in /etc/fstab), or encrypt it with a key that ends with the "
        "machine."
    )
    return [Finding(what, advice)]


def core_dumps(proc: Path = PROC, limit: int | None = None) -> list[Finding]:
    """Whether a program that crashes leaves its memory on a disk.

    Args:
        limit: of a core file, in bytes; default: that of this process.
    """
    kernel = proc / "sys" / "kernel" / "core_pattern"
    pattern = "".join(_lines(kernel)[:1]).strip()
    allowed = resource.getrlimit(resource.RLIMIT_CORE)[0] if limit is None else limit
    found = []
    if pattern.startswith("|") and not pattern.startswith("|/bin/false"):
        what = _("crashing programs are handed to %(program)s", program=pattern[1:].split()[0])
        found.append(Finding(what, _no_core_files()))
    elif pattern and allowed != 0 and not pattern.startswith("|"):
        what = _("crashing programs write their memory to a file (%(pattern)s)", pattern=pattern)
        found.append(Finding(what, _no_core_files()))
    if "".join(_lines(proc / "sys" / "fs" / "suid_dumpable")[:1]).strip() not in ("0", ""):
        what = _("programs that change their user write core files (fs.suid_dumpable)")
        found.append(Finding(what, _no_core_files()))
    return found


def _no_core_files() -> str:
    return _(
        "Portal and console forbid it for themselves; a command that holds keys, the proxy and the "
        "database do not. Put kernel.core_pattern=|/bin/false and fs.suid_dumpable=0 into "
        "/etc/sysctl.d/zegel.conf, then run: sysctl --system"
    )


def clock(state: int | None = None) -> list[Finding]:
    """Whether the clock follows the right time.

    Args:
        state: what adjtimex(2) answers; default: asked of the kernel.
    """
    if (_clock_state() if state is None else state) != _TIME_ERROR:
        return []
    advice = _(
        "Terms are counted in days, one-time codes last half a minute, and signatures are dated. "
        "Install systemd-timesyncd or chrony, and look whether it reaches a server."
    )
    return [Finding(_("the clock is not synchronised"), advice)]


def _clock_state() -> int:
    # Reads only: the field that says what to change is 0.
    return int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_SIZE_OF_TIMEX)))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []  # another system than Linux, or a sandbox that hides it
