"""A key that was wrapped anew: what it was wrapped under before is nowhere on the disk."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from cases.models import Staff
from tests.support.html import Client, text_of
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code

Browser = Callable[[str], Client]
STRONG = "nine quiet turbines above frozen harbours"


def _wrapped(office: Office, login: str) -> bytes:
    with office.database.reading() as session:
        return session.scalars(select(Staff.wrapped_seed).where(Staff.login == login)).one()


def _on_the_disk(folder: Path, what: bytes) -> list[str]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return [each.name for each in files if what in each.read_bytes()]


def test_an_old_passphrase_opens_nothing_that_is_left_on_the_disk(
    browser: Browser, office: Office, tmp_path: Path
) -> None:
    client = browser("ingrid")
    before = _wrapped(office, "ingrid")
    assert _on_the_disk(tmp_path, before)

    page = client.get("/en/account/factors/passphrase")
    typed = {"present": PASSPHRASE, "passphrase": STRONG, "again": STRONG}
    client.submit(page, "/factors/passphrase", typed)

    assert _wrapped(office, "ingrid") != before
    assert _on_the_disk(tmp_path, before) == []


def test_an_invitation_that_was_used_opens_nothing_that_is_left_on_the_disk(
    console: Flask, office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    before = _wrapped(office, "ingrid")
    client = Client(console)
    code = office.invitations["ingrid"].text
    typed = {"login": "ingrid", "code": code, "passphrase": STRONG, "again": STRONG}

    page = client.submit(client.get("/en/welcome"), "/welcome", typed)
    secret = text_of(page.one("class", "qr__secret")).replace(" ", "")
    code = one_time_code(secret, clock.now())
    client.submit(page, "/welcome/app", one_time_code=code)

    assert _wrapped(office, "ingrid") != before
    assert _on_the_disk(tmp_path, before) == []
