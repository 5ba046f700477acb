"""The office's folder: made with the right modes, checked before anything is written to it."""

import os
import secrets
from pathlib import Path

from web.settings import SECRET_KEY_BYTES, Audience

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def prepare_home(home: Path) -> None:
    """Make the folder with the keys of both applications where they are missing.

    Raises OSError when it cannot be written.
    """
    home.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    check_writable(home)
    folder = home / "secrets"
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    for audience in Audience:
        _make_key(folder / f"{audience}.key")


def check_writable(folder: Path) -> None:
    """Raises OSError when no file can be made in the folder."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        write_private(probe, b"")
    finally:
        probe.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only this user can read, whole or not at all. Raises OSError."""
    draft = path.with_name(path.name + ".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _make_key(path: Path) -> None:
    if not path.exists():
        write_private(path, secrets.token_bytes(SECRET_KEY_BYTES))
