"""The files of deploy/tor: tor accepts them, and a key lets one colleague in."""

import base64
import subprocess
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from tests.support.served import ROOT

TOR = ROOT / "deploy" / "tor"


@pytest.fixture
def torrc(tmp_path: Path) -> Path:
    """The files where a test may have them; only folders of an installed system are replaced."""
    services = tmp_path / "zegel"
    services.mkdir()
    for name in ("portal.conf", "console.conf"):
        text = (TOR / name).read_text()
        assert "/var/lib/tor/" in text
        (services / name).write_text(text.replace("/var/lib/tor/", f"{tmp_path}/lib/"))
    text = (TOR / "torrc").read_text()
    assert "/etc/tor/zegel/" in text
    path = tmp_path / "torrc"
    path.write_text(text.replace("/etc/tor/zegel/", f"{services}/"))
    (tmp_path / "lib").mkdir(mode=0o700)
    return path


def verify(torrc: Path) -> subprocess.CompletedProcess[str]:
    folder = str(torrc.parent / "data")
    words = ["tor", "--ignore-missing-torrc", "--defaults-torrc", "/dev/null", "-f", str(torrc)]
    return subprocess.run(
        [*words, "--DataDirectory", folder, "--verify-config"],
        env={"PATH": "/usr/bin:/usr/sbin:/bin", "HOME": str(torrc.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_tor_accepts_its_configuration(torrc: Path) -> None:
    checked = verify(torrc)

    assert checked.returncode == 0, checked.stdout
    # Only root hears that tor need not run as root.
    said = [line for line in checked.stdout.splitlines() if "Tor as root" not in line]
    assert not any("[warn]" in line for line in said), checked.stdout


def test_tor_refuses_a_line_of_a_service_that_it_does_not_know(torrc: Path) -> None:
    with (torrc.parent / "zegel" / "portal.conf").open("a") as service:
        service.write("HiddenServicePoWQueueRates 1\n")

    assert verify(torrc).returncode != 0


def authorise(folder: Path, login: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOR / "authorise", login],
        env={"PATH": "/usr/bin:/bin", "ZEGEL_ONION_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def _decoded(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def test_a_colleague_gets_the_private_half_and_the_service_the_public_one(tmp_path: Path) -> None:
    folder = tmp_path / "zegel-console"

    said = authorise(folder, "ingrid").stdout

    kept = (folder / "authorized_clients" / "ingrid.auth").read_text()
    assert kept.startswith("descriptor:x25519:")
    public = PrivateKey(_decoded(said.strip())).public_key
    assert _decoded(kept.strip().rpartition(":")[2]) == bytes(public)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["ingrid.auth"]
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*")} == {0}


def test_a_second_key_takes_nobodys_place(tmp_path: Path) -> None:
    authorise(tmp_path, "ingrid")
    before = (tmp_path / "authorized_clients" / "ingrid.auth").read_bytes()

    again = authorise(tmp_path, "ingrid")

    assert (again.returncode, again.stdout) == (1, "")
    assert (tmp_path / "authorized_clients" / "ingrid.auth").read_bytes() == before


def test_it_writes_through_no_link_that_tor_left(tmp_path: Path) -> None:
    clients = tmp_path / "authorized_clients"
    clients.mkdir()
    victim = tmp_path / "victim"
    victim.write_text("as it was")
    for name in (".ingrid.new", "ingrid.auth.new"):
        (clients / name).symlink_to(victim)
    (clients / "ingrid.auth").symlink_to(tmp_path / "nowhere")

    assert authorise(tmp_path, "ingrid").returncode == 0
    assert victim.read_text() == "as it was"
    assert not (tmp_path / "nowhere").exists()
    assert (clients / "ingrid.auth").is_file()


@pytest.mark.parametrize("login", ["", "../ingrid", "a b", ".auth"])
def test_a_login_that_is_none_is_refused(tmp_path: Path, login: str) -> None:
    assert authorise(tmp_path / "service", login).returncode == 1
    assert not (tmp_path / "service").exists()


def test_the_profile_that_confines_tor_lets_it_reach_the_sockets_of_its_services() -> None:
    profile = (TOR / "apparmor").read_text()

    for name in ("portal", "console"):
        socket = f"/run/zegel/{name}.sock"
        assert f"unix:{socket}\n" in (TOR / f"{name}.conf").read_text()
        assert f"{socket.replace('/run', '/{,var/}run', 1)} rw," in profile
