"""The units of deploy/systemd: systemd accepts them, and rates each as hardly exposed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.unit_sandbox import UNITS, allowed_calls, settings

SERVICES = sorted(path.stem for path in UNITS.glob("*.service"))
# systemd's own scale goes to 10; a service without any of it has 9.6.
MOST_EXPOSED = 1.5


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units with a program where they look for one."""
    units = tmp_path / "units"
    shutil.copytree(UNITS, units)
    for path in units.glob("*.service"):
        path.write_text(path.read_text().replace("/opt/zegel/bin/zegel", "/bin/true"))
    return units


def analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, check=False
    )


def test_systemd_accepts_every_unit(installed: Path) -> None:
    units = [
        path for path in installed.iterdir() if path.suffix in (".service", ".socket", ".timer")
    ]

    checked = analyze("verify", "--man=no", *units)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert len(units) >= 8


def test_a_unit_with_a_word_that_systemd_does_not_know_is_found(installed: Path) -> None:
    with (installed / "zegel-portal.service").open("a") as unit:
        unit.write("\n[Service]\nProtectSystems=strict\n")

    assert "ProtectSystems" in analyze("verify", "--man=no", installed / unit.name).stderr


@pytest.mark.parametrize("service", SERVICES)
def test_systemd_rates_each_service_as_hardly_exposed(service: str) -> None:
    threshold = f"--threshold={round(MOST_EXPOSED * 10)}"

    rated = analyze("security", "--offline=true", threshold, UNITS / f"{service}.service")

    assert rated.returncode == 0, rated.stdout[-200:]


def test_a_service_without_the_sandbox_is_rated_as_exposed(tmp_path: Path) -> None:
    # The rating counts the drop-in that lies over all units: without it, it is another one.
    shutil.copy(UNITS / "zegel-portal.service", tmp_path)

    rated = analyze(
        "security", "--offline=true", "--threshold=15", tmp_path / "zegel-portal.service"
    )

    assert rated.returncode != 0


def test_each_service_is_a_user_of_its_own_and_none_is_root() -> None:
    users = {service: settings(service, "User") for service in SERVICES}

    assert users["zegel-portal"] == ["zegel-portal"]
    assert users["zegel-console"] == ["zegel-console"]
    others = [user for name, user in users.items() if name not in ("zegel-portal", "zegel-console")]
    assert all(user and user[0] not in ("root", "zegel-portal") for user in others)


def test_the_portal_writes_to_the_database_and_the_files_and_reaches_no_network() -> None:
    assert settings("zegel-portal", "ReadWritePaths") == [
        "-/var/lib/zegel/database -/var/lib/zegel/evidence"
    ]
    assert settings("zegel-portal", "PrivateNetwork") == ["yes"]
    assert settings("zegel-portal", "RestrictAddressFamilies") == ["AF_UNIX"]


def test_no_service_may_mount_trace_or_load_a_module() -> None:
    for service in SERVICES:
        assert {"execve", "seccomp", "futex"} <= allowed_calls(service)
        assert not {"mount", "ptrace", "init_module", "bpf", "keyctl"} & allowed_calls(service)


def test_every_socket_has_the_service_and_the_path_that_proxies_and_tor_know() -> None:
    for name in ("portal", "console"):
        socket = (UNITS / f"zegel-{name}.socket").read_text()
        assert f"ListenStream=/run/zegel/{name}.sock\n" in socket
        assert f"unix:/run/zegel/{name}.sock" in (UNITS.parent / "nginx.conf").read_text()
        assert f"Requires=zegel-{name}.socket\n" in (UNITS / f"zegel-{name}.service").read_text()
