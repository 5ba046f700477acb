"""The console's inbox with few cases and with many: its time, and its statements."""

from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient

from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.many_cases import Hands, add_cases
from bench.scale import Scale
from bench.statements import Statements
from bench.timing import milliseconds
from cases.actions.staff import open_staff_session
from cases.queries.inbox import InboxView
from reviewer.application import create_console
from tests.support.office import HOST, Office
from tests.support.office_home import office_home, sign_in
from web.clock import office_day
from web.settings import Audience

GROUP = "Inbox of the console (in process, one person with the intake key)"
PERSON = "ingrid"


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Fill an office step by step, and open the inbox at each."""
    with office_home(folder / "office") as office:
        inbox = _Inbox(office)
        there, before = 0, None
        for count in scale.inbox_cases:
            add_cases(office.database, range(there, count), inbox.hands)
            there, now = count, {view: inbox.read(view, scale) for view in InboxView}
            yield from _figures(count, now, before)
            before = before or now


Readings = dict[InboxView, tuple[float, int]]


class _Inbox:
    """The page as one person sees it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._token = sign_in(office, PERSON)
        with office.database.reading() as session:
            keys = open_staff_session(session, self._token, office.clock.now()).keys
        assert keys.intake is not None  # noqa: S101 - the person has the intake role
        self.hands = Hands(
            keys.staff_id,
            keys.intake.public.to_bytes(),
            keys.personal.public.to_bytes(),
            office_day(office.clock.now()),
        )

    def read(self, view: InboxView, scale: Scale) -> tuple[float, int]:
        """Milliseconds and statements of one page of fifty cases."""
        browser = self._browser()
        address = f"/en/?view={view.value}"
        with Statements(self._office.database) as statements:
            page = browser.get(address, base_url=f"https://{HOST}")
        if page.status_code != 200 or "Case " not in page.text:
            raise BenchFailed(f"the inbox answered {page.status_code} without a case")
        open_page = lambda: browser.get(address, base_url=f"https://{HOST}")  # noqa: E731
        return milliseconds(open_page, times=scale.inbox_requests), statements.count

    def _browser(self) -> FlaskClient:
        services = self._office.services(Audience.CONSOLE)
        browser = create_console(services).test_client()
        browser.set_cookie(services.settings.cookie_name, self._token.text, domain=HOST)
        return browser


def _figures(count: int, now: Readings, before: Readings | None) -> Iterator[Figure]:
    for view, (duration, statements) in now.items():
        name = f"{view.value}, {count:,} cases"
        if before is None:
            yield Figure(GROUP, name, duration, "ms")
            yield Figure(GROUP, f"{name}, statements", statements, "")
            continue
        few, few_statements = before[view]
        if statements != few_statements:
            raise BenchFailed(f"{name}: {statements} statements, with few cases {few_statements}")
        yield Figure(GROUP, name, duration, "ms", (Beside(Kind.SAME_RUN, "few cases", few),))
        same = Beside(Kind.LIMIT, "as many as with few cases", few_statements)
        yield Figure(GROUP, f"{name}, statements", statements, "", (same,))
