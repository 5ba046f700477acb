"""The catalogues have what click says, as this release of click says it."""

import ast
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reviewer.commands import main
from reviewer.commands.click_texts import texts_of_click

# Where click speaks to the people who use a program; the rest is for whoever writes one.
MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
# What our commands cannot come to: these speak of mistakes in a program, or of kinds of options
# and questions that we do not have.
NOT_OURS = {
    "%(prog)s, version %(version)s",
    "(dynamic)",
    "Argument {name!r} takes {nargs} values.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Confirm the action without prompting.",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Do you want to continue?",
    "Invalid start character for option ({option})",
    "Missing parameter",
    "Missing parameter: {param_name}",
    "Missing {param_type}",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name})."
    " Did you mean to declare an argument instead? Did you mean to pass '--{name}'?",
    "Takes {nargs} values but 1 was given.",
    "Unknown color {colour!r}",
    "Value must be an iterable.",
    "deprecated",
    "env var: {var}",
    "unknown error",
    "{name} {filename!r} is not executable.",
    "{len_type} values are required, but {len_value} was given.",
    "{value!r} does not match the format {format}.",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
}


def said_by_click() -> set[str]:
    """The first text of each call of gettext in click's source."""
    folder = Path(click.__file__).parent
    trees = [ast.parse((folder / f"{name}.py").read_text()) for name in MODULES]
    calls = [each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.Call)]
    marked = [call for call in calls if getattr(call.func, "id", "") in ("_", "ngettext")]
    return {
        each.args[0].value
        for each in marked
        if isinstance(each.args[0], ast.Constant) and isinstance(each.args[0].value, str)
    }


def test_each_text_of_click_is_ours_to_translate_or_never_said_here() -> None:
    # The word comes in through a variable.
    assert said_by_click() | {"required"} == set(texts_of_click()) | NOT_OURS


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nosuch",), "No such command 'nosuch'."),
        (("roster", "show", "--nosuch"), "No such option '--nosuch'."),
        (("poster",), "Missing option"),
        (("roster", "sign"), "Missing"),
        (("poster", "--lang", "xx"), "is not one of"),
        (("keys", "reshare", "--shares", "99"), "is not in the range"),
        (("keys", "reshare", "--shares", "x"), "is not a valid integer range"),
        (("audit", "head", "more"), "Got unexpected extra argument (more)"),
        (("roster", "show", "/nowhere"), "does not exist."),
    ],
)
def test_english_stays_as_click_says_it(words: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(main, words, env={"ZEGEL_LANG": "en"})

    assert done.exit_code == 2
    assert told in done.stderr
