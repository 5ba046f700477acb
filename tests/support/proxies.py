"""nginx and Caddy with the files of deploy/, in front of servers that a test started.

Only what a test cannot have is replaced in those files: the ports below 1024, the folders of an
installed system, and the user that nginx becomes. Names and certificates are the files' own.
"""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from tests.support.served import LOOPBACK, ROOT, START_SECONDS, STOP_SECONDS
from tests.support.uploading import wait_until

DEPLOY = ROOT / "deploy"
PORTAL_NAME, CONSOLE_NAME = "portal.example.org", "console.example.org"
NAMES = {"portal": PORTAL_NAME, "console": CONSOLE_NAME}
# Makes of the text of a configuration another one.
Change = Callable[[str], str]
# `nginx` or `caddy` below.
Start = Callable[..., AbstractContextManager["Proxy"]]


def unchanged(text: str) -> str:
    """The configuration as it is."""
    return text


@dataclass(frozen=True)
class Places:
    """Where a test has what an installed system has elsewhere.

    Attributes:
        run: sockets of the applications and the proxy's own process file (/run).
        scratch: where nginx would put temporary files (/var/lib/nginx), and Caddy its state.
        tls: certificates (/etc/zegel/tls).
    """

    run: Path
    scratch: Path
    tls: Path

    @classmethod
    def below(cls, folder: Path) -> "Places":
        """New folders, with a certificate for both names."""
        places = cls(folder / "run", folder / "scratch", folder / "tls")
        for each in (places.run / "zegel", places.scratch, places.tls):
            each.mkdir(parents=True)
        _make_certificates(places.tls)
        return places

    def socket(self, application: str) -> Path:
        """Where an application listens."""
        return self.run / "zegel" / f"{application}.sock"


@dataclass(frozen=True)
class Proxy:
    """A running proxy.

    Attributes:
        port: for TLS.
        plain_port: for those who forgot the s of https.
    """

    port: int
    plain_port: int
    process: subprocess.Popen[bytes]
    certificates: Path
    logs: tuple[Path, Path]

    def connect(self, application: str, timeout: float = 120.0) -> HTTPConnection:
        """A connection to one application by its name."""
        trusted = ssl.create_default_context(cafile=self.certificates / f"{application}.crt")
        connection = HTTPSConnection(NAMES[application], self.port, timeout=timeout)
        connection._create_connection = partial(_connect_to, self.port)  # type: ignore[attr-defined]  # the name leads nowhere here
        connection._context = trusted  # type: ignore[attr-defined]
        return connection

    def raw_socket(self, application: str, timeout: float = 120.0) -> socket.socket:
        """The same, for what no client library would send."""
        connection = self.connect(application, timeout)
        connection.connect()
        assert isinstance(connection.sock, socket.socket)
        return connection.sock

    def output(self) -> str:
        """Everything that it wrote."""
        return "".join(path.read_text(errors="replace") for path in self.logs)


@dataclass(frozen=True)
class Behind:
    """One application, as it is reached through a proxy."""

    proxy: Proxy
    application: str

    @property
    def host(self) -> str:
        """How it is called in a request."""
        return NAMES[self.application]

    def connect(self, *, timeout: float) -> HTTPConnection:
        """A connection."""
        return self.proxy.connect(self.application, timeout)

    def raw_socket(self, *, timeout: float) -> socket.socket:
        """A bare connection."""
        return self.proxy.raw_socket(self.application, timeout)


def _connect_to(port: int, address: object, timeout: float, *rest: object) -> socket.socket:
    return socket.create_connection((LOOPBACK, port), timeout)


@contextmanager
def nginx(
    places: Places, logs: Path, tracer: Sequence[str] = (), change: Change = unchanged
) -> Iterator[Proxy]:
    """nginx with deploy/nginx.conf. Arguments as for `caddy`."""
    ports = _free_port(), _free_port()
    path = write_nginx(places, ports, change)
    words = ["nginx", "-c", str(path), "-g", "daemon off;"]
    with _running([*tracer, *words], places, ports, logs / "nginx", {}) as proxy:
        yield proxy


