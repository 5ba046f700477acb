"""A browser window on an application in this process: no server, and every answer is checked."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Route

from tests.support.html import Client

# Chromium knows it, and asks nobody where it is.
ORIGIN = "http://localhost"


def answered_by(client: Client) -> Callable[[Route], None]:
    """What answers a window's requests, for `page.route("**/*", ...)`; for pages that are read."""

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        response = client.get(f"{parts.path}?{parts.query}").response
        headers = dict(response.headers)
        route.fulfill(status=response.status_code, headers=headers, body=response.data)

    return answer
