"""From an invitation to the inbox: passphrase, authenticator, codes that work once."""

import secrets

import pyotp
from playwright.sync_api import Page

from tests.e2e.conftest import People
from tests.support.pages import fill, follow, submit, words_of
from tests.support.staffed_office import Account

WEAK = "password1234"
STRONG = "nine quiet turbines above frozen harbours"


def test_a_newcomer_gets_in_with_the_invitation_and_each_code_once(
    people: People, scripts: bool
) -> None:
    account = Account("nora" if scripts else "nils", STRONG)
    newcomer = people.stranger(scripts=scripts)
    newcomer.go("/welcome")
    form = newcomer.form("/welcome")
    invitation = {"login": account.login, "code": people.office.invitations[account.login].upper()}

    fill(form, {**invitation, "passphrase": WEAK, "again": WEAK})
    assert submit(form).status == 422
    assert "Choose a stronger passphrase." in words_of(newcomer.page)
    fill(form, {**invitation, "passphrase": STRONG, "again": STRONG})
    assert submit(form).status == 200

    assert newcomer.page.locator(".qr svg").count() == 1
    account.totp_secret = _secret_shown(newcomer.page)
    used = account.next_code()
    confirm = newcomer.form("/welcome/app")
    fill(confirm, {"one_time_code": used})
    submit(confirm)
    assert newcomer.page.locator("[data-recovery-codes] li").count() == 10
    follow(newcomer.page.get_by_role("link", name="continue"))
    assert newcomer.heading == "Inbox"

    newcomer.sign_out()
    kept = {cookie["name"] for cookie in newcomer.page.context.cookies()}
    assert "zegel-console-loopback" not in kept
    assert newcomer.sign_in(account, used).status == 422
    assert newcomer.heading == "Sign in"
    assert newcomer.sign_in(account).status == 200
    assert newcomer.heading == "Inbox"


def test_an_invitation_works_once(people: People) -> None:
    login = "nele"
    for expected in (200, 422):
        newcomer = people.stranger()
        newcomer.go("/welcome")
        form = newcomer.form("/welcome")
        code = people.office.invitations[login]
        fill(form, {"login": login, "code": code, "passphrase": STRONG, "again": STRONG})
        assert submit(form).status == expected
        if expected == 200:
            secret = _secret_shown(newcomer.page)
            confirm = newcomer.form("/welcome/app")
            fill(confirm, {"one_time_code": pyotp.TOTP(secret).now()})
            submit(confirm)


def test_after_signing_out_the_back_button_shows_no_case(people: People, scripts: bool) -> None:
    title = f"Fuel for a car that never drove {secrets.token_hex(4)}."
    people.visitor().send_report(what=title)
    officer = people.stranger(scripts=scripts)
    officer.sign_in(people.office.accounts["iris" if scripts else "imke"])
    officer.open_case(title)
    officer.sign_out()

    officer.page.go_back()

    assert title not in officer.page.content()
    assert officer.heading == "Sign in"


def _secret_shown(page: Page) -> str:
    return page.locator(".qr__secret").inner_text().replace(" ", "")
