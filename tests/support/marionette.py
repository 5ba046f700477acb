"""Firefox driven by its own protocol: JSON over a socket, each message with its length before it.

Firefox brings it along (`--marionette`), so that a test needs no driver and no package besides. The
commands are WebDriver's (https://w3c.github.io/webdriver/), and work where pages may run no script.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.served import LOOPBACK, STOP_SECONDS
from tests.support.uploading import wait_until

NAMES = ("firefox-esr", "firefox")
_COMMAND, _REPLY = 0, 1
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # by the standard's own constant
_SECONDS = 60.0
_COOKIES = """
const open = { privateBrowsingId: 0 }, closed = { privateBrowsingId: 1 };
const all = [open, closed].flatMap(
  each => Services.cookies.getCookiesWithOriginAttributes(JSON.stringify(each)));
return all.map(each => ({
  name: each.name, host: each.host, path: each.path, secure: each.isSecure,
  httpOnly: each.isHttpOnly, session: each.isSession, sameSite: each.sameSite }));
"""


class NoFirefox(Exception):
    """The machine has no Firefox, and none was named."""

    def __init__(self) -> None:
        super().__init__(
            "Firefox is missing: install it (apt-get install firefox-esr) or name one in"
            " ZEGEL_TEST_FIREFOX."
        )


class MarionetteFailed(AssertionError):
    """Firefox could not do what it was told; the text is its own."""


def find_firefox() -> str:
    """The program's path. Raises NoFirefox."""
    named = os.environ.get("ZEGEL_TEST_FIREFOX")
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise NoFirefox


class Firefox:
    """One window. Parts of a page are found by CSS selectors."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._arriving = connection.makefile("rb")
        self._sent = 0
        self._receive()  # it says who it is
        self.do("WebDriver:NewSession")

    def go(self, url: str) -> None:
        """Open a page; returns when it is there."""
        self.do("WebDriver:Navigate", url=url)

    def text(self, selector: str = "main") -> str:
        """What a person reads in a part of the page; white space folded."""
        found = self.do("WebDriver:GetElementText", id=self._find(selector))
        return " ".join(str(found).split())

    def texts(self, selector: str) -> list[str]:
        """The same of each part that fits."""
        said = [self.do("WebDriver:GetElementText", id=each) for each in self._all(selector)]
        return [" ".join(str(each).split()) for each in said]

    def value(self, selector: str, name: str) -> object:
        """What a part of the page has under a name of the DOM."""
        return self.do("WebDriver:GetElementProperty", id=self._find(selector), name=name)

    def type(self, selector: str, text: str) -> None:
        """Type into a field that is empty."""
        self.do("WebDriver:ElementSendKeys", id=self._find(selector), text=text)

    def click(self, selector: str) -> None:
        """Click the first that can be seen; returns when the page that it leads to is there."""
        seen = (each for each in self._all(selector) if self._is_displayed(each))
        self.do("WebDriver:ElementClick", id=next(seen))

    def cookies(self) -> list[dict[str, object]]:
        """Every cookie it holds. WebDriver's own list leaves out secure ones on plain HTTP."""
        self.do("Marionette:SetContext", value="chrome")
        found = self.do("WebDriver:ExecuteScript", script=_COOKIES, args=[])
        self.do("Marionette:SetContext", value="content")
        assert isinstance(found, list)
        return found

    def do(self, name: str, /, **arguments: object) -> object:
        """One command; gives its value. Raises MarionetteFailed."""
        self._sent += 1
        message = json.dumps([_COMMAND, self._sent, name, arguments]).encode()
        self._connection.sendall(b"%d:%b" % (len(message), message))
        kind, number, failure, result = self._receive()
        assert (kind, number) == (_REPLY, self._sent)
        if failure:
            raise MarionetteFailed(f"{name}: {failure['message']}")
        if isinstance(result, dict) and result.keys() == {"value"}:
            return result["value"]
        return result

    def _find(self, selector: str) -> str:
        found = self.do("WebDriver:FindElement", using="css selector", value=selector)
        assert isinstance(found, dict)
        return str(found[_ELEMENT])

    def _all(self, selector: str) -> list[str]:
        found = self.do("WebDriver:FindElements", using="css selector", value=selector)
        assert isinstance(found, list)
        return [str(each[_ELEMENT]) for each in found]

    def _is_displayed(self, element: str) -> bool:
        return bool(self.do("WebDriver:IsElementDisplayed", id=element))

    def _receive(self) -> list:  # type: ignore[type-arg]  # of anything that JSON holds
        length = b""
        while (digit := self._arriving.read(1)) != b":":
            if not digit:
                raise MarionetteFailed("Firefox ended")
            length += digit
        received = json.loads(self._arriving.read(int(length)))
        return received if isinstance(received, list) else [received]


@contextmanager
def firefox(profile: Path, preferences: Mapping[str, bool | int | str]) -> Iterator[Firefox]:
    """Firefox without a screen, with a profile of its own.

    Args:
        profile: a new folder.
        preferences: as in about:config.
    """
    profile.mkdir(mode=0o700)
    lines = {**preferences, "marionette.port": 0}
    (profile / "user.js").write_text(
        "".join(f"user_pref({json.dumps(name)}, {json.dumps(lines[name])});\n" for name in lines)
    )
    variables = {"PATH": os.environ["PATH"], "HOME": str(profile), "LANG": "C.UTF-8"}
    words = [find_firefox(), "--headless", "--marionette", "--remote-allow-system-access"]
    words += ["--no-remote", "--profile", str(profile)]
    with (profile / "said").open("wb") as said:
        process = subprocess.Popen(words, env=variables, stdout=said, stderr=said)
    try:
        port = profile / "MarionetteActivePort"
        wait_until(lambda: port.exists() and bool(port.read_text()))
        with socket.create_connection((LOOPBACK, int(port.read_text())), _SECONDS) as connection:
            window = Firefox(connection)
            yield window
            with suppress(MarionetteFailed, OSError):
                window.do("Marionette:Quit", flags=["eForceQuit"])
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
