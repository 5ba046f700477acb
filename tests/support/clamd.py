"""A virus scanner of the tests' own: a real clamd whose one signature is the EICAR test file."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Of eicar.org: harmless, and every scanner finds it. Put together here, so that none finds this.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND_AS = "Eicar-Test.UNOFFICIAL"
MIB = 1024 * 1024
# clamd reads files up to the first, and takes in streams up to the second.
LARGEST_READ = 1 * MIB
LARGEST_TAKEN = 2 * MIB
SECONDS = 30


@contextmanager
def clamd(folder: Path) -> Iterator[Path]:
    """The socket of a scanner that runs meanwhile; it keeps everything in this folder."""
    path = folder / "clamd.ctl"
    command = [_program(), "--config-file", str(_configured(folder, path))]
    with (folder / "output").open("wb") as output:
        daemon = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(path, daemon)
        yield path
    finally:
        daemon.kill()
        daemon.wait()


def _program() -> str:
    found = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    assert found, "clamd is not installed: tools/test-setup"
    return found


def _configured(folder: Path, path: Path) -> Path:
    signatures, waiting = folder / "signatures", folder / "waiting"
    signatures.mkdir()
    waiting.mkdir()
    (signatures / "test.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    configuration = folder / "clamd.conf"
    configuration.write_text(
        f"LocalSocket {path}\n"
        f"DatabaseDirectory {signatures}\n"
        f"TemporaryDirectory {waiting}\n"
        "Foreground yes\n"
        f"StreamMaxLength {LARGEST_TAKEN}\n"
        f"MaxFileSize {LARGEST_READ}\n"
        "AlertExceedsMax yes\n"
    )
    return configuration


def _wait(path: Path, daemon: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while not _answers(path):
        assert daemon.poll() is None, "clamd ended: its words are in `output`"
        assert time.monotonic() < deadline, "clamd does not listen"
        # Its socket is the only sign that it is ready.
        time.sleep(0.02)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True
