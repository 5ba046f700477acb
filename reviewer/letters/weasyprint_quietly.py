"""WeasyPrint, loaded without a compiler and without a temporary file.

It tries several names for each library of the system. For a name that is not exact, Python would
ask `ctypes.util.find_library`, which starts gcc (where there is one) with a temporary file. The
exact name is among those tried, so nobody needs to be asked.
"""

import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _exact_names_only() -> Iterator[None]:
    asked, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = asked


with _exact_names_only():
    from weasyprint import HTML as HTML
    from weasyprint.urls import URLFetcher as URLFetcher
