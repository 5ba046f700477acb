"""What one visitor does: the parts that are measured, and the preparation that is not."""

from collections.abc import Mapping
from time import sleep
from typing import Protocol

from bench.browser import Browser, Page

REPORT, MAILBOX, HEALTH = "/en/report", "/en/mailbox", "/healthz"
SIGN_IN = "/en/mailbox/open"
# The forms' pages of status 503 ask for so many seconds of patience, with everything still there.
PATIENCE = 10.0
MOST_WAITS = 60
# Of one visitor who keeps a connection open.
REQUESTS = 50
_SENTENCE = "The tender was opened before its closing day and one bidder was called about it. "

# About one kilobyte once it is encoded with the fields that the page carries.
ANSWERS = {
    "authority": "unknown",
    "what": (_SENTENCE * 8).strip(),
    "when_where": "Last spring, second floor.",
    "how_known": "seen",
    "internal_channel": "not_used",
    "internal_reasons": "reprisals_feared",
    "identity": "anonymous",
    "language": "en",
}


class VisitFailed(Exception):
    """A page was not the expected one."""


class Visit(Protocol):
    """One kind of visit."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Before the clock starts."""

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """While the clock runs; gives what later visits need, or nothing."""


class Request:
    """The cheapest request there is."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Nothing to prepare."""
        return None

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Ask whether the server is well."""
        expect(browser.get(HEALTH), "ok")
        return ""


class Requests:
    """Many of them on one connection, to see what a server keeps of them."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Nothing to prepare."""
        return None

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Ask again and again whether the server is well."""
        for _ in range(REQUESTS):
            expect(browser.get(HEALTH), "ok")
        return ""


class FormPage:
    """A form that is opened and not sent."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Nothing to prepare."""
        return None

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Open the form."""
        open_form(browser)
        return ""


class Submission:
    """A report as a person sends it: the form page, then the form; gives the receipt code."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Nothing to prepare."""
        return None

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Open the form and send it."""
        return _send(browser, open_form(browser))


class Post:
    """The sending of a report alone."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Open the form."""
        return open_form(browser)

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Send it."""
        assert isinstance(prepared, dict)  # noqa: S101 - narrows what prepare() gave
        return _send(browser, prepared)


class SignIn:
    """Coming back with a receipt code, as far as the thread; the sign-in page is prepared."""

    def prepare(self, browser: Browser, secret: str) -> object:
        """Open the sign-in page."""
        return expect(browser.get(MAILBOX), SIGN_IN).hidden_fields(SIGN_IN)

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Send the code and read the thread."""
        assert isinstance(prepared, dict)  # noqa: S101 - narrows what prepare() gave
        fields = {**prepared, "code": secret}
        expect(_patiently(browser, SIGN_IN, fields), _SENTENCE.strip())
        return ""


VISITS: Mapping[str, Visit] = {
    "request": Request(),
    "requests": Requests(),
    "form": FormPage(),
    "submission": Submission(),
    "post": Post(),
    "sign-in": SignIn(),
}


def open_form(browser: Browser) -> dict[str, str]:
    """The fields of a report that is filled in. Raises VisitFailed."""
    fields = expect(browser.get(REPORT), "draft").hidden_fields(REPORT)
    return {**fields, **ANSWERS}


def _send(browser: Browser, fields: Mapping[str, str]) -> str:
    page = expect(_patiently(browser, REPORT, fields), "data-receipt-code")
    return page.element_text("data-receipt-code")


def _patiently(browser: Browser, path: str, fields: Mapping[str, str]) -> Page:
    """Send a form; where the page asks for patience, wait and press its button again.

    As a person does without a script. The waiting is part of the visit, and is counted.
    """
    page = browser.post(path, fields)
    for _ in range(MOST_WAITS):
        if page.status != 503:
            break
        browser.waits += 1
        # Nobody holds a connection open while waiting.
        browser.rest()
        sleep(PATIENCE)
        page = browser.post(path, {**fields, **page.hidden_fields(path)})
    return page


def expect(page: Page, text: str) -> Page:
    """The page, if it is the one with this text. Raises VisitFailed."""
    if page.status != 200 or text not in page.text:
        raise VisitFailed(f"{page.path} answered {page.status} without {text!r}")
    return page
