"""One browser and one served office for each test process; fresh windows for each test."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, StorageState

from tests.support.browser import Windows, chromium
from tests.support.pages import ConsolePages, PortalPages
from tests.support.staffed_office import StaffedOffice, staffed_office


@dataclass
class People:
    """Visitors of the portal and people of the office, each in a window of their own."""

    office: StaffedOffice
    windows: Windows
    sessions: dict[str, StorageState]

    def visitor(self, language: str = "en", **window: object) -> PortalPages:
        """Someone new on the portal. `window`: as for `Windows.open`."""
        page = self.windows.open(**window)  # type: ignore[arg-type]
        return PortalPages(page, self.office.served.portal.url, language)

    def stranger(self, **window: object) -> ConsolePages:
        """Someone at the console who is not signed in."""
        page = self.windows.open(**window)  # type: ignore[arg-type]
        return ConsolePages(page, self.office.served.console.url)

    def colleague(self, login: str, **window: object) -> ConsolePages:
        """A person of the office; signs in once for all tests of this process."""
        if login not in self.sessions:
            first = self.stranger()
            first.sign_in(self.office.accounts[login])
            assert first.form("/sign-out").count(), first.heading
            self.sessions[login] = first.page.context.storage_state()
        return self.stranger(cookies=self.sessions[login], **window)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffedOffice]:
    with staffed_office(tmp_path_factory.mktemp("office")) as served:
        yield served


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """Windows whose pages asked nobody else and made the browser complain of nothing."""
    opened = Windows(browser)
    yield opened
    opened.close()
    assert set(opened.faults) == set()


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """What the browsers of people of the office keep between tests."""
    return {}


@pytest.fixture
def people(office: StaffedOffice, windows: Windows, sessions: dict[str, StorageState]) -> People:
    return People(office, windows, sessions)


@pytest.fixture(params=[False, True], ids=["scripts-off", "scripts-on"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts: each journey is made both ways."""
    return bool(request.param)
