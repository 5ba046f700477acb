"""`zegel keys redeal`: custodians at one terminal, one after the other, and nothing shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from cases.actions.rosters import Changes
from cases.domain.roles import Role
from tests.support import rosters
from tests.support.custody import custody_of_a_name
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.typed import signing_in, zegel

BOTH = frozenset({Role.INVESTIGATOR, Role.CUSTODIAN})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_home(tmp_path / "office") as founded:
        yield founded


def redeal(office: Office, *logins: str, typed: str) -> Result:
    names = [word for login in logins for word in ("--as", login)]
    return zegel(office.home, "keys", "redeal", *names, typed=typed)


def a_custodian_comes(office: Office) -> None:
    office.enrol("igor")
    rosters.accept(office, rosters.propose(office, Changes(roles={"igor": BOTH})).file)


def on_the_trail(office: Office) -> int:
    statement = "SELECT count(*) FROM trail WHERE event = 'identity_shares_dealt'"
    with office.database.reading() as session:
        return session.scalar(text(statement)) or 0


def test_two_custodians_deal_every_name_and_see_none(office: Office) -> None:
    for _ in range(2):
        custody_of_a_name(office)
    typed = signing_in(office, "cas", "cem")
    a_custodian_comes(office)

    done = redeal(office, "cas", "cem", typed=typed)

    assert done.exit_code == 0, done.output
    assert "names: 2, dealt anew: 2" in done.output
    assert "Jan Test" not in done.output
    assert on_the_trail(office) == 4


def test_one_custodian_alone_is_told_what_is_missing(office: Office) -> None:
    case_id = custody_of_a_name(office).scene.case_id
    typed = signing_in(office, "cas")
    a_custodian_comes(office)

    done = redeal(office, "cas", typed=typed)

    assert done.exit_code == 1
    assert f"{case_id.hex()}: those who signed in hold too few shares of it" in done.output
    assert "names that were not dealt: 1" in done.output
    assert on_the_trail(office) == 0


@pytest.mark.parametrize("logins", [("cas", "cas"), ("ingrid", "cas")])
def test_strangers_and_one_person_twice_are_refused(
    office: Office, logins: tuple[str, ...]
) -> None:
    custody_of_a_name(office)

    done = redeal(office, *logins, typed=signing_in(office, *dict.fromkeys(logins)))

    assert done.exit_code in (1, 2)
    assert "names somebody twice" in done.output or "is no custodian" in done.output


def test_a_roster_with_other_custodians_says_what_is_next(office: Office) -> None:
    words = ("roster", "propose", "--as", "ada", "--roles", "igor:investigator,custodian")

    done = zegel(office.home, *words, typed=signing_in(office, "ada"))

    assert done.exit_code == 0, done.output
    assert "next, enough of them together run `zegel keys redeal`" in done.output
