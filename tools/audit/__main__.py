"""Run tools that nobody here wrote against the product, and against faults planted for them.

    make audit
    make audit ARGS="semgrep sslyze"

Writes docs/reference/audit.md, with the last run of each. Exit status 1: a finding without a reason
in tools/audit/accepted.toml, a planted fault that was not found, or a tool that did not run.
"""

import argparse
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.served import LOOPBACK
from tools.audit import scanners, sites, sources, transport
from tools.audit.findings import Finding, accepted, without_reason
from tools.audit.programs import ENVIRONMENTS, ROOT, NotRun
from tools.audit.report import Row, keep, kept, write
from web.clock import SystemClock, office_day

DOCUMENT = ROOT / "docs" / "reference" / "audit.md"
PLANTED = str(sources.PLANTED.relative_to(ROOT))
# What reaches a query, and needs no session; and what needs one.
STRANGERS_FORMS = {
    "portal": (scanners.Form("/en/mailbox/open", "/en/mailbox", "csrf_token=x&code=amber+birch"),),
    "console": (
        scanners.Form(
            "/en/sign-in",
            "/en/sign-in",
            "csrf_token=x&passkey=&next=&login=ingrid&passphrase=words&one_time_code=123456",
        ),
    ),
}
SIGNED_IN_FORMS = (
    scanners.Form("/en/find?reference=2026-0001"),
    scanners.Form("/en/search", "/en/search", "csrf_token=x&words=water"),
)


@dataclass(frozen=True)
class Look:
    """What one tool found in what was planted, and in the product."""

    planted: list[Finding]
    found: list[Finding]
    said: str = ""


def bandit(folder: Path) -> Look:
    """bandit's rules."""
    return Look(sources.bandit([PLANTED]), sources.bandit(sources.PACKAGES))


def semgrep(folder: Path) -> Look:
    """Rules of our own, each of which must find what was planted for it."""
    found = sources.semgrep([PLANTED])
    if missed := sources.planted_rules() - {each.rule for each in found}:
        raise NotRun(f"semgrep: nothing found of {', '.join(sorted(missed))}")
    return Look(found, sources.semgrep(sources.PACKAGES))


def detect_secrets(folder: Path) -> Look:
    """Secrets in what people wrote by hand."""
    planted = sources.detect_secrets([f"{PLANTED}/faults.py"])
    return Look(planted, sources.detect_secrets(sources.kept_files()))


def wapiti(folder: Path) -> Look:
    """Every page that it reaches, as a stranger and as people of the office."""
    with sites.planted(folder) as site:
        planted = scanners.wapiti(site, folder)
    with sites.zegel(folder) as served:
        return Look(planted, [each for site in served for each in scanners.wapiti(site, folder)])


def sqlmap(folder: Path) -> Look:
    """The forms that strangers reach, and the search of the inbox."""
    with sites.planted(folder) as site:
        planted = scanners.sqlmap(site, folder, [scanners.Form("/word?id=1")])
    with sites.zegel(folder) as served:
        found = [
            each
            for site in served
            for each in scanners.sqlmap(
                site, folder, STRANGERS_FORMS.get(site.name, SIGNED_IN_FORMS)
            )
        ]
    return Look(planted, found)


def sslyze(folder: Path) -> Look:
    """TLS of nginx as documented, and of a worse one."""
    with transport.behind_nginx(folder / "worse", transport.worse) as (proxy, _):
        planted = without_reason(transport.sslyze(proxy, folder), accepted())
    with transport.behind_nginx(folder / "documented") as (proxy, _):
        return Look(planted, transport.sslyze(proxy, folder))


def observatory(folder: Path) -> Look:
    """The headers of the same two."""
    with transport.behind_nginx(folder / "worse", transport.worse) as (proxy, _):
        _, planted = transport.observatory(proxy)
    with transport.behind_nginx(folder / "documented") as (proxy, _):
        grade, found = transport.observatory(proxy)
    return Look(planted, found, grade)


def smuggling(folder: Path) -> Look:
    """Requests that are none, through nginx and straight to the server."""
    with sites.planted(folder) as site:
        planted = transport.smuggling(site.name, lambda: _plain(site))
    with transport.behind_nginx(folder) as (proxy, served):
        through = transport.smuggling("nginx", lambda: proxy.raw_socket("portal", 20.0))
        straight = transport.smuggling("portal", lambda: served.raw_socket(timeout=20.0))
    return Look(planted, [*through, *straight])


def _plain(site: sites.Site) -> socket.socket:
    port = int(site.url.rpartition(":")[2])
    return socket.create_connection((LOOPBACK, port), 20.0)


CHECKS: dict[str, Callable[[Path], Look]] = {
    "bandit": bandit,
    "semgrep": semgrep,
    "detect-secrets": detect_secrets,
    "wapiti": wapiti,
    "sqlmap": sqlmap,
    "sslyze": sslyze,
    "observatory": observatory,
    "smuggling": smuggling,
}


def main(words: Sequence[str]) -> int:
    """Run and tell; the exit status."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("tools", nargs="*", choices=[*CHECKS, []], help="default: all")
    wanted = parser.parse_args(words).tools or list(CHECKS)
    rows = [row for name in wanted if (row := _row(name)) is not None]
    last = [row for name in CHECKS if (row := kept(name, ENVIRONMENTS)) is not None]
    write(DOCUMENT, last, accepted())
    return 0 if len(rows) == len(wanted) and all(row.clean for row in rows) else 1


def _row(name: str) -> Row | None:
    try:
        with tempfile.TemporaryDirectory() as folder:
            look = CHECKS[name](Path(folder))
    except (NotRun, AssertionError) as problem:
        print(f"audit: {name} did not run: {problem}", file=sys.stderr)
        return None
    faults = [str(each) for each in without_reason(look.found, accepted())]
    day = office_day(SystemClock().now()).isoformat()
    row = Row(name, day, len(set(look.planted)), len(set(look.found)), faults, look.said)
    keep(row, ENVIRONMENTS)
    print(row, flush=True)
    return row


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
