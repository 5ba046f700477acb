"""Very long forms take turns, so that a few of them cannot fill the memory."""

from threading import Event, Thread

import pytest
from flask import Flask, request
from werkzeug.test import Client, TestResponse

from web import requests
from web.settings import Limits

LONG = {"text": "x" * (requests.LONG_FORM + 1)}


class _Portal:
    """An application whose only page keeps each visitor until it is told to let go."""

    def __init__(self) -> None:
        self.inside, self.let_go = Event(), Event()
        self.app = Flask(__name__)
        requests.configure(self.app, Limits())
        self.app.register_error_handler(requests.NoTurn, lambda failure: ("busy", 503))
        self.app.add_url_rule("/", "page", self._page, methods=["POST"])

    def _page(self) -> str:
        if "wait" in request.args:
            self.inside.set()
            self.let_go.wait()
        return "ok"

    def post(self, path: str, form: dict[str, str]) -> int:
        return Client(self.app, TestResponse).post(path, data=form).status_code

    def hold(self) -> Thread:
        self.inside.clear()
        thread = Thread(target=self.post, args=("/?wait=yes", LONG))
        thread.start()
        self.inside.wait()
        return thread


def test_a_very_long_form_waits_for_its_turn_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "TURN_SECONDS", 0.01)
    portal = _Portal()
    holders = [portal.hold() for _ in range(requests.LONG_FORMS)]

    assert portal.post("/", LONG) == 503
    assert portal.post("/", {"text": "as people write"}) == 200

    portal.let_go.set()
    for holder in holders:
        holder.join()
    # A turn that was not had is not given back: the same number of places is free again.
    assert [portal.post("/", LONG) for _ in range(2 * requests.LONG_FORMS)] == [200] * 4
