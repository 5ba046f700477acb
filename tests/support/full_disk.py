"""A folder on which only a few megabytes fit."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPACE = 12_000_000  # bytes
NO_ROOM = r"No space left on device|File too large"


@contextmanager
def small_disk(mount_point: Path) -> Iterator[Path]:
    """A file system of its own where this user may mount one; else no file may grow larger."""
    mount_point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SPACE}", "none", str(mount_point)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield mount_point
        finally:
            subprocess.run(["umount", mount_point], check=True)
        return
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python ignores SIGXFSZ, so that a write fails as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (SPACE, usual[1]))
    try:
        yield mount_point
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
