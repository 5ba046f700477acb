"""From an invitation to signing in with a passkey, in Chromium with an authenticator of software.

Passkeys belong to a name, so the console is reached as `localhost`, under the policy it really has.
"""

from playwright.sync_api import Locator, Page, Response

from tests.e2e.conftest import People
from tests.support.pages import ConsolePages, fill, follow, submit, words_of

PASSPHRASE = "eight patient ferries under winter light"
LOGIN = "carla"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def at_the_name(people: People, *, scripts: bool = True) -> ConsolePages:
    """A stranger with an empty authenticator, where passkeys work."""
    page = people.windows.open(scripts=scripts, policy_kept=scripts)
    return ConsolePages(page, people.office.served.console.url.replace("127.0.0.1", "localhost"))


def give_authenticator(page: Page, *, knows_pin: bool = True) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {**AUTHENTICATOR, "isUserVerified": knows_pin}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def press(form: Locator) -> Response:
    """Press the button of the passkey and wait for the page that our script asks for."""
    page = form.page
    with page.expect_navigation() as navigation:
        form.locator("[data-passkey-button]").click()
    page.wait_for_load_state("load")
    response = navigation.value
    assert response is not None
    return response


def enrol(newcomer: ConsolePages, invitation: str) -> None:
    newcomer.go("/welcome")
    form = newcomer.form("/welcome")
    typed = {"login": LOGIN, "code": invitation, "passphrase": PASSPHRASE, "again": PASSPHRASE}
    fill(form, typed)
    submit(form)
    offered = newcomer.form("/welcome/passkey")
    fill(offered, {"name": "Blue key"})
    assert press(offered).status == 200


def test_a_newcomer_uses_a_passkey_from_the_first_sign_in_on(people: People) -> None:
    newcomer = at_the_name(people)
    give_authenticator(newcomer.page)

    enrol(newcomer, people.office.invitations[LOGIN])

    assert newcomer.page.locator("[data-recovery-codes] li").count() == 10
    code = newcomer.page.locator("[data-recovery-codes] li").first.inner_text()
    follow(newcomer.page.get_by_role("link", name="continue"))
    newcomer.sign_out()
    newcomer.go("/sign-in")
    door = newcomer.form("/sign-in")
    fill(door, {"login": LOGIN, "passphrase": "not the passphrase"})
    assert press(door).status == 422
    _right_after_a_long_wait(newcomer)
    newcomer.go("/account/factors")
    assert "Blue key" in words_of(newcomer.page)
    assert submit(newcomer.form("/remove")).status == 409

    _by_code_without_scripts(people, code)
    _without_a_pin(people)


def _right_after_a_long_wait(newcomer: ConsolePages) -> None:
    """On a page that stood open for longer than its challenge is good: the script gets another."""
    page = newcomer.page
    page.clock.install()
    newcomer.go("/sign-in")
    page.clock.fast_forward("06:00")
    door = newcomer.form("/sign-in")
    fill(door, {"login": LOGIN, "passphrase": PASSPHRASE})
    with page.expect_request(lambda request: request.method == "GET"):
        assert press(door).status == 200


def _by_code_without_scripts(people: People, code: str) -> None:
    """The same person, in another browser that runs no script."""
    elsewhere = at_the_name(people, scripts=False)
    elsewhere.go("/sign-in")
    door = elsewhere.form("/sign-in")
    assert door.locator("[data-passkey-button]").count() == 1
    assert not door.locator("[data-passkey-button]").is_visible()
    fill(door, {"login": LOGIN, "passphrase": PASSPHRASE, "one_time_code": code})

    assert submit(door).status == 200
    elsewhere.sign_out()


def _without_a_pin(people: People) -> None:
    """An authenticator that has no passkey for us: the page says so, and nothing was sent."""
    stranger = at_the_name(people)
    give_authenticator(stranger.page, knows_pin=False)
    stranger.go("/sign-in")
    door = stranger.form("/sign-in")
    fill(door, {"login": LOGIN, "passphrase": PASSPHRASE})

    said = stranger.page.get_by_text("That did not work with the passkey.")
    assert not said.is_visible()

    door.locator("[data-passkey-button]").click()

    said.wait_for()
    assert door.get_by_label("Login").input_value() == LOGIN
