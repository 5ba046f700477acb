"""`deploy/install` below a folder: what it puts where, twice the same, what it leaves behind."""

import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.served import ROOT

INSTALL = ROOT / "deploy" / "install"
# path, mode, contents, time of the last change
Tree = dict[str, tuple[str, str, int]]


def install(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [INSTALL, "--root", str(root), "--without-program", *words],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def tree(root: Path) -> Tree:
    return {
        str(path.relative_to(root)): (
            stat.filemode(path.lstat().st_mode),
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.lstat().st_mtime_ns,
        )
        for path in root.rglob("*")
    }


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    done = install(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def test_a_second_run_changes_nothing(installed: Path) -> None:
    before = tree(installed)

    again = install(installed)

    assert (again.returncode, again.stderr) == (0, "")
    assert tree(installed) == before


def test_what_the_units_and_proxies_name_is_there(installed: Path) -> None:
    for path in (
        "usr/local/lib/systemd/system/zegel-portal.service",
        "usr/local/lib/systemd/system/zegel-.service.d/sandbox.conf",
        "usr/lib/sysusers.d/zegel.conf",
        "usr/lib/tmpfiles.d/zegel.conf",
        "usr/share/zegel/away.html",
        "usr/share/zegel/docs/how-to/install-on-debian.md",
        "usr/local/bin/zegel",
    ):
        assert (installed / path).is_file(), path


def test_root_writes_through_no_link_that_the_console_left(installed: Path) -> None:
    victim = installed / "etc/passwd"
    victim.write_text("root:x:0:0\n")
    secrets = installed / "var/lib/zegel/secrets"
    for name in ("portal.key", "console.key"):
        (secrets / name).unlink()
        (secrets / name).symlink_to(installed / "nowhere")
        (secrets / f"{name}.new").symlink_to(victim)

    done = install(installed)

    assert (done.returncode, done.stderr) == (0, "")
    assert victim.read_text() == "root:x:0:0\n"
    assert not (installed / "nowhere").exists()
    assert [(secrets / name).is_symlink() for name in ("portal.key", "console.key")] == [False] * 2


def test_secrets_that_lie_elsewhere_stop_it(installed: Path) -> None:
    secrets = installed / "var/lib/zegel/secrets"
    secrets.rename(installed / "moved")
    (installed / "etc/cron.d").mkdir()
    secrets.symlink_to(installed / "etc/cron.d")

    assert install(installed).returncode == 1
    assert list((installed / "etc/cron.d").iterdir()) == []


def test_secrets_and_settings_are_nobody_elses(installed: Path) -> None:
    for path in (installed / "var/lib/zegel/secrets", installed / "etc/zegel"):
        files = list(path.iterdir())
        assert files
        assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    keys = [path.read_bytes() for path in (installed / "var/lib/zegel/secrets").iterdir()]
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]


def test_an_upgrade_brings_new_files_and_leaves_what_the_office_has(installed: Path) -> None:
    ours = {
        "etc/zegel/portal.env": "ZEGEL_TRUSTED_HOSTS=melden.ombuds.example\n",
        "var/lib/zegel/database/zegel.sqlite": "rows",
        "var/lib/zegel/roster/0001.json": "{}",
    }
    for path, text in ours.items():
        (installed / path).parent.mkdir(exist_ok=True)
        (installed / path).write_text(text)
    unit = installed / "usr/local/lib/systemd/system/zegel-portal.service"
    unit.write_text("of an earlier release")
    key = (installed / "var/lib/zegel/secrets/portal.key").read_bytes()

    assert install(installed).returncode == 0

    assert {path: (installed / path).read_text() for path in ours} == ours
    assert (installed / "var/lib/zegel/secrets/portal.key").read_bytes() == key
    assert unit.read_bytes() == (ROOT / "deploy/systemd/zegel-portal.service").read_bytes()


def test_uninstalling_leaves_data_and_settings_and_nothing_else(installed: Path) -> None:
    case = installed / "var/lib/zegel/database/zegel.sqlite"
    case.parent.mkdir()
    case.write_text("rows")

    done = install(installed, "--uninstall")

    assert done.returncode == 0, done.stderr
    left = {path for path in tree(installed) if (installed / path).is_file()}
    assert left == {
        "var/lib/zegel/database/zegel.sqlite",
        "var/lib/zegel/secrets/console.key",
        "var/lib/zegel/secrets/portal.key",
        *(f"etc/zegel/{each.name}" for each in (ROOT / "deploy/etc").iterdir()),
    }
    assert install(installed, "--uninstall").returncode == 0


def test_purging_leaves_no_file(installed: Path) -> None:
    done = install(installed, "--purge")

    assert done.returncode == 0, done.stderr
    assert [path for path in tree(installed) if (installed / path).is_file()] == []


def test_a_word_that_it_does_not_know_changes_nothing(tmp_path: Path) -> None:
    assert install(tmp_path, "--purg").returncode == 2
    assert list(tmp_path.iterdir()) == []
