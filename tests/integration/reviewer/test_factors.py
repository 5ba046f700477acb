"""Passkeys, codes and passphrase on the pages: offered where they work, changed by whom it is."""

from collections.abc import Callable

import pytest
from flask import Flask

from reviewer.passkey_page import place_of
from tests.support.html import Client, Page, text_of
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code
from tests.support.passkeys import SecurityKey, options_of
from tests.support.staff_steps import SIGN_IN, sign_in, try_to_sign_in

FACTORS, APP, PASSPHRASES = "/en/account/factors", "/en/account/factors/app", "/factors/passphrase"
STRONG = "nine quiet turbines above frozen harbours"
Browser = Callable[[str], Client]


def new_key() -> SecurityKey:
    return SecurityKey("zegel.test", "https://zegel.test")


def add(client: Client, key: SecurityKey, name: str = "Blue key") -> Page:
    page = client.get(FACTORS)
    return client.submit(page, "/passkeys", name=name, passkey=key.create(options_of(page)))


def enter(console: Flask, key: SecurityKey, login: str = "ingrid") -> Page:
    client = Client(console)
    page = client.get(SIGN_IN)
    signed = key.sign(options_of(page))
    return client.submit(page, "/sign-in", login=login, passphrase=PASSPHRASE, passkey=signed)


def codes_on(page: Page) -> list[str]:
    return text_of(page.one("data-recovery-codes")).split()


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("https://console.ombuds.example/", "console.ombuds.example"),
        ("https://Console.ombuds.example:8443/", "console.ombuds.example"),
        ("http://localhost:8001/", "localhost"),
        ("http://127.0.0.1:8001/", None),
        ("https://192.0.2.7/", None),
        ("https://[2001:db8::1]/", None),
        ("http://abcdefghijklmnop.onion/", None),
        ("http://console.ombuds.example/", None),
    ],
)
def test_passkeys_are_offered_where_browsers_give_them(origin: str, name: str | None) -> None:
    place = place_of(origin)

    assert (place.name if place else None) == name
    assert place is None or place.origin == origin.rstrip("/").lower()


def test_a_passkey_that_was_added_signs_in(console: Flask, browser: Browser) -> None:
    key = new_key()

    page = add(browser("ingrid"), key)

    assert "The passkey was added." in page.text
    assert "Blue key" in page.text
    assert enter(console, key).heading == "Inbox"


def test_a_wrong_passkey_gets_the_page_that_every_failure_gets(
    console: Flask, browser: Browser
) -> None:
    add(browser("ingrid"), new_key())

    page = enter(console, new_key())

    assert page.status == 422
    assert "You are not signed in" in page.text
    assert page.value("login") == "ingrid"
    assert page.value("passkey") == ""


def test_an_answer_for_another_browser_is_refused(console: Flask, browser: Browser) -> None:
    key = new_key()
    add(browser("ingrid"), key)
    stolen = key.sign(options_of(Client(console).get(SIGN_IN)))
    thief = Client(console)

    page = thief.submit(
        thief.get(SIGN_IN), "/sign-in", login="ingrid", passphrase=PASSPHRASE, passkey=stolen
    )

    assert page.status == 422


def test_a_passkey_that_was_not_made_keeps_its_name_on_the_form(browser: Browser) -> None:
    client = browser("ingrid")

    page = client.submit(client.get(FACTORS), "/passkeys", name="Blue key", passkey="{}")

    assert page.status == 422
    assert "Press the button once more" in page.errors()["name"]
    assert page.value("name") == "Blue key"


def test_a_removed_passkey_signs_in_no_more(console: Flask, browser: Browser) -> None:
    client, key = browser("ingrid"), new_key()
    page = add(client, key)

    after = client.submit(page, "/remove")

    assert "The passkey was removed." in after.text
    assert enter(console, key).status == 422


def test_the_first_sign_in_can_be_done_with_a_passkey_alone_which_then_stays(
    console: Flask, office: Office, clock: FixedClock
) -> None:
    client, key = Client(console), new_key()
    page = client.submit(
        client.get("/en/welcome"),
        "/welcome",
        login="ingrid",
        code=office.invitations["ingrid"].text,
        passphrase=PASSPHRASE,
        again=PASSPHRASE,
    )

    made = key.create(options_of(page))
    codes = client.submit(page, "/welcome/passkey", name="Phone", passkey=made)

    assert codes.heading == "Step 3 of 3 Your recovery codes"
    assert enter(console, key).heading == "Inbox"
    kept = client.submit(client.get(FACTORS), "/remove")
    assert kept.status == 409
    assert "This is the last thing you sign in with" in kept.text
    by_code = try_to_sign_in(Client(console), "ingrid", PASSPHRASE, codes_on(codes)[0])
    assert by_code.heading == "Inbox"


def test_new_codes_are_shown_once_and_counted(browser: Browser) -> None:
    client = browser("ingrid")

    page = client.submit(client.get(FACTORS), "/codes")

    assert len(codes_on(page)) == 10
    again = client.get(FACTORS)
    assert "10 of your codes on paper are unused." in again.text
    assert codes_on(page)[0] not in again.source


