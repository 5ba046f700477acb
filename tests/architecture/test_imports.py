"""The import contracts of pyproject.toml hold, and each one would notice being broken.

A contract that names a module wrongly, or is outlived by a renaming, stays silent for ever.
So every contract is broken on purpose in a copy of the tree.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from importlinter import api

ROOT = Path(__file__).parents[2]
PACKAGES = ("crypto", "inspection", "cases", "web", "portal", "reviewer")
CONTRACTS = {
    options["name"]: options
    for options in api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
}

DOWN = "Calls go down: the applications, then web, then cases, then crypto"
NEVER_MEET = "The two applications never meet"
INSIDE_CASES = "Inside cases: actions, then queries, then models, then the domain"
DOMAIN = "The domain knows no framework, database or key"
MODELS = "Models never touch keys"
QUERIES = "Queries read rows and open nothing"
VIEWS = "Views build no queries"
LIBRARIES = "Cryptographic libraries are called in crypto only"
BYTES = "Crypto turns bytes into bytes and knows neither pages nor tables"
NO_WEB_FRAMEWORK = "The case model knows no web framework"
OFFICE_KEYS = "Only the console can load what opens keys of the office"
LOCKED = "Libraries that read the files of strangers run in the locked process only"
INSPECTION = "Inspection turns bytes into bytes and knows neither pages, tables nor keys"
STORAGE = "One module speaks to the storage of files"
LETTERS = "Only the console's pages turn letters into PDF"
NO_TRACES = "No temporary files, no pickles, no guessable random numbers"
NO_TESTS = "What runs in an office imports nothing of the tests, tools and benchmarks"
NO_CYCLES = "No cycles between neighbours, at any depth"

# What the portal needs of the actions; everything else there opens keys of the office.
PORTAL_ACTIONS = {
    "automatic",
    "case_keys",
    "chain",
    "clocks",
    "conflicts",
    "consultation_answers",
    "consultation_sealing",
    "evidence",
    "intake",
    "mailboxes",
    "pool",
    "pressure",
    "roster_memory",
    "sealing",
    "threads",
    "trail",
    "visits",
}


@dataclass(frozen=True)
class Violation:
    """An import line, the file it is planted in, and the contracts that must report it."""

    file: str
    line: str
    broken: frozenset[str]


def violation(file: str, line: str, *broken: str) -> Violation:
    return Violation(file, line, frozenset(broken))


VIOLATIONS = (
    violation("crypto/__init__.py", "import cases", DOWN),
    violation("cases/__init__.py", "import web", DOWN),
    violation("web/__init__.py", "import portal", DOWN),
    violation("inspection/__init__.py", "import cases", DOWN),
    violation("inspection/__init__.py", "import flask", INSPECTION),
    violation("inspection/client.py", "import inspection.worker", LOCKED),
    violation("reviewer/__init__.py", "import pikepdf", LOCKED),
    violation("portal/__init__.py", "import reviewer", NEVER_MEET),
    violation("reviewer/__init__.py", "import portal", NEVER_MEET),
    violation("cases/domain/__init__.py", "import cases.models", INSIDE_CASES, DOMAIN, NO_CYCLES),
    violation("cases/models/__init__.py", "import cases.queries", INSIDE_CASES, NO_CYCLES),
    violation("cases/queries/__init__.py", "import cases.actions", INSIDE_CASES, NO_CYCLES),
    violation("cases/new_part.py", "import json", INSIDE_CASES),
    violation("cases/domain/__init__.py", "import sqlalchemy", DOMAIN),
    violation("cases/domain/__init__.py", "import crypto", DOMAIN),
    violation("cases/domain/__init__.py", "import flask", DOMAIN, NO_WEB_FRAMEWORK),
    violation("cases/models/__init__.py", "import crypto", MODELS, QUERIES),
    violation("cases/queries/__init__.py", "import crypto.grants", QUERIES),
    violation("portal/__init__.py", "import sqlalchemy", VIEWS),
    violation("reviewer/__init__.py", "import cases.models", VIEWS),
    violation("web/__init__.py", "from sqlalchemy import select", VIEWS),
    violation("cases/actions/__init__.py", "import nacl.public", LIBRARIES),
    violation("web/__init__.py", "from cryptography.fernet import Fernet", LIBRARIES),
    violation("portal/__init__.py", "import argon2", LIBRARIES),
    violation("reviewer/__init__.py", "import shamir_mnemonic", LIBRARIES),
    violation("crypto/__init__.py", "import flask", BYTES),
    violation("crypto/__init__.py", "import sqlalchemy", BYTES),
    violation("cases/actions/__init__.py", "from flask import session", NO_WEB_FRAMEWORK),
    violation("portal/__init__.py", "import cases.actions.staff", OFFICE_KEYS),
    violation("portal/__init__.py", "from crypto.passphrase import unwrap_seed", OFFICE_KEYS),
    violation("portal/__init__.py", "import cases.queries.staff", OFFICE_KEYS),
    violation("web/__init__.py", "import obstore", STORAGE),
    violation("web/__init__.py", "import weasyprint", LETTERS),
    violation("web/__init__.py", "import tempfile", NO_TRACES),
    violation("crypto/__init__.py", "import random", NO_TRACES),
    violation("cases/__init__.py", "import tests", NO_TESTS),
    violation("crypto/errors.py", "import crypto.keys", NO_CYCLES),
)


def copy_of_the_tree(folder: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=not_python)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def not_python(folder: str, names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if not name.endswith(".py") and (name == "__pycache__" or not Path(folder, name).is_dir())
    ]


def broken_contracts(folder: Path) -> frozenset[str]:
    """Run import-linter on a tree in a process of its own, as `make lint` does."""
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = {
        name: verdict
        for name in CONTRACTS
        for verdict in ("KEPT", "BROKEN")
        if f"{name} {verdict}" in run.stdout
    }
    assert verdicts.keys() == CONTRACTS.keys(), run.stdout + run.stderr
    return frozenset(name for name, verdict in verdicts.items() if verdict == "BROKEN")


def test_the_code_keeps_every_contract() -> None:
    assert broken_contracts(ROOT) == frozenset()


@pytest.mark.parametrize("planted", VIOLATIONS, ids=lambda v: f"{v.file}: {v.line}")
def test_a_planted_violation_is_reported_by_its_contract(
    planted: Violation, tmp_path: Path
) -> None:
    tree = copy_of_the_tree(tmp_path)
    with (tree / planted.file).open("a") as file:
        file.write(f"\n{planted.line}\n")

    assert broken_contracts(tree) == planted.broken


def test_every_contract_has_a_planted_violation() -> None:
    planted = frozenset().union(*(violation.broken for violation in VIOLATIONS))

    assert planted == CONTRACTS.keys()


def test_every_action_is_either_the_portals_or_forbidden_to_it() -> None:
    folder = ROOT / "cases/actions"
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    actions = {path.stem for path in folder.glob("*.py")} - {"__init__"} | packages
    forbidden = {
        module.removeprefix("cases.actions.")
        for module in CONTRACTS[OFFICE_KEYS]["forbidden_modules"]
        if module.startswith("cases.actions.")
    }

    assert actions == PORTAL_ACTIONS | forbidden
    assert not PORTAL_ACTIONS & forbidden
