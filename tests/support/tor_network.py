"""A Tor network of our own on loopback, with the onion services of deploy/tor and two clients.

    with tor_network(folder, sockets) as network:
        network.wait_until_reached("portal", network.member)
        network.connect("portal", network.member)

Three directory authorities, which carry traffic as well, and one relay more: the least with which
tor 0.4.9 builds the circuits of an onion service.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from time import monotonic

from tests.support import tor_configuration
from tests.support.served import STOP_SECONDS
from tests.support.socks import OnionUnreachable, open_through
from tests.support.tor_configuration import Authority, program, service_folder

AUTHORITIES = ("authority1", "authority2", "authority3")
RELAY, SERVICES, MEMBER, STRANGER = "relay", "services", "member", "stranger"
# Seen: 13 to 45 seconds. They vote every ten, and a first vote may miss somebody.
PATIENCE = 150.0
PORT = 80


class TorFailed(Exception):
    """A tor process ended, or what it should do did not happen; the text is what it wrote."""


@dataclass(frozen=True)
class TorNetwork:
    """A running network.

    Attributes:
        folder: of all its processes, each in one by its name.
        member: port of a client that holds a key of the console's onion.
        stranger: port of one that does not.
    """

    folder: Path
    member: int
    stranger: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def onion(self, application: str) -> str:
        """The address of an application: 56 letters and `.onion`."""
        folder = service_folder(self.folder / SERVICES, application)
        return (folder / "hostname").read_text().strip()

    def connect(self, application: str, client: int, timeout: float = 60.0) -> HTTPConnection:
        """A connection to an application by one of the clients. Raises OnionUnreachable."""
        host = self.onion(application)
        connection = HTTPConnection(host, PORT, timeout)
        connection.sock = open_through(client, host, PORT, timeout)
        return connection

    def wait_until_reached(self, application: str, client: int) -> None:
        """Wait until a client gets through. Raises TorFailed."""
        self.wait_until(lambda: self._reached(application, client))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for what the network does. Raises TorFailed where it does not."""
        end = monotonic() + PATIENCE
        while not condition():
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise TorFailed(f"{name} ended: {self.output(name)}")
            if monotonic() > end:
                raise TorFailed("\n".join(map(self.output, (MEMBER, SERVICES))))
            Event().wait(0.2)

    def output(self, name: str) -> str:
        """What one process wrote."""
        path = self.folder / name / tor_configuration.LOG
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self, name: str) -> None:
        """Start a process whose file is written."""
        own = self.folder / name
        words = [program("tor"), "-f", str(own / tor_configuration.FILE), "--hush"]
        with (own / "said").open("wb") as said:
            self.processes[name] = subprocess.Popen(words, stdout=said, stderr=said)

    def stop(self) -> None:
        """Stop all of them."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(STOP_SECONDS)

    def _reached(self, application: str, client: int) -> bool:
        try:
            self.connect(application, client).close()
        except (OnionUnreachable, OSError):
            return False
        return True


@contextmanager
def tor_network(folder: Path, sockets: Path) -> Iterator[TorNetwork]:
    """Start a network until the block ends; its onions have names, and are not reached yet.

    Args:
        folder: for its processes; made here.
        sockets: where `portal.sock` and `console.sock` are, or will be.

    Raises:
        TorFailed: a process ended at once.
    """
    folder.mkdir(mode=0o700)
    member, stranger, of_relay, *others = tor_configuration.free_ports(3 + 2 * len(AUTHORITIES))
    pairs = zip(AUTHORITIES, others[::2], others[1::2], strict=True)
    authorities = [Authority(*each) for each in pairs]
    known = [each.make_keys(folder) for each in authorities]
    lines = {each.name: each.configuration() for each in authorities}
    lines[RELAY] = tor_configuration.relay(of_relay)
    lines[SERVICES] = tor_configuration.services(folder / SERVICES, sockets)
    for name, port in ((MEMBER, member), (STRANGER, stranger)):
        lines[name] = tor_configuration.client(port, _keys_of(folder, name))
    for name, own in lines.items():
        tor_configuration.write(folder, name, known, own)
    network = TorNetwork(folder, member, stranger)
    try:
        _start(network)
        yield network
    finally:
        network.stop()


def _start(network: TorNetwork) -> None:
    console = service_folder(network.folder / SERVICES, "console")
    key = tor_configuration.authorise(console, "ingrid")
    for name in (*AUTHORITIES, RELAY, SERVICES):
        network.start(name)
    network.wait_until((console / "hostname").exists)
    address = network.onion("console").removesuffix(".onion")
    entrance = _keys_of(network.folder, MEMBER) / "console.auth_private"
    entrance.write_text(f"{address}:descriptor:x25519:{key}\n")
    for name in (MEMBER, STRANGER):
        network.start(name)


def _keys_of(folder: Path, client: str) -> Path:
    return folder / client / "keys-of-onions"
