"""A wrong code costs what a right one costs, and a text that is no code costs nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from sqlalchemy import Engine, event

import cases.actions.mailboxes
import cases.actions.visits
import crypto.consultation
import crypto.receipt
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.portal_steps import code_on, open_mailbox, send_report

# Every door through which work can go while a code is tried.
WATCHED = (
    (crypto.receipt, "argon2id"),
    (crypto.receipt, "expand"),
    (crypto.consultation, "argon2id"),
    (crypto.consultation, "expand"),
    (cases.actions.mailboxes, "open_envelope"),
    (cases.actions.visits, "open_session"),
    (cases.actions.visits, "seal_session"),
)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count calls of the watched functions, and every SQL statement by its text."""
    counts: Counter[str] = Counter()

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            counts[name] += 1
            return function(*args, **kwargs)

        return call

    def statement(_conn: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        counts[text] += 1

    event.listen(Engine, "before_cursor_execute", statement)
    with monkeypatch.context() as patched:
        for module, name in WATCHED:
            patched.setattr(module, name, counting(name, getattr(module, name)))
        yield counts
    event.remove(Engine, "before_cursor_execute", statement)


def cost_of(client: Client, typed: str, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What typing a code costs, without the page that comes after a right one."""
    form = client.get("/en/mailbox")
    client.follows = False
    with counted(monkeypatch) as counts:
        client.submit(form, "/mailbox/open", code=typed)
    client.follows = True
    return counts


@on_both_databases
def test_right_wrong_and_deleted_codes_cost_the_same(portal, monkeypatch):
    right, deleted = (code_on(send_report(Client(portal))) for _ in range(2))
    client = Client(portal)
    open_mailbox(client, deleted)
    client.submit(client.get("/en/mailbox/delete"), "/mailbox/delete")
    wrong = " ".join(reversed(right.split()))

    costs = [cost_of(Client(portal), code, monkeypatch) for code in (right, wrong, deleted)]

    assert costs[0]["argon2id"] == 1
    assert any("mailbox_session" in what for what in costs[0])
    assert costs[1] == costs[0]
    assert costs[2] == costs[0]


def test_a_text_that_cannot_be_a_code_costs_no_derivation_and_no_query(client, monkeypatch):
    for typed in ("qqqxz " * 10, "only three words", "", "x" * 300):
        assert cost_of(client, typed, monkeypatch) == Counter()


def test_answers_to_wrong_codes_differ_in_nothing_but_what_was_typed(portal):
    right = code_on(send_report(Client(portal))).split()
    answers = []
    for code in (list(reversed(right)), right[5:] + right[:5]):
        page = open_mailbox(Client(portal), " ".join(code))
        typed, token = page.value("code"), page.value("csrf_token")
        source = page.source.replace(typed, "CODE").replace(token, "TOKEN")
        headers = [pair for pair in page.response.headers if pair[0] != "Content-Length"]
        answers.append((page.status, source, headers))

    assert answers[0] == answers[1]


def test_a_page_costs_no_query_but_the_register_where_it_shows_it(client, monkeypatch):
    client.get("/en/")
    forms = {"/report", "/complaint", "/protection"}
    registers = {"/check", *forms}
    for path in ("/", *sorted(registers), "/security", "/mailbox"):
        with counted(monkeypatch) as counts:
            client.get(f"/en{path}")
        statements = [what for what in counts if what.upper().startswith(("SELECT", "INSERT"))]
        # What the office changed in its register; whether a newer roster was seen, before somebody
        # fills a form in; and whether a mailbox is open here.
        open_here = path == "/mailbox" and client.cookie is not None
        assert len(statements) == (path in registers) + (path in forms) + open_here, statements
