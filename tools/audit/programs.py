"""The tools: each in an environment of its own, from a lock of its own with hashes.

They want other versions of the same packages than the product does, and than each other.
"""

import os
import subprocess
import venv
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCKS = HERE / "locks"
ENVIRONMENTS = ROOT / "var" / "audit"
# Published as source in part: the hashes hold, but code of the packages runs to install them.
FROM_SOURCE = {"wapiti", "sslyze"}
# A scanner that found nothing to do for so long has lost its way.
SECONDS = 540


class NotRun(Exception):
    """A tool could not be installed or did not finish; the text says why."""


def run(
    tool: str, words: Sequence[str], *, folder: Path = ROOT, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a tool in its environment.

    Args:
        tool: the name of its lock; the first of `words` is its program.
        words: the command.
        folder: where it runs.
        more: settings; it gets nothing of the caller's own.
    """
    binaries = _environment(tool) / "bin"
    # semgrep looks for its engine on the path; its home is a place that goes with the rest.
    variables = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(ENVIRONMENTS), **(more or {})}
    command = [str(binaries / words[0]), *words[1:]]
    try:
        return subprocess.run(  # noqa: S603 - our own words
            command, cwd=folder, env=variables, capture_output=True, text=True, timeout=SECONDS
        )
    except (subprocess.TimeoutExpired, OSError) as problem:
        raise NotRun(f"{tool}: {problem}") from problem


def _environment(tool: str) -> Path:
    """The tool's environment, made anew when its lock changed."""
    lock = LOCKS / f"{tool}.lock"
    place = ENVIRONMENTS / tool
    stamp = place / "lock-digest"
    digest = sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return place
    venv.create(place, clear=True, with_pip=True)
    command = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps"]
    command += ["--require-hashes", "--prefer-binary", "-r", str(lock)]
    command += [] if tool in FROM_SOURCE else ["--only-binary", ":all:"]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotRun(f"pip could not install {tool}: {done.stderr.strip().splitlines()[-1]}")
    stamp.write_text(digest)
    return place
