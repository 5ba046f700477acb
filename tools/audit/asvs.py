"""Make docs/reference/asvs.md from tools/audit/asvs.csv: `python -m tools.audit.asvs`.

A row is met only where it names a test; what nobody has shown is not met, whatever we think of it.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("asvs.csv")
DOCUMENT = ROOT / "docs" / "reference" / "asvs.md"
# Evidence that is no test of pytest's.
AUDIT = "make audit"

HEAD = """# OWASP ASVS 5.0, requirement by requirement

Made from `tools/audit/asvs.csv` by `python -m tools.audit.asvs`; do not edit. The requirements are
in our own words; the numbers are the standard's. **met** names the tests that show it, or the tool
of `make audit` that does; a test of the suite checks that each exists. **waived** and **not
applicable** have their reason. **not met** also is whatever may hold but no named test shows.

"""


class Verdict(StrEnum):
    """What we say of a requirement."""

    MET = "met"
    WAIVED = "waived"
    NOT_MET = "not met"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Requirement:
    """One row of the standard.

    Attributes:
        evidence: tests as `path::name`, below tests/, or a tool of `make audit`.
        note: why it is waived or not applicable, or what else is to be known.
    """

    number: str
    level: str
    chapter: str
    words: str
    verdict: Verdict
    evidence: tuple[str, ...]
    note: str


def requirements() -> tuple[Requirement, ...]:
    """Every row of the table."""
    with TABLE.open(newline="") as table:
        return tuple(
            Requirement(
                row["id"],
                row["level"],
                row["chapter"],
                row["requirement"],
                Verdict(row["verdict"]),
                _evidence(row["evidence"]),
                row["note"],
            )
            for row in csv.DictReader(table)
        )


def _evidence(words: str) -> tuple[str, ...]:
    return (words,) if words.startswith(AUDIT) else tuple(words.split())


def missing(evidence: str) -> bool:
    """Whether a named test is not there."""
    path, _, name = evidence.partition("::")
    file = ROOT / "tests" / path
    if not file.is_file():
        return not evidence.startswith(AUDIT)
    return bool(name) and not re.search(rf"^def test_{name}\(", file.read_text(), re.MULTILINE)


def document(rows: Sequence[Requirement]) -> str:
    """The page: counts by level, then a table for each chapter."""
    pages = [HEAD, _counts(rows)]
    for chapter in dict.fromkeys(row.chapter for row in rows):
        pages.append(f"\n## {chapter}\n\n| | level | requirement | | shown by | |\n")
        pages.append("|---|---|---|---|---|---|\n")
        pages += [_line(row) for row in rows if row.chapter == chapter]
    return "".join(pages)


def _counts(rows: Sequence[Requirement]) -> str:
    found = Counter((row.level, row.verdict) for row in rows)
    lines = ["| level | " + " | ".join(Verdict) + " |\n", "|---|" + "---|" * len(Verdict) + "\n"]
    for level in sorted({row.level for row in rows}):
        counts = " | ".join(str(found[level, verdict]) for verdict in Verdict)
        lines.append(f"| {level} | {counts} |\n")
    return "".join(lines)


def _line(row: Requirement) -> str:
    shown = "<br>".join(f"`{each}`" for each in row.evidence)
    words = row.words.replace("|", "\\|")
    return f"| {row.number} | {row.level} | {words} | {row.verdict} | {shown} | {row.note} |\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(requirements()))
