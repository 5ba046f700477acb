"""deploy/Containerfile and deploy/compose.yaml: what hadolint says, and who may do what there."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its types are a package of their own

from tests.support.served import ROOT

DEPLOY = ROOT / "deploy"
OURS = ("portal", "console", "jobs", "zegel")
Service = dict[str, Any]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return read


def hadolint(path: Path) -> subprocess.CompletedProcess[str]:
    words = [str(Path(sys.executable).with_name("hadolint")), str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_hadolint_finds_nothing(tmp_path: Path) -> None:
    checked = hadolint(DEPLOY / "Containerfile")

    assert (checked.returncode, checked.stdout) == (0, "")


def test_hadolint_finds_what_is_wrong(tmp_path: Path) -> None:
    worse = tmp_path / "Containerfile"
    worse.write_text((DEPLOY / "Containerfile").read_text().replace("3.11-slim-bookworm", "latest"))

    assert "DL3007" in hadolint(worse).stdout


def test_the_image_has_the_packages_that_an_installed_machine_has() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    lines = (ROOT / "tools" / "system-packages").read_text().splitlines()
    wanted = {line.split()[1] for line in lines if line.startswith("setup")}

    # The base brings Python, and venv with it.
    assert all(f" {name} " in f" {text} " for name in wanted - {"python3-venv"})
    assert "--require-hashes --only-binary :all: --no-deps" in text
    assert text.count("FROM ") == 2
    assert re.findall(r"^USER (.*)", text, re.MULTILINE) == ["10001:10000"]


def test_every_service_is_as_little_as_it_can_be(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        # No core file, no swap.
        assert service["ulimits"] == {"core": 0}, name
        assert service["memswap_limit"] == service["mem_limit"], name
        assert "privileged" not in service, name


def test_each_is_a_user_of_its_own_that_the_image_has(compose: dict[str, Any]) -> None:
    text = (DEPLOY / "Containerfile").read_text()
    users = {name: compose["services"][name]["user"] for name in OURS}

    # The command line is the console's user, as on an installed machine.
    assert users.pop("zegel") == users["console"]
    assert len(set(users.values())) == len(users)
    for name, user in users.items():
        number, group = user.split(":")
        assert f"{name}:{number}" in text
        assert f"--gid {group} zegel" in text


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    services: dict[str, Service] = compose["services"]

    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
    assert compose["networks"]["inside"] == {"internal": True}
    for name in ("portal", "console", "database"):
        assert services[name]["networks"] == ["inside"]
    # And it reaches neither the database nor a volume with data.
    assert services["proxy"]["networks"] == ["outside"]
    volumes = [each.split(":")[0] for each in services["proxy"]["volumes"]]
    assert [name for name in volumes if not name.startswith("./")] == ["sockets"]


def test_the_portal_can_neither_replace_the_roster_nor_see_backups(
    compose: dict[str, Any],
) -> None:
    volumes = compose["services"]["portal"]["volumes"]

    assert "roster:/var/lib/zegel/roster:ro" in volumes
    assert "home:/var/lib/zegel:ro" in volumes
    assert not any(each.startswith("backups:") for each in volumes)
    assert compose["services"]["portal"]["secrets"] == ["portal_key"]
