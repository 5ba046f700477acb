"""The tools that read the source: bandit's rules, semgrep with rules of our own, detect-secrets."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tools.audit.findings import Finding
from tools.audit.programs import HERE, ROOT, NotRun, run

# What the tools write: JSON of their own.
Report = dict[str, Any]

PACKAGES = ("crypto", "inspection", "cases", "web", "portal", "reviewer")
PLANTED = HERE / "planted"
RULES = HERE / "semgrep"
# Made by other programs, or full of digests that are public: locks, catalogues, what is planted.
UNREAD = ("web/translations/", "requirements", "tools/audit/", "tools/lighthouse/", "tests/")


def bandit(places: Sequence[str]) -> list[Finding]:
    """bandit's rules as ruff has them, without the exceptions that lines make for themselves."""
    words = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa"]
    words += ["--select", "S", "--output-format", "json", "--exit-zero", *places]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [
        Finding("bandit", each["code"], _relative(each["filename"]))
        for each in json.loads(done.stdout)
    ]


def semgrep(places: Sequence[str]) -> list[Finding]:
    """The rules of tools/audit/semgrep."""
    words = ["semgrep", "scan", "--metrics", "off", "--disable-version-check", "--quiet", "--json"]
    done = run("semgrep", [*words, "--no-git-ignore", "--config", str(RULES), *places])
    report = _json("semgrep", done.stdout, done.stderr)
    if report["errors"]:
        raise NotRun(f"semgrep: {report['errors'][0]['message']}")
    return [
        Finding("semgrep", each["check_id"].rpartition(".")[2], each["path"])
        for each in report["results"]
    ]


def detect_secrets(places: Sequence[str]) -> list[Finding]:
    """What looks like a password, a token or a private key."""
    done = run("detect-secrets", ["detect-secrets", "scan", "--force-use-all-plugins", *places])
    report = _json("detect-secrets", done.stdout, done.stderr)
    return [
        Finding("detect-secrets", each["type"], path)
        for path, found in report["results"].items()
        for each in found
    ]


def planted_rules() -> set[str]:
    """The names of our own rules: what semgrep must find in what is planted."""
    lines = (RULES / "rules.yml").read_text().splitlines()
    return {line.removeprefix("  - id: ") for line in lines if line.startswith("  - id: ")}


def kept_files() -> list[str]:
    """Every file of the repository that people write by hand, but the tests' invented secrets."""
    words = ["git", "ls-files", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [name for name in _named(listed.stdout.split("\0")) if (ROOT / name).is_file()]


def _named(names: Iterable[str]) -> list[str]:
    return [name for name in names if name and not name.startswith(UNREAD)]


def _relative(path: str) -> str:
    return str(Path(path).relative_to(ROOT))


def _json(tool: str, text: str, said: str) -> Report:
    try:
        found: Report = json.loads(text)
    except ValueError:
        raise NotRun(f"{tool}: {said.strip() or 'said nothing'}") from None
    return found
