"""Fixtures that every folder of tests may ask for."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import every_page, every_route, markup
from tests.support.seen_pages import keep_every_answer

# Commands speak the language of who runs them, and the tests read English.
os.environ.update(LC_ALL="C.UTF-8")

# How long an example takes depends on what else the machine does, and proves nothing.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

pytest_plugins = ["tests.support.databases", "tests.support.printed"]


def pytest_collection_finish() -> None:
    """Take what is loaded by now, and lives until the end, out of Python's search for garbage.

    Going over all of it again and again was a seventh of what a test of pages cost. What a test
    makes is looked at as before.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def every_page_is_valid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All pages that the tests of this process saw, at their end: a fault of theirs is an error of
    the last test, and says which page it is."""
    yield
    assert markup.SEEN.faults(tmp_path_factory.mktemp("pages")) == []


@pytest.fixture(scope="session", autouse=True)
def every_page_is_accessible() -> Iterator[None]:
    """The same pages for axe, in every look and every language."""
    keeping = keep_every_answer()
    yield
    del keeping
    assert every_page.SEEN.faults() == []


@pytest.fixture(scope="session", autouse=True)
def every_page_was_opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """By some test, if all of them ran: what nobody opened, the two above have not seen."""
    yield
    folder, processes = tmp_path_factory.getbasetemp(), 1
    if count := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
        folder, processes = folder.parent, int(count)
    whole = _all_the_pages(request.session)
    assert every_route.OPENED.never_opened(folder, processes, whole=whole) == []


def _all_the_pages(session: pytest.Session) -> bool:
    """Whether every test of pages was asked for, and none failed before it saw all of its own."""
    chosen, folder = session.config.option, Path(__file__).parent / "integration"
    everything = {item.path for item in session.items} >= set(folder.rglob("test_*.py"))
    return everything and not (chosen.keyword or chosen.markexpr or session.testsfailed)
