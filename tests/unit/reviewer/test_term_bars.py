"""Where the terms of a case lie on their common scale."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel

from reviewer.term_bars import Bar, term_bars
from reviewer.timeline import Mark, Moment

RECEIVED = date(2026, 1, 1)


@dataclass
class Clock:
    """A term of a case."""

    due_on: date
    kind: str = "feedback"
    started_on: date = RECEIVED
    stopped_on: date | None = None
    suspended_on: date | None = None
    extended_on: date | None = None


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def bar_of(clock: Clock, today: date) -> Bar:
    found = term_bars([clock], [Moment(RECEIVED, Mark.RECEIVED, "Received")], today)
    return (found.running or found.ended)[0].bar


def test_a_term_fills_as_its_days_pass() -> None:
    bar = bar_of(Clock(date(2026, 1, 11)), date(2026, 1, 4))

    assert bar == Bar(start=0, due=100, reached=30, beyond=30, extended=None)


def test_a_late_term_goes_on_beyond_its_day() -> None:
    bar = bar_of(Clock(date(2026, 1, 6)), date(2026, 1, 11))

    assert (bar.due, bar.reached, bar.beyond) == (50, 50, 100)


def test_a_term_that_stands_still_fills_no_further() -> None:
    bar = bar_of(Clock(date(2026, 1, 11), suspended_on=date(2026, 1, 3)), date(2026, 1, 6))

    assert (bar.reached, bar.beyond) == (20, 50)


def test_a_term_that_ended_stays_as_it_ended() -> None:
    bars = term_bars(
        [Clock(date(2026, 1, 11)), Clock(date(2026, 1, 6), stopped_on=date(2026, 1, 3))],
        [Moment(RECEIVED, Mark.RECEIVED, "Received")],
        date(2026, 1, 9),
    )

    assert [row.bar.reached for row in bars.ended] == [20]
    assert bars.scale.now == 80


def test_how_much_has_passed_is_said_in_words_too() -> None:
    bars = term_bars(
        [Clock(date(2026, 1, 11)), Clock(date(2026, 1, 11), suspended_on=date(2026, 1, 3))],
        [Moment(RECEIVED, Mark.RECEIVED, "Received")],
        date(2026, 1, 4),
    )

    assert [row.passed for row in bars.running] == ["3 of 10 days have passed", ""]


def test_a_case_of_one_day_without_a_term_has_a_scale() -> None:
    bars = term_bars([], [Moment(RECEIVED, Mark.RECEIVED, "Received")], date(2030, 1, 1))

    assert bars.steps == [(0, Mark.RECEIVED)]
    assert bars.scale.last == RECEIVED
    assert bars.scale.now is None


def test_of_two_events_on_one_day_the_one_that_says_more_is_drawn() -> None:
    moments = [
        Moment(RECEIVED, Mark.RECEIVED, "Received"),
        Moment(date(2026, 1, 6), Mark.MOVED, "Acknowledge receipt"),
        Moment(date(2026, 1, 6), Mark.MESSAGE, "Message"),
    ]

    bars = term_bars([Clock(date(2026, 1, 11))], moments, date(2026, 1, 6))

    assert bars.steps == [(0, Mark.RECEIVED), (50, Mark.MOVED)]
