"""Signing in, out and being locked out, in the browser."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

import crypto.kdf
import crypto.passphrase
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code
from tests.support.staff_steps import (
    SIGN_IN,
    case_page,
    fresh_code,
    new_case,
    sign_in,
    try_to_sign_in,
)

WRONG = "not the passphrase of anyone here"
# What is new on every page: the form's token, and what a passkey would sign.
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"|challenge&#34;: &#34;[^&]+')


def without_token(page: Page) -> str:
    return TOKEN.sub("", page.source)


def test_the_start_of_the_console_leads_to_the_sign_in(console: Flask) -> None:
    page = Client(console).get("/")

    assert page.heading == "Sign in"


@on_both_databases
def test_someone_who_proves_who_she_is_reads_the_inbox(console: Flask, office: Office) -> None:
    page = sign_in(Client(console), office, "ingrid")

    assert page.heading == "Inbox"
    assert "Ingrid Intake" in page.text


def test_every_wrong_sign_in_gets_the_same_page(console: Flask, office: Office) -> None:
    code = fresh_code(office, "ingrid")
    attempts = [("ingrid", WRONG, code), ("ingrid", PASSPHRASE, "000000"), ("nobody", WRONG, code)]

    pages = [try_to_sign_in(Client(console), *attempt) for attempt in attempts]

    shown = {
        without_token(page).replace(login, "LOGIN")
        for page, (login, *_) in zip(pages, attempts, strict=True)
    }
    assert {page.status for page in pages} == {422}
    assert len(shown) == 1
    assert len({frozenset(page.response.headers.keys()) for page in pages}) == 1


def test_every_sign_in_costs_one_derivation(
    console: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[int] = []
    real = crypto.passphrase.argon2id

    def counted(secret: bytes, salt: bytes, cost: crypto.kdf.KdfCost) -> bytes:
        derived.append(cost.memory_kib)
        return real(secret, salt, cost)

    code = fresh_code(office, "ingrid")
    monkeypatch.setattr(crypto.passphrase, "argon2id", counted)
    counts = []
    for attempt in (
        ("ingrid", WRONG, code),
        ("ingrid", PASSPHRASE, "000000"),
        ("nobody", WRONG, code),
        ("ada", WRONG, code),  # invited, has not signed in yet
        ("ingrid", PASSPHRASE, code),
    ):
        derived.clear()
        try_to_sign_in(Client(console), *attempt)
        counts.append(list(derived))

    assert counts == [counts[0]] * 5
    assert len(counts[0]) == 1


@on_both_databases
def test_a_one_time_code_works_once(console: Flask, office: Office) -> None:
    code = fresh_code(office, "ingrid")
    try_to_sign_in(Client(console), "ingrid", PASSPHRASE, code)

    again = try_to_sign_in(Client(console), "ingrid", PASSPHRASE, code)

    assert again.status == 422
    assert "A code works once" in again.text


def test_a_code_typed_with_a_space_is_the_same_code(console: Flask, office: Office) -> None:
    code = fresh_code(office, "ingrid")

    page = try_to_sign_in(Client(console), " Ingrid ", PASSPHRASE, f"{code[:3]} {code[3:]}")

    assert page.heading == "Inbox"


def test_an_empty_form_says_what_is_missing(console: Flask) -> None:
    client = Client(console)

    page = client.submit(client.get(SIGN_IN), "/sign-in")

    assert set(page.errors()) == {"login", "passphrase", "one_time_code"}


def test_a_form_that_was_refused_never_shows_a_secret_again(console: Flask, office: Office) -> None:
    page = try_to_sign_in(Client(console), "ingrid", WRONG, "123456")

    assert WRONG not in page.source
    assert "123456" not in page.source
    assert page.value("login") == "ingrid"


@on_both_databases
def test_many_failures_make_the_name_wait_and_say_how_long(console: Flask, office: Office) -> None:
    for _ in range(5):
        try_to_sign_in(Client(console), "ingrid", WRONG, "000000")

    page = try_to_sign_in(Client(console), "ingrid", WRONG, "000000")

    assert page.status == 429
    assert "You can try again in 5 seconds." in page.text
    assert page.response.headers["Retry-After"] == "5"


def test_a_name_that_nobody_has_waits_alike(console: Flask, office: Office) -> None:
    for login in ("ingrid", "nobody"):
        for _ in range(5):
            try_to_sign_in(Client(console), login, WRONG, "000000")

    shown = {
        without_token(try_to_sign_in(Client(console), login, WRONG, "000000")).replace(login, "")
        for login in ("ingrid", "nobody")
    }

    assert len(shown) == 1


def test_a_stranger_locks_a_colleague_out_for_five_minutes_at_most(
    console: Flask, office: Office, clock: FixedClock
) -> None:
    office.enrol("ingrid")
    for _ in range(40):
        try_to_sign_in(Client(console), "ingrid", WRONG, "000000")
        clock.advance(minutes=5)
    try_to_sign_in(Client(console), "ingrid", WRONG, "000000")

    clock.advance(minutes=5)

    assert sign_in(Client(console), office, "ingrid").heading == "Inbox"


@on_both_databases
def test_signing_in_gives_a_new_token_and_ends_the_old_session(
    console: Flask, office: Office
) -> None:
    client = Client(console)
    client.get(SIGN_IN)
    before = client.cookie
    sign_in(client, office, "ingrid")
    first = client.cookie

    sign_in(client, office, "ingrid")

    assert len({before, first, client.cookie}) == 3
    stale = Client(console)
    stale.put_cookie("__Host-zegel-console", first or "")
    assert stale.get("/en/").heading == "Sign in"


def test_the_console_locks_after_fifteen_idle_minutes(
    browser: Callable[[str], Client], clock: FixedClock
) -> None:
    client = browser("ingrid")
    clock.advance(minutes=14)
    assert client.get("/en/").heading == "Inbox"
    clock.advance(minutes=14)
    assert client.get("/en/").heading == "Inbox"

    clock.advance(minutes=16)

    assert client.get("/en/").heading == "Sign in"


def test_the_console_locks_after_eight_hours_of_work(
    browser: Callable[[str], Client], clock: FixedClock
) -> None:
    client = browser("ingrid")
    for _ in range(48):
        clock.advance(minutes=10)
        page = client.get("/en/")

    assert page.heading == "Inbox"
    clock.advance(minutes=10)
    assert client.get("/en/").heading == "Sign in"


def test_what_was_typed_is_shown_after_the_lock(
    browser: Callable[[str], Client], office: Office, clock: FixedClock
) -> None:
    client, case_id = browser("ingrid"), new_case(office)
    page = case_page(client, case_id)
    clock.advance(minutes=16)

    locked = client.submit(page, "/reply/preview", message="A long and careful answer.")

    assert locked.status == 403
    assert locked.heading == "You are signed out"
    assert "A long and careful answer." in locked.text
    # Signing in again from there leads back to the case.
    link = next(
        one.get("href", "") for one in locked.document.iter("a") if case_id in str(one.get("href"))
    )
    code = fresh_code(office, "ingrid")
    back = client.submit(
        client.get(link), "/sign-in", login="ingrid", passphrase=PASSPHRASE, one_time_code=code
    )
    assert back.url == f"/en/case/{case_id}"


def test_another_site_cannot_put_words_on_the_page_of_an_ended_session(console: Flask) -> None:
    page = Client(console).post(
        f"/en/case/{'0' * 32}/note", {"note": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert page.status == 403
    assert page.heading == "This request came from another website"
    assert "Planted" not in page.source


@pytest.mark.parametrize(
    ("body", "longer_by"), [(b"a&" * 1000, 0), (b"note=half", 100)], ids=["countless", "half"]
)
def test_a_body_that_cannot_be_read_is_no_failure_after_the_lock(
    console: Flask, body: bytes, longer_by: int
) -> None:
    path = f"/en/case/{'0' * 32}/note"

    page = Client(console).post(path, body, claimed_length=len(body) + longer_by)

    assert page.status == 403
    assert page.heading == "You are signed out"


@on_both_databases
def test_a_login_that_no_database_can_hold_is_an_unknown_one(console: Flask) -> None:
    client = Client(console)

    page = client.submit(
        client.get(SIGN_IN), "/sign-in", login="some\0body", passphrase="x", one_time_code="1"
    )

    assert page.status == 422
    assert "You are not signed in" in page.text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.test/", "//evil.test/", "/en/sign-out", "/en/case/../../x", "/en/\\evil"],
)
def test_signing_in_never_leads_elsewhere(console: Flask, office: Office, elsewhere: str) -> None:
    client = Client(console)
    page = client.get(SIGN_IN)
    code = fresh_code(office, "ingrid")

    landed = client.submit(
        page,
        "/sign-in",
        login="ingrid",
        passphrase=PASSPHRASE,
        one_time_code=code,
        next=elsewhere,
    )

    assert landed.url == "/en/"


def test_signing_out_destroys_the_session_and_clears_the_browser(
    browser: Callable[[str], Client], office: Office
) -> None:
    client = browser("ingrid")
    stolen = client.cookie or ""

    page = client.submit(client.get("/en/"), "/sign-out")

    assert page.heading == "You are signed out"
    assert page.hops[0].headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookie is None
    client.put_cookie("__Host-zegel-console", stolen)
    assert client.get("/en/").heading == "Sign in"


def test_a_sign_in_without_its_token_is_refused(console: Flask, office: Office) -> None:
    client = Client(console)
    secret = office.enrol("ingrid")
    code = one_time_code(secret, office.clock.now())

    page = client.post(
        SIGN_IN, {"login": "ingrid", "passphrase": PASSPHRASE, "one_time_code": code}
    )

    assert page.status == 400
    assert page.value("login") == "ingrid"
