"""Fixtures that every folder of tests may ask for."""

import gc

pytest_plugins = ["tests.support.databases", "tests.support.printed"]


def pytest_collection_finish() -> None:
    """Take what is loaded by now, and lives until the end, out of Python's search for garbage.

    Going over all of it again and again was a seventh of what a test of pages cost. What a test
    makes is looked at as before.
    """
    gc.collect()
    gc.freeze()
