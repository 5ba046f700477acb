"""No text of the code is marked where `make i18n` does not see it: inside an f-string."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARKS = {
    "_",
    "gettext",
    "ngettext",
    "pgettext",
    "npgettext",
    "lazy_gettext",
    "lazy_pgettext",
    "said",
}


def hidden(source: str) -> list[str]:
    """The marked texts of a module that an f-string hides from Babel's extraction."""
    formatted = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [each for node in formatted for each in ast.walk(node) if isinstance(each, ast.Call)]
    return [ast.unparse(call) for call in calls if getattr(call.func, "id", "") in MARKS]


def test_no_marked_text_stands_in_an_f_string() -> None:
    modules = [
        path
        for package in ("cases", "web", "portal", "reviewer")
        for path in (ROOT / package).rglob("*.py")
    ]

    assert {str(path): found for path in modules if (found := hidden(path.read_text()))} == {}


def test_a_planted_one_is_found() -> None:
    assert hidden("""text = f"{hint} {_('Nothing')}" """) == ["_('Nothing')"]
