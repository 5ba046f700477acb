"""What people of the office do in a browser, and the cases they find there."""

from collections.abc import Mapping

from tests.support.html import Client, Page, Value
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code
from tests.support.submissions import submit

SIGN_IN = "/en/sign-in"
COOKIE = "__Host-zegel-console"


def fresh_code(office: Office, login: str) -> str:
    """A one-time code that was not used before: the clock moves on to the next."""
    secret = office.enrol(login)
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(seconds=60)
    return one_time_code(secret, office.clock.now())


def sign_in(client: Client, office: Office, login: str) -> Page:
    """Sign in with the right passphrase and a fresh code; gives the page that follows."""
    code = fresh_code(office, login)
    return try_to_sign_in(client, login, PASSPHRASE, code)


def come_signed_in(client: Client, office: Office, login: str) -> None:
    """The same without its pages, for tests about what comes after: the browser has the cookie."""
    token = office.new_session(login, fresh_code(office, login))
    client.put_cookie(COOKIE, token.text)


def try_to_sign_in(client: Client, login: str, passphrase: str, code: str) -> Page:
    """Fill in the form and send it."""
    page = client.get(SIGN_IN)
    return client.submit(page, "/sign-in", login=login, passphrase=passphrase, one_time_code=code)


def new_case(office: Office, **how: object) -> str:
    """A case that has just come in; gives its id as in addresses."""
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), office.clock.now().date(), **how)  # type: ignore[arg-type]  # submit's own arguments
    return received.case_id.hex()


def case_page(client: Client, case_id: str) -> Page:
    """The page of a case, as this person sees it."""
    return client.get(f"/en/case/{case_id}")


def preview_step(
    client: Client,
    case_id: str,
    action: str,
    answers: Mapping[str, Value] | None = None,
    **fields: Value,
) -> Page:
    """Open the page of a step, fill it in and look at the preview.

    `answers` are the details of the step by their short names; `fields` its texts.
    """
    page = client.get(f"/en/case/{case_id}/act/{action}")
    details = {f"details-{name}": value for name, value in (answers or {}).items()}
    return client.submit(page, f"/act/{action}/preview", {**details, **fields})


def take_step(
    client: Client,
    case_id: str,
    action: str,
    answers: Mapping[str, Value] | None = None,
    **fields: Value,
) -> Page:
    """Open the page of a step, fill it in, look at the preview and send it.

    Where something is wrong the page that says so comes back.
    """
    page = preview_step(client, case_id, action, answers, **fields)
    if page.status != 200:
        return page
    return client.submit(page, f"/act/{action}")
