"""From an invitation to a passphrase, an authenticator app and a session."""

import pytest
from flask import Flask

from tests.support.databases import on_both_databases
from tests.support.html import Client, Page, text_of
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code
from tests.support.staff_steps import sign_in

WELCOME = "/en/welcome"
CHOSEN = "seven crates of old maps"


def accept(client: Client, office: Office, login: str = "ingrid", **changes: str) -> Page:
    typed = {
        "login": login,
        "code": office.invitations[login].text,
        "passphrase": PASSPHRASE,
        "again": PASSPHRASE,
    }
    return client.submit(client.get(WELCOME), "/welcome", **(typed | changes))


def secret_of(page: Page) -> str:
    return text_of(page.one("class", "qr__secret")).replace(" ", "")


@on_both_databases
def test_an_invitation_becomes_a_passphrase_an_app_and_a_session(
    console: Flask, office: Office, clock: FixedClock
) -> None:
    client = Client(console)

    page = accept(client, office)

    assert page.heading == "Step 2 of 3 Your authenticator app"
    assert page.all("class", "qr__drawing")
    code = one_time_code(secret_of(page), clock.now())
    codes = client.submit(page, "/welcome/app", one_time_code=code)
    assert codes.heading == "Step 3 of 3 Your recovery codes"
    assert len(text_of(codes.one("data-recovery-codes")).split()) == 10
    assert client.get("/en/").heading == "Inbox"


def test_the_passphrase_that_was_chosen_signs_in_from_then_on(
    console: Flask, office: Office, clock: FixedClock
) -> None:
    client = Client(console)
    page = accept(client, office, passphrase=CHOSEN, again=CHOSEN)
    secret = secret_of(page)
    client.submit(page, "/welcome/app", one_time_code=one_time_code(secret, clock.now()))
    clock.advance(seconds=60)

    landed = Client(console)
    landed = landed.submit(
        landed.get("/en/sign-in"),
        "/sign-in",
        login="ingrid",
        passphrase=CHOSEN,
        one_time_code=one_time_code(secret, clock.now()),
    )

    assert landed.heading == "Inbox"


def test_the_secret_stays_the_same_until_a_code_confirms_it(
    console: Flask, office: Office, clock: FixedClock
) -> None:
    client = Client(console)
    page = accept(client, office)

    wrong = client.submit(page, "/welcome/app", one_time_code="000000")

    assert wrong.status == 422
    assert set(wrong.errors()) == {"one_time_code"}
    assert secret_of(wrong) == secret_of(page)


def test_an_interrupted_first_sign_in_begins_again(console: Flask, office: Office) -> None:
    accept(Client(console), office)

    page = accept(Client(console), office)

    assert page.heading == "Step 2 of 3 Your authenticator app"


def test_an_invitation_works_once(console: Flask, office: Office, clock: FixedClock) -> None:
    client = Client(console)
    page = accept(client, office)
    code = one_time_code(secret_of(page), clock.now())
    client.submit(page, "/welcome/app", one_time_code=code)

    again = accept(Client(console), office)

    assert again.status == 422
    assert "do not fit" in again.errors()["code"]


def test_an_invitation_of_someone_else_is_refused(console: Flask, office: Office) -> None:
    page = accept(Client(console), office, code=office.invitations["igor"].text)

    assert page.status == 422
    assert set(page.errors()) == {"code"}
    assert page.value("login") == "ingrid"


def test_an_old_invitation_is_refused(console: Flask, office: Office, clock: FixedClock) -> None:
    clock.advance(days=15)

    assert accept(Client(console), office).status == 422


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "made of common words or a known password"),
        ("ingridintake", "your name"),
        ("aaaaaaaaaaaaaaaa", "repeats the same characters"),
    ],
)
def test_a_weak_passphrase_is_refused_with_the_reason_in_words(
    console: Flask, office: Office, passphrase: str, words: str
) -> None:
    page = accept(Client(console), office, passphrase=passphrase, again=passphrase)

    assert page.status == 422
    assert words in page.errors()["passphrase"]
    assert passphrase not in page.source.replace('value="ingrid"', "")


def test_two_different_passphrases_are_noticed(console: Flask, office: Office) -> None:
    page = accept(Client(console), office, again="something else entirely")

    assert set(page.errors()) == {"again"}


def test_a_mistyped_word_of_the_invitation_is_named_by_its_place(
    console: Flask, office: Office
) -> None:
    words = office.invitations["ingrid"].text.split()
    words[3] = "qqqqqqq"

    page = accept(Client(console), office, code=" ".join(words))

    assert "Word 4" in page.errors()["code"]


def test_the_page_for_the_app_is_closed_without_an_invitation(console: Flask) -> None:
    assert Client(console).get("/en/welcome/app").heading == "Sign in"


def test_an_enrolling_session_opens_no_other_page(console: Flask, office: Office) -> None:
    client = Client(console)
    accept(client, office)

    assert client.get("/en/").heading == "Sign in"
    assert client.get("/en/account").heading == "Sign in"


def test_someone_whose_roles_open_no_case_lands_on_the_account(
    console: Flask, office: Office
) -> None:
    page = sign_in(Client(console), office, "ada")

    assert page.heading == "Your account"
    assert office.roster().fingerprint_text in page.text
