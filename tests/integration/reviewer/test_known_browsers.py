"""A stranger who fails on purpose cannot shut a colleague out of her own browser."""

from flask import Flask

from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import PASSPHRASE, FixedClock, Office
from tests.support.staff_steps import fresh_code, sign_in, try_to_sign_in

WRONG = "not the passphrase of anyone here"
TOO_MANY = 429


def fail_often(client: Client, login: str) -> int:
    return [try_to_sign_in(client, login, WRONG, "000000").status for _ in range(7)][-1]


def sign_out(client: Client) -> None:
    client.submit(client.get("/en/"), "/sign-out")


@on_both_databases
def test_a_strangers_failures_do_not_reach_a_browser_that_signed_in_before(
    console: Flask, office: Office
) -> None:
    colleague, stranger = Client(console), Client(console)
    sign_in(colleague, office, "ingrid")
    sign_out(colleague)
    code = fresh_code(office, "ingrid")

    assert fail_often(stranger, "ingrid") == TOO_MANY

    assert try_to_sign_in(Client(console), "ingrid", PASSPHRASE, code).status == TOO_MANY
    assert try_to_sign_in(colleague, "ingrid", PASSPHRASE, code).heading == "Inbox"


def test_a_known_browser_is_slowed_down_for_its_own_failures(
    console: Flask, office: Office
) -> None:
    colleague = Client(console)
    sign_in(colleague, office, "ingrid")
    sign_out(colleague)

    assert fail_often(colleague, "ingrid") == TOO_MANY


def test_a_browser_known_for_one_login_is_a_strangers_for_another(
    console: Flask, office: Office
) -> None:
    hildes = Client(console)
    sign_in(hildes, office, "hilde")
    sign_out(hildes)
    code = fresh_code(office, "ingrid")

    assert fail_often(Client(console), "ingrid") == TOO_MANY

    assert try_to_sign_in(hildes, "ingrid", PASSPHRASE, code).status == TOO_MANY


def test_nobody_waits_longer_than_five_minutes(
    console: Flask, office: Office, clock: FixedClock
) -> None:
    stranger = Client(console)
    for _ in range(20):
        try_to_sign_in(stranger, "ingrid", WRONG, "000000")
        clock.advance(minutes=5, seconds=1)

    try_to_sign_in(stranger, "ingrid", WRONG, "000000")
    clock.advance(minutes=5, seconds=1)

    assert sign_in(Client(console), office, "ingrid").heading == "Inbox"
