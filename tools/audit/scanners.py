"""The tools that visit a served site: wapiti and sqlmap."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.audit.findings import Finding
from tools.audit.programs import NotRun, run
from tools.audit.sites import Site

# All that ask nobody outside: `ssrf`, one of the usual ones, calls its makers.
MODULES = (
    "cookieflags,csp,crlf,csrf,exec,file,http_headers,methods,permanentxss,redirect,sql,"
    "upload,xss,xxe,information_disclosure"
)
# For finding the pages of one site, and for each module on all of them.
SECONDS, SECONDS_EACH = "60", "12"
# Its words when it tried everything.
_NONE_INJECTABLE = "do not appear to be injectable"
_INJECTABLE = re.compile(r"^Parameter: (.+?) \(", re.MULTILINE)
# Random ids and numbers of ports differ from run to run.
_RUN = re.compile(r"[0-9a-f]{32}|:\d+")


def wapiti(site: Site, folder: Path) -> list[Finding]:
    """Go through the pages from the start and try each form and parameter."""
    written = folder / "wapiti.json"
    words = ["wapiti", "-u", f"{site.url}/", "--scope", "domain", "--max-scan-time", SECONDS]
    words += ["--max-attack-time", SECONDS_EACH, "-t", "10"]
    words += ["--flush-session", "--no-bugreport", "-m", MODULES, "-f", "json", "-o", str(written)]
    words += ["-x", f"{site.url}/en/sign-out"]
    words += ["-H", f"Cookie: {site.cookie}"] if site.cookie else []
    done = run("wapiti", words, folder=folder)
    if not written.exists():
        raise NotRun(f"wapiti: {done.stderr.strip()[-300:] or done.stdout.strip()[-300:]}")
    report = json.loads(written.read_text())
    written.unlink()
    return [
        Finding("wapiti", kind, f"{site.name} {_RUN.sub('', found['path'])}")
        for group in ("vulnerabilities", "anomalies")
        for kind, every in report[group].items()
        for found in every
    ]


@dataclass(frozen=True)
class Form:
    """One thing to send, each of whose fields is tried.

    Attributes:
        page: where the form and its token are; empty for a bare address.
        fields: as a browser sends them; empty where they stand in the address.
    """

    path: str
    page: str = ""
    fields: str = ""


def sqlmap(site: Site, folder: Path, forms: Sequence[Form]) -> list[Finding]:
    """Try every field of these forms."""
    return [
        Finding("sqlmap", f"injection in {name}", f"{site.name} {form.path}")
        for form in forms
        for name in _injectable(site, folder, form)
    ]


def _injectable(site: Site, folder: Path, form: Form) -> list[str]:
    words = ["sqlmap", "-u", f"{site.url}{form.path}", "--batch", "--flush-session"]
    words += ["--dbms", "sqlite", "--timeout", "20", "--output-dir", str(folder)]
    words += ["--disable-coloring", "--ignore-code", "*"]
    words += ["--cookie", site.cookie] if site.cookie else []
    if form.fields:
        words += ["--data", form.fields, "--csrf-token", "csrf_token"]
        words += ["--csrf-url", f"{site.url}{form.page}"]
    elif site.name != "planted":
        # All but the queries of many columns: our servers refuse such long addresses, and hang up.
        words += ["--technique", "BEST"]
    done = run("sqlmap", words, folder=folder)
    names = _INJECTABLE.findall(done.stdout)
    if not names and _NONE_INJECTABLE not in done.stdout:
        raise NotRun(f"sqlmap tried nothing at {site.name}: {done.stdout.strip()[-600:]}")
    return names
