"""Users and folders of an installed office: their own tools make them, and make them right."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.served import ROOT

DEPLOY = ROOT / "deploy"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty machine, with what the packages of systemd would find there."""
    for kind in ("sysusers.d", "tmpfiles.d"):
        (tmp_path / "usr" / "lib" / kind).mkdir(parents=True)
        shutil.copy(DEPLOY / kind / "zegel.conf", tmp_path / "usr" / "lib" / kind)
    (tmp_path / "etc").mkdir()
    return tmp_path


def test_systemd_makes_the_users_and_their_groups(root: Path) -> None:
    done = subprocess.run(
        ["systemd-sysusers", f"--root={root}"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    # It says what it makes, and nothing else.
    assert all(line.startswith("Creating ") for line in done.stderr.splitlines()), done.stderr
    users = dict(line.split(":", 1) for line in (root / "etc/passwd").read_text().splitlines())
    assert {"zegel-portal", "zegel-console", "zegel-jobs"} == set(users)
    assert all(entry.endswith("/usr/sbin/nologin") for entry in users.values())
    groups = {
        line.split(":")[0]: set(line.split(":")[3].split(","))
        for line in (root / "etc/group").read_text().splitlines()
    }
    assert groups["zegel"] == {"zegel-portal", "zegel-console", "zegel-jobs"}
    assert groups["zegel-office"] == {"zegel-console", "zegel-jobs"}
    # Who talks to the applications is the operator's to say.
    assert groups["zegel-web"] == {""}


def rules() -> dict[str, tuple[str, str, str]]:
    """Mode, user and group of each folder."""
    text = (DEPLOY / "tmpfiles.d" / "zegel.conf").read_text()
    lines = re.findall(r"^d (\S+)\s+(\d+)\s+(\S+)\s+(\S+)", text, re.MULTILINE)
    return {path: (mode, user, group) for path, mode, user, group in lines}


def test_systemd_understands_every_rule_about_folders(root: Path) -> None:
    # Run for a place where none of them lies: each line is read, and nothing of this machine made.
    done = subprocess.run(
        ["systemd-tmpfiles", f"--root={root}", "--create", "--prefix=/nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_portal_can_put_no_key_in_another_ones_place() -> None:
    found = rules()

    # Its group may read the roster; it is in no group of the other two: it passes through.
    assert found["/var/lib/zegel/roster"] == ("2750", "zegel-console", "zegel")
    assert found["/var/lib/zegel"] == ("2771", "zegel-console", "zegel-office")
    assert found["/var/lib/zegel/secrets"] == ("0711", "zegel-console", "zegel-console")


def test_what_both_write_is_the_groups() -> None:
    for folder in ("/var/lib/zegel/database", "/var/lib/zegel/evidence"):
        assert rules()[folder] == ("2770", "zegel-console", "zegel")
