"""Tries of several kinds in random turns on a served application, each timed alone."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from time import perf_counter_ns
from urllib.parse import urlencode

from bench.browser import FORM_TYPE, Browser
from tests.support.served import LOOPBACK, Served

WARM_UP = 10
_NEVER_EQUAL = frozenset({"date", "set-cookie", "content-length"})
# Signed and packed, a token is some characters longer or shorter each time.
_TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]+')

Fields = Callable[[], Mapping[str, str]]


@dataclass
class Tried:
    """What the tries of one kind gave: milliseconds, and every shape of an answer."""

    milliseconds: list[float] = field(default_factory=list)
    shapes: set[tuple[object, ...]] = field(default_factory=set)


@dataclass(frozen=True)
class Door:
    """Where to try: the page with the form, and where the form goes."""

    served: Served
    page: str
    action: str
    before: Callable[[], None] = lambda: None


def take_turns(door: Door, kinds: Mapping[str, Fields], count: int) -> dict[str, Tried]:
    """Try each kind so many times, in an order that nobody could guess."""
    tried = {name: Tried() for name in kinds}
    names = list(kinds)
    for turn in range(count + WARM_UP):
        random.shuffle(names)
        for name in names:
            _try(door, kinds[name](), tried[name], counts=turn >= WARM_UP)
    return tried


def _try(door: Door, fields: Mapping[str, str], tried: Tried, *, counts: bool) -> None:
    door.before()
    with Browser(door.served.port) as browser:
        hidden = browser.get(door.page).hidden_fields(door.action)
        body = urlencode({**hidden, **fields}).encode()
        headers = {**browser.headers(), "Content-Type": FORM_TYPE}
    connection = HTTPConnection(LOOPBACK, door.served.port, timeout=60)
    connection.connect()
    started = perf_counter_ns()
    connection.request("POST", door.action, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    taken = (perf_counter_ns() - started) / 1e6
    connection.close()
    if counts:
        tried.milliseconds.append(taken)
        tried.shapes.add(_shape(answer.status, answer.getheaders(), _TOKEN.sub(b"", content)))


def _shape(status: int, headers: list[tuple[str, str]], content: bytes) -> tuple[object, ...]:
    """What an answer looks like from outside: of a cookie and of the page the length."""
    plain = sorted((name, value) for name, value in headers if name.lower() not in _NEVER_EQUAL)
    cookies = sorted(len(value) for name, value in headers if name.lower() == "set-cookie")
    return status, tuple(plain), tuple(cookies), len(content)
