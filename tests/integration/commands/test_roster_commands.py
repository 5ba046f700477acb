"""`zegel roster`, where two people sign."""

import re
from pathlib import Path

import pytest
from sqlalchemy import update

from cases.models import ProposedPerson
from tests.support.office import Office
from tests.support.rosters import two_signers_at
from tests.support.typed import signing_in, zegel

NELE = ("staff", "add", "nele", "--name", "Nele New", "--role", "investigator", "--as", "ada")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def office(home: Path) -> Office:
    return two_signers_at(home)


def proposed(home: Path, office: Office) -> str:
    """The path of a proposal to invite Nele, signed by Ada."""
    done = zegel(home, *NELE, typed=signing_in(office, "ada"))
    assert done.exit_code == 0, done.output
    found = re.search(r"the proposal is in (\S+)", done.output)
    assert found, done.output
    return found[1]


def test_a_colleague_joins_with_the_second_signature(office: Office, home: Path) -> None:
    path = proposed(home, office)
    unsigned = zegel(home, "roster", "accept", path)
    before = zegel(home, "staff", "list").output
    shown = zegel(home, "roster", "show", path).output

    done = zegel(home, "roster", "sign", path, "--as", "bo", typed=f"y\n{signing_in(office, 'bo')}")

    assert unsigned.exit_code == 1
    assert "signatures missing: 1" in unsigned.output
    assert "nele" not in before
    assert "Nele New is new: belongs to the office" in shown
    assert "in the console, nele: investigator" in shown
    assert "signed by Ada Admin; signatures missing: 1" in shown
    assert done.exit_code == 0, done.output
    assert "Nele New is new" in done.output
    assert "roster 2 is in force" in done.output
    assert "nele\tinvited\tinvestigator\tNele New" in zegel(home, "staff", "list").output
    # Once more does no harm.
    assert zegel(home, "roster", "accept", path).exit_code == 0
    assert Path(path).stat().st_mode & 0o777 == 0o600


def test_somebody_who_does_not_agree_signs_nothing(office: Office, home: Path) -> None:
    path = proposed(home, office)
    before = Path(path).read_bytes()

    done = zegel(home, "roster", "sign", path, "--as", "bo", typed=f"n\n{signing_in(office, 'bo')}")

    assert done.exit_code == 1
    assert Path(path).read_bytes() == before
    assert "roster 1" in zegel(home, "roster", "verify").output


def test_a_row_hides_nothing_of_what_is_signed(office: Office, home: Path) -> None:
    path = proposed(home, office)
    with office.database.writing() as session:
        session.execute(update(ProposedPerson).values(login="\x1b[2Anele"))

    shown = zegel(home, "roster", "show", path).output

    assert "in the console, ?[2Anele: investigator" in shown
    assert "\x1b" not in shown


def test_a_file_taken_away_is_noticed_and_put_back_from_its_proposal(
    office: Office, home: Path
) -> None:
    path = proposed(home, office)
    zegel(home, "roster", "sign", path, "--as", "bo", typed=f"y\n{signing_in(office, 'bo')}")
    (home / "roster" / "0002.json").unlink()

    noticed = zegel(home, "roster", "verify")
    refused = zegel(home, "roster", "renew", "--as", "ada")
    back = zegel(home, "roster", "accept", path)

    assert (noticed.exit_code, refused.exit_code) == (1, 1)
    assert "a newer roster was in force here before" in noticed.output
    assert back.exit_code == 0, back.output
    assert "roster 2" in zegel(home, "roster", "verify").output


def test_what_changes_is_shown_until_everyone_has_read_it(office: Office, home: Path) -> None:
    office.enrol("ingrid")
    words = ("roster", "propose", "--as", "ada", "--signatures-needed", "1")
    done = zegel(home, *words, typed=signing_in(office, "ada"))
    path = re.search(r"the proposal is in (\S+)", done.output)
    assert path, done.output
    zegel(home, "roster", "sign", path[1], "--as", "bo", typed=f"y\n{signing_in(office, 'bo')}")

    shown = zegel(home, "roster", "show").output

    assert "signatures needed for the next: 1" in shown
    assert "not read yet by: ingrid" in shown


def test_a_conflict_of_interest_is_proposed_shown_and_ended(office: Office, home: Path) -> None:
    declare = ("roster", "propose", "--as", "ada", "--conflict", "ingrid=actiris")
    done = zegel(home, *declare, typed=signing_in(office, "ada"))
    path = re.search(r"the proposal is in (\S+)", done.output)
    assert path, done.output

    told = zegel(home, "roster", "show", path[1]).output
    zegel(home, "roster", "sign", path[1], "--as", "bo", typed=f"y\n{signing_in(office, 'bo')}")
    shown = zegel(home, "roster", "show").output

    assert "Ingrid Intake must not read cases of these services: actiris; before: none" in told
    assert "no cases of: actiris" in shown


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (("--conflict", "ingrid=moon-base"), 1, "no service has the id moon-base"),
        (("--conflict", "ingrid"), 2, "needs a login and the code of a service"),
    ],
)
def test_a_conflict_with_no_known_service_is_refused(
    office: Office, home: Path, words: tuple[str, ...], status: int, why: str
) -> None:
    done = zegel(home, "roster", "propose", "--as", "ada", *words)

    assert done.exit_code == status
    assert why in done.output


@pytest.mark.parametrize(
    ("asked", "needed"), [((), "2 signatures"), (("--signatures-needed", "1"), "1 signature")]
)
def test_an_office_says_how_many_must_sign(
    tmp_path: Path, asked: tuple[str, ...], needed: str
) -> None:
    people = ("ada:Ada:administrator,intake,custodian", "bo:Bo:administrator,custodian")
    words = [word for person in people for word in ("--person", person)]

    done = zegel(tmp_path / "new", "office", "create", "--name", "Ombuds", *words, *asked)

    assert done.exit_code == 0, done.output
    assert f"A change of the roster needs {needed}." in done.output
