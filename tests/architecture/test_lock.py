"""requirements.lock pins everything that pyproject.toml asks for, each with hashes."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE)


def pins() -> dict[str, re.Match[str]]:
    lock = (ROOT / "requirements.lock").read_text()
    return {canonicalize_name(pin["name"]): pin for pin in PIN.finditer(lock)}


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [
        Requirement(line)
        for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    ]


def test_the_lock_satisfies_every_dependency() -> None:
    locked = {name: pin["version"] for name, pin in pins().items()}

    assert [
        str(requirement)
        for requirement in wanted()
        if (name := canonicalize_name(requirement.name)) not in locked
        or locked[name] not in requirement.specifier
    ] == []


def test_every_pin_has_a_hash() -> None:
    assert [name for name, pin in pins().items() if "--hash=sha256:" not in pin["rest"]] == []
