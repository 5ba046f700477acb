"""Fixtures that every folder of tests may ask for."""

import gc
import os
from collections.abc import Iterator

import pytest

from tests.support import markup

# Commands speak the language of who runs them, and the tests read English.
os.environ.update(LC_ALL="C.UTF-8")

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
