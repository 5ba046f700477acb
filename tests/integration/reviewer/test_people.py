"""Sessions that are open, and people who are kept out: the account page and the page of people."""

from collections.abc import Callable

import pytest

from tests.support.html import Client, text_of
from tests.support.office import Office
from tests.support.staff_steps import sign_in, try_to_sign_in

Browser = Callable[[str], Client]


def _rows(page_text: str) -> int:
    return page_text.count("End this session")


def test_a_person_ends_a_session_that_she_left_open(browser: Browser, office: Office) -> None:
    elsewhere, here = browser("igor"), browser("igor")
    account = here.get("/en/account")

    # The newest after this one; the oldest is of the first sign-in.
    done = here.submit(account, "/account/sessions/end")

    assert _rows(account.text) == 2
    assert "You use this one now" in account.text
    assert "Signed out there." in done.text
    assert elsewhere.get("/en/account").url.startswith("/en/sign-in")
    assert here.submit(done, "/account/sessions/end-others").status == 200
    assert _rows(here.get("/en/account").text) == 0


def test_nothing_but_moments_is_shown_of_a_session(browser: Browser) -> None:
    (table,) = browser("igor").get("/en/account").document.iter("table")

    assert "Mozilla" not in text_of(table)
    assert "127.0.0.1" not in text_of(table)


@pytest.mark.parametrize("session", ["", "nonsense", "00" * 32])
def test_an_odd_session_ends_nothing(browser: Browser, session: str) -> None:
    client = browser("igor")
    browser("igor")
    page = client.get("/en/account")

    done = client.submit(page, "/account/sessions/end", tampered={"session": session})

    assert done.status == 200
    assert _rows(done.text) == 2


def test_a_suspended_person_is_out_at_the_next_step(browser: Browser, office: Office) -> None:
    igor, hilde = browser("igor"), browser("hilde")
    people = hilde.get("/en/people")

    done = hilde.submit(people, "/people/igor/suspend")

    assert "cannot sign in any more" in done.text
    assert igor.get("/en/").url.startswith("/en/sign-in")
    refused = sign_in(igor, office, "igor")
    assert refused.status == 422
    unknown = try_to_sign_in(igor, "nobody", "not a passphrase", "000000")
    assert refused.errors() == unknown.errors()
    restored = hilde.submit(done, "/people/igor/restore")
    assert "can sign in again" in restored.text
    assert sign_in(igor, office, "igor").heading != refused.heading


def test_what_a_person_was_writing_is_not_lost_when_she_is_suspended(browser: Browser) -> None:
    igor, hilde = browser("igor"), browser("hilde")
    account = igor.get("/en/account")
    hilde.submit(hilde.get("/en/people"), "/people/igor/suspend")

    answer = igor.submit(account, "/account/email", email="igor@office.example")

    assert (answer.status, answer.heading) == (403, "You are signed out")


def test_the_head_ends_every_session_of_a_colleague(browser: Browser) -> None:
    first, second, hilde = browser("igor"), browser("igor"), browser("hilde")

    done = hilde.submit(hilde.get("/en/people"), "/people/igor/sessions/end")

    assert "The sessions were ended." in done.text
    for client in (first, second):
        assert client.get("/en/").url.startswith("/en/sign-in")


def test_the_page_offers_what_can_be_done_and_no_more(browser: Browser) -> None:
    browser("igor")
    hilde = browser("hilde")

    actions = {form.action for form in hilde.get("/en/people").forms}

    assert "/en/people/igor/suspend" in actions
    assert "/en/people/igor/restore" not in actions
    assert not {each for each in actions if "/hilde/" in each}
    # Cem has an invitation only.
    assert not {each for each in actions if "/cem/" in each}


def test_whom_nobody_knows_is_not_found(browser: Browser) -> None:
    hilde = browser("hilde")
    token = hilde.get("/en/people").value("csrf_token")

    answer = hilde.post("/en/people/nobody/suspend", {"csrf_token": token})

    assert answer.status == 404


@pytest.mark.parametrize("login", ["ingrid", "igor", "ada", "carla"])
def test_only_the_head_has_this_page(browser: Browser, login: str) -> None:
    client = browser(login)

    assert client.get("/en/people").status == 404
    assert 'href="/en/people"' not in client.get("/en/account").source
