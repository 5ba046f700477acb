"""A roster that is stale, rolled back, badly signed or under-signed takes nothing in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from cases.actions.rosters import Changes
from cases.database import Database
from cases.models import RosterSeen
from crypto.roster import RosterSigningKey, read_file, sign_roster
from portal.application import create_portal
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import send_report
from tests.support.rosters import change, propose, two_signers
from web.settings import Audience

FORMS = ("/en/report", "/en/complaint", "/en/protection")


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    return two_signers(tmp_path / "home", database, clock)


@pytest.fixture
def portal(office: Office) -> Flask:
    return create_portal(office.services(Audience.PORTAL))


def _run_out(office: Office) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(days=366)


def _roll_back(office: Office) -> None:
    (office.home / "roster" / "0002.json").unlink()


def _under_sign(office: Office) -> None:
    file = propose(office, Changes()).file
    (office.home / "roster" / "0003.json").write_bytes(file)


def _sign_badly(office: Office) -> None:
    """Two keys that no roster names, under a roster that names them."""
    last = read_file((office.home / "roster" / "0002.json").read_bytes())
    keys = [
        RosterSigningKey.from_seed(office.signed_in(login).keys.personal.seed)
        for login in ("carla", "cas")
    ]
    forged = replace(last.roster, serial=3, previous=last.fingerprint)
    (office.home / "roster" / "0003.json").write_bytes(sign_roster(forged, keys))


def _exchange(office: Office) -> None:
    """A folder that was begun anew: its own first roster, pinned."""
    own = read_file((office.home / "roster" / "0001.json").read_bytes()).roster
    ada = RosterSigningKey.from_seed(office.signed_in("ada").keys.personal.seed)
    forged = sign_roster(replace(own, signatures_needed=1), [ada])
    _roll_back(office)
    (office.home / "roster" / "0001.json").write_bytes(forged)
    (office.home / "roster" / "pin").write_text(read_file(forged).fingerprint.hex())


def _invent_a_memory(office: Office) -> None:
    with office.database.writing() as session:
        session.add(RosterSeen(serial=9, fingerprint=b"f" * 32))


@pytest.mark.parametrize(
    "spoil", [_run_out, _roll_back, _under_sign, _sign_badly, _exchange, _invent_a_memory]
)
def test_intake_stops_with_a_clear_page(
    office: Office, portal: Flask, spoil: Callable[[Office], None]
) -> None:
    change(office, Changes())
    client = Client(portal)
    form = client.get("/en/report")
    spoil(office)

    pages = [client.get(path) for path in FORMS]
    sent = client.submit(form, "/report", what="Paper clips vanish.")

    for page in (*pages, sent):
        assert page.status == 503
        assert "could not be verified" in page.text
        assert "did not accept anything" in page.text
    # What was typed is not lost, and nothing is shown that people would compare with paper.
    assert "Paper clips vanish." in sent.source
    assert office.database is not None
    with office.database.reading() as session:
        assert session.connection().exec_driver_sql('SELECT count(*) FROM "case"').scalar() == 0


def test_a_newer_roster_is_taken_up_without_a_restart(office: Office, portal: Flask) -> None:
    client = Client(portal)
    client.get("/en/")
    changed = change(office, Changes())

    page = client.get("/en/security")
    sent = send_report(Client(portal))

    assert changed.fingerprint_text in page.text
    assert sent.status == 200


def test_a_copy_of_the_folder_that_lags_behind_takes_nothing_in(
    office: Office, portal: Flask, tmp_path: Path
) -> None:
    """Two hosts, each with the files: one of them got the newest roster."""
    first = (office.home / "roster" / "0001.json").read_bytes()
    Client(portal).get("/en/")
    change(office, Changes())
    lagging = tmp_path / "lagging"
    (lagging / "roster").mkdir(parents=True)
    (lagging / "roster" / "0001.json").write_bytes(first)
    (lagging / "roster" / "pin").write_text(read_file(first).fingerprint.hex())

    other = create_portal(replace(office, home=lagging).services(Audience.PORTAL))

    assert Client(portal).get("/en/report").status == 200
    assert Client(other).get("/en/report").status == 503
