"""deploy/requirements.lock: what an office runs, out of requirements.lock, which has tools too.

    python -m tools.runtime_lock            writes it
    python -m tools.runtime_lock --sbom     prints it as a bill of materials (CycloneDX 1.6)

From the dependencies of pyproject.toml on, package by package as each says what it needs. Nothing
is chosen here: versions and hashes are those of requirements.lock.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "deploy" / "requirements.lock"
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?:.*\\\n)*.*\n", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Of Debian 12, Ubuntu 24.04, Debian 13 and the next.
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_NAMESPACE = uuid.UUID("7a6567656c2d7362-6f6d2d6e616d6573".replace("-", ""))


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of the lock: its lines as they stand there."""

    name: str
    version: str
    lines: str

    @property
    def purl(self) -> str:
        """Its name all over the world (package URL)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def project() -> dict[str, object]:
    """The project as pyproject.toml describes it."""
    described: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return described


def direct() -> list[Requirement]:
    """What the project itself asks for."""
    asked = project()["dependencies"]
    assert isinstance(asked, list)  # noqa: S101 - by the standard of pyproject.toml
    return [Requirement(line) for line in asked]


def needed() -> dict[str, tuple[str, ...]]:
    """Every package that runs, and the packages that it needs, on any machine of ours."""
    found: dict[str, set[str]] = {}
    waiting = direct()
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        known = found.setdefault(name, set())
        for wanted in _wanted_by(name, asked.extras):
            if canonicalize_name(wanted.name) not in known:
                known.add(canonicalize_name(wanted.name))
                waiting.append(wanted)
    return {name: tuple(sorted(names)) for name, names in found.items()}


def _wanted_by(name: str, extras: set[str]) -> Iterator[Requirement]:
    try:
        lines = distribution(name).requires or ()
    except PackageNotFoundError:
        return  # only another version of Python needs it
    for asked in map(Requirement, lines):
        if asked.marker is None or any(
            asked.marker.evaluate({"extra": extra, "python_version": version})
            for extra in ("", *extras)
            for version in _PYTHONS
        ):
            yield asked


def pins() -> list[Pin]:
    """What of requirements.lock runs, in its order."""
    lock = (ROOT / "requirements.lock").read_text()
    run = needed()
    found = [
        Pin(canonicalize_name(each["name"]), each["version"], each[0])
        for each in _PIN.finditer(lock)
    ]
    return [pin for pin in found if pin.name in run]


def runtime_lock() -> str:
    """The text of deploy/requirements.lock."""
    head = "# Made by `python -m tools.runtime_lock` from requirements.lock; do not edit.\n"
    return head + "".join(pin.lines for pin in pins())


def sbom() -> str:
    """The bill of materials, the same for the same lock to the byte."""
    about, run, chosen = project(), needed(), pins()
    root = f"pkg:pypi/zegel@{about['version']}"
    serial = uuid.uuid5(_NAMESPACE, root + runtime_lock())
    depends: dict[str, list[str]] = {root: [canonicalize_name(one.name) for one in direct()]}
    depends |= {pin.purl: list(run[pin.name]) for pin in chosen}
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "zegel",
                "version": about["version"],
                "licenses": [{"license": {"id": about["license"]}}],
                "purl": root,
            }
        },
        "components": [_component(pin) for pin in chosen],
        "dependencies": [
            {"ref": ref, "dependsOn": [pin.purl for pin in chosen if pin.name in names]}
            for ref, names in depends.items()
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _component(pin: Pin) -> dict[str, object]:
    files = [{"alg": "SHA-256", "content": found} for found in _HASH.findall(pin.lines)]
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
        # One for each platform; pip accepts these files and no others.
        "externalReferences": [
            {"type": "distribution", "url": f"https://pypi.org/simple/{pin.name}/", "hashes": [one]}
            for one in files
        ],
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["--sbom"]:
        sys.stdout.write(sbom())
    else:
        WRITTEN.write_text(runtime_lock())
