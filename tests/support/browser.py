"""Chromium for the tests and the screenshots: how it is started, and a person's window in it.

Scripts are off as in Tor Browser at its safest level, or on. With scripts on, playwright works by
scripts of its own, which our pages' `sandbox` forbids, so those windows bypass the policy; the
windows without scripts keep it, and so do those for the pages that may run our one script.
Every window notes what must never happen: a request to another place, a complaint of the browser
about a page.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    StorageState,
    sync_playwright,
)

ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root, where Chromium refuses its own sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 15_000  # milliseconds until a step that does not happen fails
WIDTH, HEIGHT = 1280, 800

# Our servers; a browser gives passkeys to the second only.
OURS = {"127.0.0.1", "localhost"}

# Not a fault of a page: what Chromium also says there.
_HARMLESS = (
    # The status of an answer, once more.
    "Failed to load resource: the server responded with a status of",
    # A feature that is switched off for browsers of other systems.
    "Error with Permissions-Policy header: Unrecognized feature:",
    # playwright's own scripts, which our policy keeps out; the pages have none (page_rules).
    "Blocked script execution in",
    # The browser did as it was told when somebody left.
    "Clear-Site-Data header on",
)


class NoChromium(Exception):
    """The machine has no Chromium, and none was named."""

    def __init__(self) -> None:
        super().__init__(
            "Chromium is missing: install it (apt-get install chromium) or name one in"
            " ZEGEL_TEST_CHROMIUM."
        )


def find_chromium() -> str:
    """The program's path. Raises NoChromium."""
    named = os.environ.get("ZEGEL_TEST_CHROMIUM")
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise NoChromium


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Windows:
    """The windows of one test, each with cookies of its own, and what went wrong in them."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        *,
        scripts: bool = False,
        policy_kept: bool = False,
        dark: bool = False,
        width: int = WIDTH,
        height: int = HEIGHT,
        cookies: StorageState | None = None,
        user_agent: str | None = None,
    ) -> Page:
        """An empty window of a new visitor, or of one who comes with cookies.

        `policy_kept`: with scripts, on pages that may run one; playwright sees nothing of others.
        """
        context = self.browser.new_context(
            java_script_enabled=scripts,
            bypass_csp=scripts and not policy_kept,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            viewport={"width": width, "height": height},
            storage_state=cookies,
            user_agent=user_agent,
            locale="en",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self._contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in OURS:
            self.faults.append(f"asked elsewhere: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(_HARMLESS):
            self.faults.append(f"the browser says: {message.text}")
