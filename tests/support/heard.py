"""What a screen reader finds on a page: landmarks, headings, links, controls, alerts.

The browser's accessibility tree without running text, kept in tests/e2e/heard and compared. Where a
page is changed on purpose, ZEGEL_TEST_HEARD=write makes the test write the file anew; read the
difference before it is committed: it is what somebody hears who does not see the page.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

from playwright.sync_api import Page

KEPT = Path(__file__).parents[1] / "e2e" / "heard"

_ROLES = (
    *("banner", "navigation", "main", "complementary", "contentinfo", "region", "heading", "img"),
    *("link", "button", "textbox", "combobox", "checkbox", "radio", "group", "table"),
    *("columnheader", "alert", "status"),
)
_HEARD = re.compile(rf"\s*- '?({'|'.join(_ROLES)})\b")
_CHANGING = (
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b"), "(day)"),
    (re.compile(r"\b[A-Z]{2}\.20\d\d\.\d{4}\b"), "(reference)"),
)


def heard(page: Page) -> str:
    """The page as an outline, one line for each thing; days and references are left open."""
    tree = page.locator("body").aria_snapshot()
    outline = "".join(f"{line.rstrip(':')}\n" for line in tree.splitlines() if _HEARD.match(line))
    for changing, instead in _CHANGING:
        outline = changing.sub(instead, outline)
    return outline


def changed_for_the_ear(page: Page, name: str) -> list[str]:
    """How the page differs from what is kept under a name, line by line."""
    file, now = KEPT / f"{name}.txt", heard(page)
    if os.environ.get("ZEGEL_TEST_HEARD") == "write":
        KEPT.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    return list(unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm=""))
