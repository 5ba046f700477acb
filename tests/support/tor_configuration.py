"""What each tor process of a test's own network is told: tor(1), "TESTING NETWORK OPTIONS".

Nothing leaves the machine: every process is bound to 127.0.0.1, knows our authorities only and
refuses to be an exit.
"""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.support.proxies import DEPLOY
from tests.support.served import LOOPBACK

APPLICATIONS = ("portal", "console")
FILE, LOG = "torrc", "tor.log"
_OF_A_TEST = (
    "TestingTorNetwork 1",
    "AvoidDiskWrites 1",
    f"OutboundBindAddress {LOOPBACK}",
    "PathsNeededToBuildCircuits 0.67",
    "ShutdownWaitLength 0",
)
_CARRIES = (f"Address {LOOPBACK}", "AssumeReachable 1", "ExitPolicy reject *:*", "SocksPort 0")
_VOTES = (
    "AuthoritativeDirectory 1",
    "V3AuthoritativeDirectory 1",
    "ContactInfo nobody@example.invalid",
    "TestingV3AuthInitialVotingInterval 5",
    "TestingV3AuthInitialVoteDelay 2",
    "TestingV3AuthInitialDistDelay 2",
    "V3AuthVotingInterval 10",
    "V3AuthVoteDelay 2",
    "V3AuthDistDelay 2",
    "V3AuthNIntervalsValid 2",
    "TestingDirAuthVoteExit *",
    "TestingDirAuthVoteHSDir *",
    "TestingDirAuthVoteGuard *",
    "TestingMinExitFlagThreshold 0",
)


def program(name: str) -> str:
    """Its path; Debian keeps tor where not everybody's PATH leads."""
    found = shutil.which(name, path="/usr/local/bin:/usr/bin:/usr/sbin:/opt/homebrew/bin")
    assert found, f"{name} is missing: apt-get install tor"
    return found


@dataclass(frozen=True)
class Authority:
    """One of those who say which relays there are."""

    name: str
    circuits: int
    directory: int

    def make_keys(self, folder: Path) -> str:
        """Make its keys; gives the line by which every process knows it."""
        own = folder / self.name
        voter, router = self._voter(own / "keys"), self._router(own)
        return (
            f"DirAuthority {self.name} orport={self.circuits} no-v2 v3ident={voter}"
            f" {LOOPBACK}:{self.directory} {router}"
        )

    def configuration(self) -> list[str]:
        """Its own lines."""
        ports = [f"ORPort {LOOPBACK}:{self.circuits}", f"DirPort {LOOPBACK}:{self.directory}"]
        return [f"Nickname {self.name}", *ports, *_CARRIES, *_VOTES]

    def _voter(self, keys: Path) -> str:
        keys.mkdir(parents=True, mode=0o700)
        keys.parent.chmod(0o700)
        words = [program("tor-gencert"), "--create-identity-key", "--passphrase-fd", "0"]
        words += ["-i", "authority_identity_key", "-s", "authority_signing_key"]
        words += ["-c", "authority_certificate", "-m", "12", "-a", f"{LOOPBACK}:{self.directory}"]
        subprocess.run(words, cwd=keys, input=b"no secret\n", check=True, capture_output=True)
        text = (keys / "authority_certificate").read_text()
        (fingerprint,) = re.findall(r"^fingerprint ([0-9A-F]{40})$", text, re.MULTILINE)
        return str(fingerprint)

    def _router(self, own: Path) -> str:
        (own / FILE).touch()  # it takes no answer for no file
        words = [program("tor"), "-f", str(own / FILE), "--orport", str(self.circuits), "--hush"]
        words += ["--nickname", self.name, "--datadirectory", str(own), "--address", LOOPBACK]
        said = subprocess.run(
            [*words, "--list-fingerprint"], check=True, capture_output=True, text=True
        )
        return "".join(said.stdout.splitlines()[-1].split()[1:])


def relay(port: int) -> list[str]:
    """One that carries traffic, and votes on nothing."""
    return ["Nickname relay", f"ORPort {LOOPBACK}:{port}", *_CARRIES]


def client(port: int, keys: Path) -> list[str]:
    """What stands in Tor Browser: a SOCKS port that says what went wrong with an onion."""
    keys.mkdir(mode=0o700, parents=True)
    return [f"SocksPort {LOOPBACK}:{port} ExtendedErrors", f"ClientOnionAuthDir {keys}"]


def services(folders: Path, sockets: Path) -> list[str]:
    """The onions of deploy/tor, with other folders than an installed system's."""
    lines = ["SocksPort 0"]
    for application in APPLICATIONS:
        text = (DEPLOY / "tor" / f"{application}.conf").read_text()
        for old, new in {"/var/lib/tor/": f"{folders}/", "/run/zegel/": f"{sockets}/"}.items():
            assert old in text, f"{application}.conf has no {old!r} any more"
            text = text.replace(old, new)
        lines.append(text)
    return lines


def service_folder(folders: Path, application: str) -> Path:
    """Where tor keeps an onion's name and keys, by the names of deploy/tor."""
    return folders / f"zegel-{application}"


def authorise(folder: Path, login: str) -> str:
    """Let somebody enter an onion, as an operator does; gives the private key."""
    words = [str(DEPLOY / "tor" / "authorise"), login]
    variables = {"PATH": "/usr/bin:/bin", "ZEGEL_ONION_FOLDER": str(folder)}
    made = subprocess.run(words, env=variables, check=True, capture_output=True, text=True)
    return made.stdout.strip()


def write(folder: Path, name: str, known: Iterable[str], lines: Iterable[str]) -> None:
    """Write the file of one process.

    Args:
        folder: of the network; the process has one below it.
        name: of the process.
        known: the authorities.
        lines: what this one does.
    """
    own = folder / name
    own.mkdir(mode=0o700, exist_ok=True)
    of_all = [*_OF_A_TEST, f"DataDirectory {own}", f"Log notice file {own / LOG}"]
    (own / FILE).write_text("\n".join((*of_all, *known, *lines)) + "\n")


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
