"""Who was asked to come back, and does, waits in another lane than the crowd."""

from hashlib import sha256
from itertools import count

import pytest

from web.kdf_gate import Lane
from web.tickets import LONGEST_SECONDS, WAIT_SECONDS, ZERO_BITS, Tickets

NOW = 1_800_000_000


@pytest.fixture
def tickets() -> Tickets:
    return Tickets(b"s" * 32)


def work_for(ticket: str) -> str:
    """As static/wait.js finds it."""
    for number in count():
        found = sha256(f"{ticket}.{number}".encode()).digest()
        if int.from_bytes(found[:4]) >> (32 - ZERO_BITS) == 0:
            return str(number)
    raise AssertionError


def test_who_comes_for_the_first_time_is_one_of_the_crowd(tickets: Tickets) -> None:
    assert tickets.lane("", "", NOW) is Lane.NEW
    assert tickets.lane("1800000000.invented", "1", NOW) is Lane.NEW


def test_who_waited_has_a_lane_of_their_own_once(tickets: Tickets) -> None:
    ticket = tickets.renew("", NOW)

    assert tickets.lane(ticket, "", NOW + WAIT_SECONDS - 1) is Lane.NEW
    assert tickets.lane(ticket, "", NOW + WAIT_SECONDS) is Lane.WAITED
    assert tickets.lane(ticket, "", NOW + WAIT_SECONDS) is Lane.NEW


def test_who_solved_the_puzzle_need_not_wait(tickets: Tickets) -> None:
    ticket = tickets.renew("", NOW)
    work = work_for(ticket)

    assert tickets.lane(ticket, work + "0", NOW) is Lane.NEW
    assert tickets.lane(ticket, work, NOW) is Lane.WORKED
    assert tickets.lane(ticket, work, NOW) is Lane.NEW


def test_who_is_asked_again_keeps_the_place_and_gets_another_puzzle(tickets: Tickets) -> None:
    first = tickets.renew("", NOW)
    tickets.lane(first, "", NOW + WAIT_SECONDS)

    second = tickets.renew(first, NOW + WAIT_SECONDS)

    assert second != first
    assert tickets.lane(second, "", NOW + WAIT_SECONDS) is Lane.WAITED


def test_a_ticket_is_good_for_ten_minutes(tickets: Tickets) -> None:
    ticket = tickets.renew("", NOW)
    late = NOW + LONGEST_SECONDS + 1

    assert tickets.lane(ticket, "", late) is Lane.NEW
    assert tickets.lane(tickets.renew(ticket, late), "", late) is Lane.NEW


def test_the_ticket_of_another_office_is_worth_nothing(tickets: Tickets) -> None:
    ticket = Tickets(b"t" * 32).renew("", NOW)

    assert tickets.lane(ticket, "", NOW + WAIT_SECONDS) is Lane.NEW


def test_only_tickets_that_still_count_are_remembered(tickets: Tickets) -> None:
    for second in range(0, 3 * LONGEST_SECONDS, 60):
        tickets.lane(tickets.renew("", NOW + second - WAIT_SECONDS), "", NOW + second)

    assert len(tickets._used) <= LONGEST_SECONDS // 60 + 1
