"""Rules of size, names and imports that a linter does not know."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("crypto", "inspection", "cases", "web", "portal", "reviewer")
# A file this long holds two things. Migrations are a record and are never split.
LONGEST_MODULE = 400
# Names that say nothing, and so gather everything.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def own_modules() -> list[Path]:
    return [path for path in modules() if "migrations" not in path.parts]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_inside_functions(tree: ast.Module) -> list[int]:
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def mentions_of_type_checking(tree: ast.Module) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
        or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
    ]


def test_a_module_fits_in_one_reading() -> None:
    assert [
        relative(path)
        for path in own_modules()
        if len(path.read_text().splitlines()) > LONGEST_MODULE
    ] == []


def test_a_module_is_named_for_what_it_holds() -> None:
    assert [
        relative(path)
        for path in modules()
        if EMPTY_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)
    ] == []


def test_a_module_imports_at_its_top() -> None:
    assert [
        relative(path)
        for path in own_modules()
        for tree in [ast.parse(path.read_text())]
        if imports_inside_functions(tree) or mentions_of_type_checking(tree)
    ] == []


def test_a_hidden_import_is_found() -> None:
    hidden = ast.parse("def load():\n    import flask\n")
    dodged = ast.parse("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import flask\n")

    assert imports_inside_functions(hidden) == [2]
    assert mentions_of_type_checking(dodged) == [2]
