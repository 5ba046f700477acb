"""Several hosts of one office: each with a folder of its own, behind nginx as the how-to has it.

They share what that page says they share: a database through PgBouncer, storage that speaks S3, and
copies of secrets and roster.
"""

import os
import re
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

from bench.browser import Browser
from tests.support import proxies
from tests.support.databases import fresh_database, shown
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.pgbouncer import pgbouncer
from tests.support.proxies import NAMES, Places, Proxy
from tests.support.s3 import BUCKET, s3_server
from tests.support.served import CONSOLE, PORTAL, ROOT, Application, Served, ServerFailed, serve

HOW_TO = ROOT / "docs" / "how-to" / "run-on-several-hosts.md"
# As the page has them, in the order of its lines.
ADDRESS = re.compile(r"10\.0\.0\.(\d+):(8000|8001)")
FIRST_HOST = 11
OF_PORT = {"8000": PORTAL, "8001": CONSOLE}


@dataclass
class Host:
    """One application on one host, which can die and come back."""

    application: Application
    home: Path
    socket: Path
    database_url: str
    environment: Mapping[str, str]
    served: Served = field(init=False)
    _runs: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Serve, at the same address as before."""
        self.socket.unlink(missing_ok=True)
        self.served = self._runs.enter_context(
            serve(
                self.application,
                self.home,
                self.home.with_name(f"{self.home.name}-logs"),
                database_url=self.database_url,
                environment=self.environment,
                unix_socket=self.socket,
            )
        )

    def kill(self) -> None:
        """As when the power goes: the master first, which would replace its workers."""
        processes = (self.served.process.pid, *self.served.workers)
        for each in processes:
            os.kill(each, signal.SIGKILL)
        with suppress(ServerFailed):
            self._runs.close()

    def stop(self) -> None:
        """As an operator does."""
        self._runs.close()


@dataclass(frozen=True)
class Hosts:
    """Two portals and two consoles, and who divides the visitors between them."""

    office: Office
    portals: tuple[Host, Host]
    consoles: tuple[Host, Host]
    balancer: Proxy
    storage: Mapping[str, str]

    def in_turn(self) -> Iterator[Host]:
        """Each of them."""
        for pair in zip(self.portals, self.consoles, strict=True):
            yield from pair

    def browser(self, application: Application) -> Browser:
        """A visitor who comes through the balancer."""
        return self._browser(application, None)

    def browser_at(self, host: Host) -> Browser:
        """A visitor whom the balancer has just sent to this host."""
        return self._browser(host.application, host)

    def _browser(self, application: Application, host: Host | None) -> Browser:
        browser = Browser(0)
        if host is None:
            browser._connection = self.balancer.connect(application.name)
        else:
            browser._connection = host.served.connect()
        return browser


def move(browser: Browser, host: Host) -> None:
    """Send the visitor's next request to another host."""
    browser.rest()
    browser._connection = host.served.connect()


@contextmanager
def several_hosts(server: URL, folder: Path) -> Iterator[Hosts]:
    """An office on two hosts until the block ends. `server`: of a database of its own there."""
    places = Places.below(folder)
    with ExitStack() as stack:
        database = stack.enter_context(fresh_database(server))
        url = shown(stack.enter_context(pgbouncer(database)))
        storage = stack.enter_context(s3_server())
        homes = folder / "first", folder / "second"
        office = stack.enter_context(office_home(homes[0], url))
        shutil.copytree(*homes)
        environment = _environment(storage)
        hosts = {
            app: tuple(
                Host(app, home, _socket(places, app, number), url, environment)
                for number, home in enumerate(homes)
            )
            for app in (PORTAL, CONSOLE)
        }
        for each in (*hosts[PORTAL], *hosts[CONSOLE]):
            stack.callback(each.stop)
            each.start()
        balancer = stack.enter_context(
            proxies.nginx(places, folder / "logs", change=lambda text: _balanced(text, places))
        )
        yield Hosts(office, _two(hosts[PORTAL]), _two(hosts[CONSOLE]), balancer, storage)


def _two(hosts: tuple[Host, ...]) -> tuple[Host, Host]:
    first, second = hosts
    return first, second


def _environment(storage: Mapping[str, str]) -> dict[str, str]:
    return {
        **storage,
        "ZEGEL_EVIDENCE_URL": f"s3://{BUCKET}",
        "ZEGEL_TRUSTED_HOSTS": ",".join((*NAMES.values(), "localhost")),
        "ZEGEL_LOOPBACK_COOKIES": "0",
    }


def _socket(places: Places, application: Application, number: int) -> Path:
    return places.socket(f"{application.name}-{number}")


def _balanced(text: str, places: Places) -> str:
    """deploy/nginx.conf with what the how-to changes; its addresses are sockets here."""
    (block,) = re.findall(r"```nginx\n(.*?)```", HOW_TO.read_text(), re.DOTALL)

    def socket(found: re.Match[str]) -> str:
        number = int(found[1]) - FIRST_HOST
        return f"unix:{_socket(places, OF_PORT[found[2]], number)}"

    changes = {
        "    proxy_next_upstream off;\n": ADDRESS.sub(socket, block),
        "http://unix:/run/zegel/portal.sock:": "http://portals",
        "http://unix:/run/zegel/console.sock:": "http://consoles",
    }
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
