"""The table of obligations names only what exists, and says plainly what is not met."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "reference" / "law.md"

# Every article of the directive that asks something of an external channel.
ARTICLES = """
    4 6 10 11(2)(a) 11(2)(b) 11(2)(c) 11(2)(d) 11(2)(e) 11(2)(f) 11(3) 11(4) 11(5) 11(6) 12(1)
    12(2) 12(3) 12(4) 12(5) 13 14 15 16(1) 16(2) 16(4) 17 18(1) 18(2) 18(3) 18(4) 19 20 21 22 23
    24 27(2)(a) 27(2)(c)
"""
_QUOTED = re.compile(r"`([^`]+)`")
_FOLDERS = ("cases", "crypto", "deploy", "docs", "portal", "reviewer", "tests", "tools", "web")


def _rows() -> list[list[str]]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [row for row in cells if row[-1] != "proved by"]


def _named(text: str) -> list[str]:
    """The files, tests and worked cases in a text; other quoted words are codes."""
    return [name for name in _QUOTED.findall(text) if name.split("/")[0] in _FOLDERS]


@cache
def _inside(path: Path) -> frozenset[str]:
    if path.suffix == ".toml":
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return frozenset(case["title"] for case in read["case"])
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_row_has_four_cells() -> None:
    assert [row for row in _rows() if len(row) != 4 or not all(row)] == []


def test_everything_that_is_named_exists() -> None:
    missing = []
    for name in _named(DOCUMENT.read_text(encoding="utf-8")):
        path, _, inside = name.partition("::")
        there = (ROOT / path).exists() and (not inside or inside in _inside(ROOT / path))
        if not there:
            missing.append(name)

    assert missing == []


def test_every_obligation_is_proved_by_a_test_or_said_not_to_be_met() -> None:
    for source, obligation, met_by, proof in _rows():
        proved = [name for name in _named(proof) if "::" in name]
        assert proved or proof == "not met", f"{source}: {obligation}"
        if "not met" in proof:
            assert "Not met" in met_by or "Partly" in met_by or "outside" in met_by, source
        else:
            assert _named(met_by) or "As article" in met_by, f"{source}: {obligation}"


def test_every_article_of_the_directive_has_its_row() -> None:
    sources = [source for source, *_ in _rows()]

    for article in ARTICLES.split():
        assert any(re.match(re.escape(article) + r"(?![\d(])", source) for source in sources), (
            article
        )