def test_an_authenticator_is_set_up_anew_with_the_secret_of_the_page(
    console: Flask, browser: Browser, clock: FixedClock
) -> None:
    client = browser("ingrid")
    page = client.get(APP)
    wrong = client.submit(page, "/app", one_time_code="000000")
    secret = text_of(wrong.one("class", "qr__secret")).replace(" ", "")
    assert secret == text_of(page.one("class", "qr__secret")).replace(" ", "")

    done = client.submit(wrong, "/app", one_time_code=one_time_code(secret, clock.now()))

    assert "Your authenticator app was set up." in done.text
    clock.advance(minutes=1)
    code = one_time_code(secret, clock.now())
    assert try_to_sign_in(Client(console), "ingrid", PASSPHRASE, code).heading == "Inbox"


def test_ten_minutes_after_signing_in_nothing_is_changed_any_more(
    browser: Browser, clock: FixedClock
) -> None:
    client = browser("ingrid")
    page = client.get(FACTORS)
    clock.advance(minutes=9)
    client.get(FACTORS)
    clock.advance(minutes=2)

    later = client.get(FACTORS)

    assert "Sign in again to change something here" in later.text
    assert not [form for form in later.forms if "/factors/" in form.action]
    for form in ("/codes", "/passkeys"):
        refused = client.submit(page, form)
        assert refused.status == 409
        assert "do it within ten minutes" in refused.text
    assert client.get(APP).status == 409


def test_signing_in_again_from_there_leads_back(
    console: Flask, browser: Browser, office: Office, clock: FixedClock
) -> None:
    client = browser("ingrid")
    clock.advance(minutes=11)
    page = client.get(FACTORS)
    link = next(
        one.get("href", "") for one in page.document.iter("a") if "next=" in str(one.get("href"))
    )
    code = one_time_code(office.enrol("ingrid"), clock.now())

    back = client.submit(
        client.get(link), "/sign-in", login="ingrid", passphrase=PASSPHRASE, one_time_code=code
    )

    assert back.url == FACTORS


def test_the_passphrase_is_changed_by_who_knows_it(
    console: Flask, browser: Browser, office: Office, clock: FixedClock
) -> None:
    client, elsewhere = browser("ingrid"), browser("ingrid")
    page = client.get("/en/account/factors/passphrase")
    wrong = client.submit(
        page, PASSPHRASES, present="something else", passphrase=STRONG, again=STRONG
    )
    assert set(wrong.errors()) == {"present"}
    assert STRONG not in wrong.source
    weak = client.submit(
        page, PASSPHRASES, present=PASSPHRASE, passphrase="ingridintake", again="ingridintake"
    )
    assert "your name" in weak.errors()["passphrase"]

    done = client.submit(page, PASSPHRASES, present=PASSPHRASE, passphrase=STRONG, again=STRONG)

    assert "Your passphrase was changed." in done.text
    assert elsewhere.get("/en/").heading == "Sign in"
    assert client.get("/en/").heading == "Inbox"
    assert sign_in(Client(console), office, "ingrid").status == 422


def test_guessing_at_the_form_for_the_passphrase_must_wait(browser: Browser) -> None:
    client = browser("ingrid")
    page = client.get("/en/account/factors/passphrase")
    guess = {"present": "a guess", "passphrase": STRONG, "again": STRONG}
    for _ in range(5):
        client.submit(page, PASSPHRASES, guess)

    refused = client.submit(page, PASSPHRASES, guess)

    assert refused.status == 429
    assert "You can try again in 5 seconds." in refused.text


def test_who_lost_everything_comes_back_with_two_colleagues(
    console: Flask, browser: Browser, office: Office, clock: FixedClock
) -> None:
    office.enrol("ingrid")
    lost = Client(console)
    form = {"login": "ingrid", "passphrase": PASSPHRASE}
    refused = lost.submit(lost.get("/en/sign-in/lost"), "/sign-in/lost", form)
    assert refused.status == 422
    assert "nobody has vouched for you yet" in refused.text
    for login in ("hilde", "ada"):
        colleague = browser(login)
        assert "Ingrid Intake" in colleague.get("/en/people/factor").text
        page = colleague.get("/en/people/ingrid/factor")
        assert "You have vouched." in colleague.submit(page, "/factor").text

    page = lost.submit(lost.get("/en/sign-in/lost"), "/sign-in/lost", form)

    assert page.heading == "Step 2 of 3 Your authenticator app"
    secret = text_of(page.one("class", "qr__secret")).replace(" ", "")
    codes = lost.submit(page, "/welcome/app", one_time_code=one_time_code(secret, clock.now()))
    assert len(codes_on(codes)) == 10
    assert lost.get("/en/").heading == "Inbox"


def test_nobody_is_asked_to_vouch_for_themself_or_a_stranger(browser: Browser) -> None:
    client = browser("ingrid")

    page = client.get("/en/people/factor")
    links = {one.get("href") for one in page.document.iter("a")}
    assert "/en/people/ingrid/factor" not in links
    assert "/en/people/hilde/factor" not in links, "hilde has never signed in"
    for login in ("ingrid", "nobody", "igor"):
        assert client.get(f"/en/people/{login}/factor").status == 404
