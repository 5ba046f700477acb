"""docs/reference/audit.md: what each tool said on the day it ran."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.audit.findings import Reason

HEAD = """# What tools that nobody here wrote say

Written by `make audit`; do not edit. Every tool is also run on faults that were planted
for it (`tools/audit/planted`, or a worse configuration): where it finds none of those, the run
fails. A finding in the product fails it too, unless its reason is written in
`tools/audit/accepted.toml`.

| tool | run on | what it looked at | planted, found | in the product | without a reason |
|---|---|---|---|---|---|
"""
LOOKED_AT = {
    "bandit": "the source, by bandit's rules as ruff has them",
    "semgrep": "the source, by rules of our own (`tools/audit/semgrep`)",
    "detect-secrets": "every file written by hand but the tests, whose secrets are invented",
    "wapiti": "portal and console as served, as a stranger and as two people of the office",
    "sqlmap": "forms that a stranger reaches, and the inbox as two people of the office",
    "sslyze": "TLS of `deploy/nginx.conf`, by Mozilla's intermediate profile",
    "observatory": "headers of the portal behind `deploy/nginx.conf`, by MDN's HTTP Observatory",
    "smuggling": "malformed requests of our own, through nginx and straight to the portal",
}
REASONS = """
## Accepted, and why

| tool | rule | where | why |
|---|---|---|---|
"""
NOT_RUN = """
## Not run
- **pip-audit**: without its feed it audits nothing and exits with success.
- **schemathesis**: every route is tried with and without each permission by
  `tests/integration/web/test_routes.py`; no tool of others goes over them.
"""


@dataclass(frozen=True)
class Row:
    """What one tool found.

    Attributes:
        day: when it ran.
        planted: how many of the planted faults it found.
        found: what it said of the product.
        faults: of these, what has no written reason, each in words.
        said: its own words in short.
    """

    tool: str
    day: str
    planted: int
    found: int
    faults: Sequence[str]
    said: str = ""

    @property
    def clean(self) -> bool:
        """It finds faults, and none here."""
        return self.planted > 0 and not self.faults

    def __str__(self) -> str:
        lines = [f"{self.tool}: {self.planted} planted, {self.found} found {self.said}".rstrip()]
        return "\n  ".join((*lines, *self.faults))


def keep(row: Row, folder: Path) -> None:
    """Put by what a tool found, until it runs again."""
    (folder / f"{row.tool}.json").write_text(json.dumps(asdict(row)))


def kept(tool: str, folder: Path) -> Row | None:
    """What a tool found when it last ran here; None: it never did."""
    path = folder / f"{tool}.json"
    return Row(**json.loads(path.read_text())) if path.exists() else None


def write(path: Path, rows: Sequence[Row], reasons: Iterable[Reason]) -> None:
    """Write the document."""
    table = "".join(
        f"| {row.tool} | {row.day} | {LOOKED_AT[row.tool]} | {row.planted} |"
        f" {row.said or row.found} | {len(row.faults)} |\n"
        for row in rows
    )
    accepted = "".join(
        f"| {each.tool} | {each.rule} | {f'`{each.place}`' if each.place else 'anywhere'} |"
        f" {each.reason} |\n"
        for each in reasons
    )
    ran = {row.tool for row in rows}
    never = "".join(f"- **{tool}**: not yet.\n" for tool in LOOKED_AT if tool not in ran)
    path.write_text(HEAD + table + REASONS + accepted + NOT_RUN + never)
