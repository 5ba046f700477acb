"""Writes the main pages of both applications in the invented language, for tests to look at.

Run in the folder that `pseudo_language.program_with_it` made:
`python -m tests.support.pseudo_pages TARGET`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from cases.database import Database
from portal.application import create_portal
from reviewer.application import create_console
from tests.support import page_rules
from tests.support.html import Client, Page
from tests.support.office import FixedClock, Office, found
from tests.support.portal_steps import code_on, open_mailbox, send_complaint, send_report
from tests.support.pseudo_language import CODE
from tests.support.staff_steps import come_signed_in
from web.settings import Audience

STYLESHEET = "/static/zegel.css"
PORTAL = ("/", "/check", "/report", "/complaint", "/protection", "/mailbox", "/security")
INTAKE = ("/", "/?view=all", "/account", "/account/factors", "/account/hand-over", "/typed-in")
OF_CASE = ("", "/key", "/share", "/links", "/identity", "/export", "/keep-away")
HEAD = ("/people", "/reference", "/people/factor", "/letters")


def main(target: Path) -> None:
    """Write each page to `target`, named by its place in the walk."""
    clock, work = FixedClock(), target / "work"
    work.mkdir()
    database = Database(f"sqlite:///{work / 'zegel.db'}")
    office = found(work / "home", database, clock)
    page_rules.LANGUAGES.add(CODE)
    visitor = Client(create_portal(office.services(Audience.PORTAL)), CODE)
    (target / "style.css").write_bytes(visitor.get(STYLESHEET).response.data)
    pages = [*_portal(visitor, office), *_console(office)]
    for number, page in enumerate(pages):
        assert page.status in {200, 422}, (page.url, page.status)
        name = page.url.partition("?")[0].strip("/").replace("/", "_")
        (target / f"{number:02}_{name}.html").write_text(page.source, "utf-8")
    database.close()


def _portal(visitor: Client, office: Office) -> Iterator[Page]:
    for path in PORTAL:
        yield visitor.get(f"/{CODE}{path}")
    for path in ("/report", "/complaint", "/protection"):
        yield visitor.submit(visitor.get(f"/{CODE}{path}"), path)
    yield send_complaint(visitor, language=CODE)
    receipt = send_report(Client(visitor.app, CODE), language=CODE)
    yield receipt
    reporter = Client(visitor.app, CODE)
    mailbox = open_mailbox(reporter, code_on(receipt))
    yield mailbox
    yield reporter.get(f"/{CODE}/mailbox/delete")


def _console(office: Office) -> Iterator[Page]:
    console = create_console(office.services(Audience.CONSOLE))
    yield Client(console, CODE).get(f"/{CODE}/sign-in")
    officer, head = Client(console, CODE), Client(console, CODE)
    come_signed_in(officer, office, "ingrid")
    for path in INTAKE:
        yield officer.get(f"/{CODE}{path}")
    inbox = officer.get(f"/{CODE}/?view=all")
    for case in _addresses(inbox, "/case/"):
        yield from (officer.get(f"{case}{path}") for path in OF_CASE)
        yield from (officer.get(step) for step in _addresses(officer.get(case), "/act/"))
    come_signed_in(head, office, "hilde")
    for path in HEAD:
        yield head.get(f"/{CODE}{path}")


def _addresses(page: Page, part: str) -> list[str]:
    found = (link.get("href", "") for link in page.all("href"))
    return sorted({address for address in found if part in address})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
