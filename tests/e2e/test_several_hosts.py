"""Two hosts with a portal and a console each, killed one after the other while people use them."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from random import choice
from threading import Condition

import pytest
from sqlalchemy import URL, text

from bench.browser import Browser, Page
from bench.file_visits import Upload
from bench.visits import (
    ANSWERS,
    MAILBOX,
    REPORT,
    SIGN_IN,
    SignIn,
    Submission,
    VisitFailed,
    expect,
    open_form,
)
from cases.database import Database
from cases.evidence_store import EvidenceStore
from tests.e2e.test_killed_portal import PARTS
from tests.support.office_home import sign_in
from tests.support.s3 import BUCKET
from tests.support.served import CONSOLE, PORTAL
from tests.support.several_hosts import Hosts, move, several_hosts

SENDERS, READERS, COLLEAGUES = 2, 1, 1
BEFORE, WHILE_AWAY = 3, 3  # codes
PATIENCE = 60.0  # seconds for the next codes
INBOX = "/en/"
# What a visitor is told when nobody answers her, or too many ask.
AWAY = (502, 503, 504)


@pytest.fixture(scope="module")
def hosts(postgresql: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    with several_hosts(postgresql, tmp_path_factory.mktemp("hosts")) as running:
        yield running


@pytest.fixture(scope="module")
def colleague(hosts: Hosts) -> str:
    """The cookie of somebody who signed in."""
    return sign_in(hosts.office, "ingrid").text


def at_console(browser: Browser, colleague: str) -> Browser:
    browser._cookies["__Host-zegel-console"] = colleague
    return browser


@dataclass
class Crowd:
    """People on both sides who go on until they are told to stop, through the balancer.

    Attributes:
        codes: of the pages that showed one.
        done: how often something worked, and `broken`: how often nobody answered.
        wrong: answers that nobody should get.
    """

    hosts: Hosts
    colleague: str
    codes: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stopped: bool = False
    _changed: Condition = field(default_factory=Condition)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """They come, and have left when the block ends."""
        visits = [self.send] * SENDERS + [self.return_] * READERS + [self.look] * COLLEAGUES
        with ThreadPoolExecutor(len(visits)) as people:
            coming = [people.submit(self._go_on, each) for each in visits]
            try:
                yield
            finally:
                self.stopped = True
        for each in coming:
            each.result()

    def send(self) -> None:
        """A report."""
        with self.hosts.browser(PORTAL) as browser:
            page = browser.post(REPORT, open_form(browser))
            if self._is_right(page, "data-receipt-code", "report"):
                with self._changed:
                    self.codes.append(page.element_text("data-receipt-code"))
                    self._changed.notify_all()

    def return_(self) -> None:
        """Somebody who comes back with a code that a page showed."""
        with self._changed:
            self._changed.wait_for(lambda: self.codes or self.stopped, PATIENCE)
            code = choice(self.codes)  # noqa: S311 - any of them
        with self.hosts.browser(PORTAL) as browser:
            fields = SignIn().prepare(browser, code)
            assert isinstance(fields, dict)
            page = browser.post(SIGN_IN, {**fields, "code": code})
            self._is_right(page, ANSWERS["what"], "sign-in")

    def look(self) -> None:
        """Somebody who is signed in to the console."""
        with at_console(self.hosts.browser(CONSOLE), self.colleague) as browser:
            self._is_right(browser.get(INBOX), "Inbox", "inbox")

    def wait_for_more(self, number: int) -> None:
        """Wait until so many more codes were shown."""
        with self._changed:
            goal = len(self.codes) + number
            assert self._changed.wait_for(lambda: len(self.codes) >= goal, PATIENCE), self

    def _go_on(self, visit: Callable[[], None]) -> None:
        while not self.stopped:
            try:
                visit()
            except (OSError, HTTPException, VisitFailed):
                self.done["broken"] += 1

    def _is_right(self, page: Page, text: str, kind: str) -> bool:
        if page.status == 200 and text in page.text:
            self.done[kind] += 1
            return True
        if page.status in AWAY:
            self.done["broken"] += 1
        else:
            self.wrong.append(f"{kind}: {page.path} answered {page.status}")
        return False


def check_that_cases_are_whole(database: Database, at_least: int) -> None:
    with database.reading() as session:
        cases = set(session.scalars(text('SELECT id FROM "case"')))
        assert len(cases) >= at_least
        for table in PARTS:
            query = f"SELECT case_id FROM {table} WHERE case_id IS NOT NULL"  # noqa: S608 - above
            assert set(session.scalars(text(query))) == cases, table


def test_a_session_begun_on_one_portal_goes_on_with_the_other(hosts: Hosts) -> None:
    first, second = hosts.portals
    with hosts.browser_at(first) as browser:
        code = Submission().act(browser, "", None)
        fields = expect(browser.get(MAILBOX), SIGN_IN).hidden_fields(SIGN_IN)
        move(browser, second)
        thread = browser.post(SIGN_IN, {**fields, "code": code})
        move(browser, first)

        assert browser.get(thread.path).path == thread.path
        assert thread.status == 200


def test_a_form_sent_to_both_portals_is_one_case_with_one_code(hosts: Hosts) -> None:
    with hosts.browser_at(hosts.portals[0]) as browser:
        fields = open_form(browser)
        sent = []
        for host in hosts.portals:
            move(browser, host)
            page = expect(browser.post(REPORT, fields), "data-receipt-code")
            sent.append(page.element_text("data-receipt-code"))

    assert len(set(sent)) == 1


def test_a_file_comes_into_the_storage_that_all_hosts_share(
    hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hosts.browser_at(hosts.portals[0]) as browser:
        visit = Upload(files=1, size=200_000)
        visit.act(browser, "", visit.prepare(browser, ""))

    for name, value in hosts.storage.items():
        monkeypatch.setenv(name, value)
    assert len(list(EvidenceStore(f"s3://{BUCKET}").names())) == 1
    assert not [each for host in hosts.portals for each in host.home.glob("evidence/**/*")]


def test_a_colleague_goes_on_with_the_other_console(hosts: Hosts, colleague: str) -> None:
    for host in hosts.consoles:
        with at_console(hosts.browser_at(host), colleague) as browser:
            page = browser.get(INBOX)

            assert (page.status, page.path) == (200, INBOX)


def test_nothing_is_lost_when_one_after_the_other_is_killed(hosts: Hosts, colleague: str) -> None:
    crowd = Crowd(hosts, colleague)

    with crowd.at_work():
        for host in hosts.in_turn():
            crowd.wait_for_more(BEFORE)
            host.kill()
            crowd.wait_for_more(WHILE_AWAY)
            host.start()

    assert crowd.wrong == []
    assert min(crowd.done["sign-in"], crowd.done["inbox"]) > 0
    assert len(set(crowd.codes)) == len(crowd.codes)
    for code in crowd.codes:
        with hosts.browser(PORTAL) as browser:
            SignIn().act(browser, code, SignIn().prepare(browser, code))
    check_that_cases_are_whole(hosts.office.database, at_least=len(crowd.codes))
