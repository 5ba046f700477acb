"""What a command prints, asks and refuses goes through gettext, and so do errors of `cases`.

`reviewer/commands/language.py` shows how a text is marked.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = sorted((ROOT / "reviewer" / "commands").rglob("*.py"))
# Where errors are made whose text an operator or a visitor can read.
BELOW = sorted(
    path
    for folder in ("cases", "web")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)

# Functions and classes of click and of ours that take a text for people first.
SPEAKING = {"echo", "secho", "confirm", "prompt", "pause", "fail", "style"}
FAILURES = {"CommandFailed", "ClickException", "UsageError", "BadParameter"}
# Errors of lower packages whose text ends at a terminal or on a page.
TOLD = {
    "BackupRefused",
    "DatabaseUnusable",
    "EvidenceUnusable",
    "ImportRefused",
    "InvalidLogin",
    "InvalidWorkAddress",
    "LoginTaken",
    "NoRecipient",
    "NotFound",
    "OfficeExists",
    "OfficeIncomplete",
    "RosterUnusable",
    "SettingsInvalid",
    "TombstonesUnusable",
}
# Two words in a row, or one alone that is no name of a command, setting or option.
_WORDS = re.compile(r"[A-Za-z]{2,}[,:;]? [A-Za-z]{2,}|(?<![\w.\-`/])[a-z]{3,}(?![\w./\-`])")
# Not said but typed: what stands after `zegel` is a command.
_TYPED = re.compile(r"zegel( [a-z]+)+( --[a-z-]+)?")


def unmarked(source: str, names: set[str]) -> list[str]:
    """The texts that a module gives these functions outside gettext."""
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    given = [call.args[0] for call in calls if call.args and _name(call) in names]
    return [text for each in given for text in _typed(each) if _WORDS.search(_TYPED.sub("", text))]


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return getattr(call.func, "id", "")


def _typed(node: ast.expr) -> list[str]:
    """The text that an expression says by itself, without what it calls or looks up."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return [text for part in parts for text in _typed(part)]
        case ast.BinOp(left=left, right=right):
            return _typed(left) + _typed(right)
        case ast.IfExp(body=body, orelse=orelse):
            return _typed(body) + _typed(orelse)
        case ast.BoolOp(values=values):
            return [text for value in values for text in _typed(value)]
        case _:
            return []


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.name)
def test_every_text_of_a_command_goes_through_gettext(path: Path) -> None:
    assert unmarked(path.read_text(), SPEAKING | FAILURES | TOLD) == []


def test_every_error_that_is_told_remembers_of_what_it_is_made() -> None:
    found = {str(path.relative_to(ROOT)): unmarked(path.read_text(), TOLD) for path in BELOW}

    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('click.echo("the roster is in force")', ["the roster is in force"]),
        ('click.echo(f"{count} cases")', [" cases"]),
        ('click.echo("\\n" + f"done: {x}")', ["done: "]),
        ('click.echo(_("done") if x else "nothing")', ["nothing"]),
        ('raise CommandFailed("not here")', ["not here"]),
        ('self.fail(f"{x!r}: needs a login", param)', [": needs a login"]),
        ('raise DatabaseUnusable(f"The file {path} is damaged.")', ["The file ", " is damaged."]),
    ],
)
def test_a_planted_text_is_found(source: str, found: list[str]) -> None:
    assert unmarked(source, SPEAKING | FAILURES | TOLD) == found


@pytest.mark.parametrize(
    "source",
    [
        'click.echo(_("the roster is in force"))',
        'click.echo("  " + _("%(count)s cases", count=3))',
        'click.echo(f"  zegel keys recover --grant {login}")',
        'click.echo(f"{row.login}\\t{row.state}")',
        'raise DatabaseUnusable(said("The file %(path)s is damaged.", path=path))',
    ],
)
def test_what_is_marked_or_no_text_passes(source: str) -> None:
    assert unmarked(source, SPEAKING | FAILURES | TOLD) == []
