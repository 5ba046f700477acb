"""A folder whose disk can be read below the files: what was deleted is still there."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.uploading import wait_until

SIZE = 1024 * 1024 * 1024  # bytes; what is not written takes none


@contextmanager
def raw_disk(image: Path, mount_point: Path) -> Iterator[bool]:
    """Mount a file system of its own on a folder; its image stays when the block ends.

    Gives False where this user may not mount: then it is a plain folder, and there is no image to
    read.
    """
    mount_point.mkdir(parents=True)
    with image.open("wb") as file:
        file.truncate(SIZE)
    quiet = ("-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1")
    subprocess.run([_program("mkfs.ext4"), *quiet, image], check=True)
    options = "loop,nodelalloc,noatime"
    if not _succeeds("mount", "-t", "ext4", "-o", options, str(image), str(mount_point)):
        yield False
        return
    try:
        yield True
    finally:
        # Processes that ended a moment ago let go of their files a moment later.
        wait_until(lambda: _succeeds("umount", str(mount_point)))


def write_through(mount_point: Path) -> None:
    """From now on every write goes to the disk at once.

    So a file that is deleted a moment later has left its bytes there too.
    """
    subprocess.run(["mount", "-o", "remount,sync", mount_point], check=True)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _program(name: str) -> str:
    # Debian keeps it off the PATH of everybody but root.
    found = [folder for folder in ("/usr/sbin", "/sbin") if os.access(f"{folder}/{name}", os.X_OK)]
    return f"{found[0]}/{name}" if found else name
