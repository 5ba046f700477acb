"""The tools that look at how pages travel: sslyze on nginx as documented, the MDN HTTP Observatory
on its headers, and requests that two programs could read differently, through the same nginx.
"""

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import proxies
from tests.support.http_corpus import MALFORMED
from tests.support.office_home import office_home
from tests.support.proxies import PORTAL_NAME, Change, Places, Proxy, unchanged
from tests.support.served import LOOPBACK, PORTAL, Served, serve
from tools.audit.findings import Finding
from tools.audit.programs import HERE, NotRun, run

OBSERVATORY = HERE / "observatory"
# A request of a stranger's that some program saw as a second one is answered twice.
SECOND = b"HTTP/1."
HIDDEN = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options")


@contextmanager
def behind_nginx(folder: Path, change: Change = unchanged) -> Iterator[tuple[Proxy, Served]]:
    """The portal behind deploy/nginx.conf, or a worse one, with a certificate of its own."""
    places = Places.below(folder)
    names = {"ZEGEL_TRUSTED_HOSTS": f"{PORTAL_NAME},localhost", "ZEGEL_LOOPBACK_COOKIES": "0"}
    with (
        office_home(folder / "home") as office,
        serve(
            PORTAL,
            office.home,
            folder / "logs",
            environment=names,
            unix_socket=places.socket("portal"),
        ) as served,
        proxies.nginx(places, folder / "proxy", change=change) as proxy,
    ):
        yield proxy, served


def worse(text: str) -> str:
    """The documented configuration, but for old browsers and without the headers that matter."""
    old = re.sub(r"ssl_ciphers [^;]+;", "ssl_ciphers ALL:@SECLEVEL=0;", text)
    hidden = "".join(f"proxy_hide_header {name}; " for name in HIDDEN)
    return re.sub(r"ssl_protocols [^;]+;", f"ssl_protocols TLSv1.1 TLSv1.2; {hidden}", old)


def sslyze(proxy: Proxy, folder: Path) -> list[Finding]:
    """Against Mozilla's intermediate profile."""
    written = folder / "sslyze.json"
    server = f"{PORTAL_NAME}:{proxy.port}{{{LOOPBACK}}}"
    trusted = str(proxy.certificates / "portal.crt")
    words = ["python", "-m", "sslyze", "--certinfo_ca_file", trusted, "--json_out", str(written)]
    done = run("sslyze", [*words, "--mozilla_config", "intermediate", server], folder=folder)
    if "COMPLIANCE" not in done.stdout.upper():
        raise NotRun(f"sslyze: {(done.stderr or done.stdout).strip()[-300:]}")
    _, _, verdict = done.stdout.partition("COMPLIANCE AGAINST")
    return [
        Finding("sslyze", line.strip(" *").partition(":")[0], "deploy/nginx.conf")
        for line in verdict.splitlines()
        if line.strip().startswith("*")
    ]


def smuggling(site: str, connect: Callable[[], socket.socket]) -> list[Finding]:
    """Requests that are none: each must be refused, and answered at most once."""
    return [
        Finding("smuggling", name, site)
        for name, sent in MALFORMED.items()
        if not _refused(_answered(connect, sent))
    ]


def _answered(connect: Callable[[], socket.socket], sent: bytes) -> bytes:
    with connect() as connection:
        connection.sendall(sent.replace(b"localhost", PORTAL_NAME.encode()))
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: _piece(connection), b""))


def _piece(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:
        return b""


def _refused(answer: bytes) -> bool:
    return answer.count(SECOND) <= 1 and not answer.startswith(b"HTTP/1.1 2")


def observatory(proxy: Proxy) -> tuple[str, list[Finding]]:
    """The grade with its points, and each test that takes points away."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotRun("the HTTP Observatory needs Node.js and npm")
    if not (OBSERVATORY / "node_modules").exists():
        words = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(words, cwd=OBSERVATORY, check=True)  # noqa: S603 - our own words
    words = ["node", "look.mjs", PORTAL_NAME, str(proxy.plain_port), str(proxy.port), "/en/report"]
    trusted = {"NODE_EXTRA_CA_CERTS": str(proxy.certificates / "portal.crt")}
    variables = {"PATH": str(Path(npm).parent) + ":/usr/bin:/bin", **trusted}
    done = subprocess.run(words, cwd=OBSERVATORY, env=variables, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotRun(f"observatory: {done.stderr.strip()[-300:]}")
    seen = json.loads(done.stdout)
    faults = [Finding("observatory", each, "deploy/nginx.conf") for each in seen["faults"]]
    return f"{seen['grade']} {seen['score']}", faults
