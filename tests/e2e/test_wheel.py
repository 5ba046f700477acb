"""The wheel: the same to the bit from the same sources, and an office runs on it alone."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from sysconfig import get_paths
from zipfile import ZipFile

import pytest

from tests.support.commands import environment, free_port
from tests.support.office_home import office_home
from tests.support.served import ROOT
from tests.support.uploading import wait_until

PACKAGES = ("crypto", "inspection", "cases", "web", "portal", "reviewer")
EPOCH = "1767225600"


def sources(folder: Path, of: Path = ROOT) -> Path:
    """What a wheel is made of, somewhere else and with other times."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in PACKAGES:
        shutil.copytree(of / name, folder / name, ignore=ignore, copy_function=shutil.copyfile)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(of / name, folder / name)
    return folder


def installed(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel in it; gives its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path file in a path file is not read: the sources of .venv's own stay out.
    (packages / "packages.pth").write_text(f"{get_paths()['purelib']}\n")
    return python


def answers(port: int, path: str) -> str | None:
    """The page, or None while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except ConnectionRefusedError:
        return None
    finally:
        connection.close()


def build(folder: Path, output: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(output)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        check=True,
    )
    (wheel,) = output.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    return build(sources(folder), folder / "dist")


def test_two_builds_are_the_same_to_the_bit(wheel: Path, tmp_path: Path) -> None:
    # Another folder, other times, other rights for others.
    before = os.umask(0o077)
    try:
        again = build(sources(tmp_path / "second", wheel.parents[1]), tmp_path / "dist")
    finally:
        os.umask(before)

    assert again.name == wheel.name
    assert sha256(again.read_bytes()).digest() == sha256(wheel.read_bytes()).digest()


def test_it_has_everything_that_runs_and_no_test_or_tool(wheel: Path) -> None:
    files = set(ZipFile(wheel).namelist())

    for name in (
        "web/static/zegel.css",
        "web/translations/nl/LC_MESSAGES/messages.mo",
        "portal/templates/portal/check.html",
        "cases/data/authorities.csv",
        "cases/migrations/versions/0001_first_tables.py",
    ):
        assert name in files
    rooms = {name.split("/")[0] for name in files}
    assert {room for room in rooms if not room.endswith(".dist-info")} == set(PACKAGES)


def test_an_office_runs_on_it_and_on_nothing_of_the_sources(wheel: Path, tmp_path: Path) -> None:
    # Given what an office installs: the wheel, beside the packages of the lock.
    python = installed(wheel, tmp_path / "venv")
    home, port = tmp_path / "home", free_port()
    with office_home(home):
        pass
    settings = environment(home, ZEGEL_TRUSTED_HOSTS="127.0.0.1", ZEGEL_LOOPBACK_COOKIES="1")

    zegel = python.with_name("zegel")
    process = subprocess.Popen(
        [str(zegel), "serve", "portal", "--bind", f"127.0.0.1:{port}"], cwd=tmp_path, env=settings
    )
    try:
        wait_until(lambda: answers(port, "/healthz") is not None)
        page = answers(port, "/nl/report")
    finally:
        process.terminate()
        process.wait(30)

    # In Dutch: with its catalogue and its templates.
    assert page is not None
    assert '<html lang="nl"' in page
    assert "Wat is er gebeurd" in page
    where = [str(python), "-c", "import web, reviewer; print(web.__file__, reviewer.__file__)"]
    said = subprocess.run(where, cwd=tmp_path, env=settings, capture_output=True, text=True)
    assert all(path.startswith(str(tmp_path / "venv")) for path in said.stdout.split())