@contextmanager
def caddy(
    places: Places, logs: Path, tracer: Sequence[str] = (), change: Change = unchanged
) -> Iterator[Proxy]:
    """Caddy with deploy/Caddyfile.

    Args:
        places: what stands for the folders of an installed system.
        logs: a folder for what it writes.
        tracer: words before the command.
        change: makes a worse configuration of it, to show what the better one is for.
    """
    ports = _free_port(), _free_port()
    path = write_caddyfile(places, ports, change)
    words = ["caddy", "run", "--adapter", "caddyfile", "--config", str(path)]
    with _running([*tracer, *words], places, ports, logs / "caddy", caddy_home(places)) as proxy:
        yield proxy


def write_nginx(places: Places, ports: tuple[int, int], change: Change = unchanged) -> Path:
    """Write nginx's configuration for these places; gives its path."""
    return _write(
        places.scratch / "nginx.conf",
        change((DEPLOY / "nginx.conf").read_text()),
        {
            "user www-data;": "user root;",
            "listen 443 ": f"listen {LOOPBACK}:{ports[0]} ",
            "listen 80": f"listen {LOOPBACK}:{ports[1]}",
            "/etc/zegel/tls/": f"{places.tls}/",
            "/usr/share/zegel": str(DEPLOY),
            "/var/lib/nginx/": f"{places.scratch}/",
            " /run/": f" {places.run}/",
            "unix:/run/": f"unix:{places.run}/",
        },
    )


def write_caddyfile(places: Places, ports: tuple[int, int], change: Change = unchanged) -> Path:
    """Write Caddy's configuration for these places; gives its path."""
    return _write(
        places.scratch / "Caddyfile",
        change((DEPLOY / "Caddyfile").read_text()),
        {
            "admin off": f"admin off\n\thttps_port {ports[0]}\n\thttp_port {ports[1]}"
            f"\n\tdefault_bind {LOOPBACK}",
            "/etc/zegel/tls/": f"{places.tls}/",
            "/usr/share/zegel": str(DEPLOY),
            "unix//run/": f"unix/{places.run}/",
        },
    )


def caddy_home(places: Places) -> dict[str, str]:
    """Where Caddy keeps its state: the file that it runs with, and certificates it fetched."""
    return {"HOME": str(places.scratch)}


def _write(path: Path, text: str, replaced: Mapping[str, str]) -> Path:
    for old, new in replaced.items():
        assert old in text, f"{path.name} has no {old!r} any more"
        text = text.replace(old, new)
    path.write_text(text)
    return path


@contextmanager
def _running(
    command: list[str],
    places: Places,
    ports: tuple[int, int],
    logs: Path,
    environment: Mapping[str, str],
) -> Iterator[Proxy]:
    logs.mkdir(parents=True)
    files = logs / "stdout", logs / "stderr"
    with files[0].open("wb") as out, files[1].open("wb") as error:
        variables = {"PATH": _PATH, **environment}
        process = subprocess.Popen(command, env=variables, cwd="/", stdout=out, stderr=error)
    proxy = Proxy(*ports, process, places.tls, files)
    try:
        wait_until(lambda: _answers(proxy))
        yield proxy
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def _answers(proxy: Proxy) -> bool:
    assert proxy.process.poll() is None, proxy.output()
    try:
        socket.create_connection((LOOPBACK, proxy.port), START_SECONDS).close()
    except ConnectionRefusedError:
        return False
    return True


def _make_certificates(folder: Path) -> None:
    for application, name in NAMES.items():
        made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        made += ["-nodes", "-days", "2", "-subj", f"/CN={name}"]
        made += ["-addext", f"subjectAltName=DNS:{name}"]
        files = ["-keyout", f"{folder}/{application}.key", "-out", f"{folder}/{application}.crt"]
        subprocess.run([*made, *files], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
