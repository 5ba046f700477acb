"""`zegel keys rotate`, from the proposal to the end of the old key, and killed on the way."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from cases.models import CaseGrant, IntakeGrant
from tests.support.office import Office
from tests.support.rosters import two_signers_at
from tests.support.scenes import scene
from tests.support.typed import signing_in_again, zegel
from web.clock import office_day


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return two_signers_at(tmp_path / "home")


def rotate(office: Office, *words: str, first: str = "", login: str = "ingrid") -> Result:
    typed = first + signing_in_again(office, login)
    return zegel(office.home, "keys", "rotate", "--as", login, *words, typed=typed)


def proposal_in(output: str) -> str:
    found = re.search(r"the proposal is in (\S+)", output)
    assert found, output
    return found[1]


def sign(office: Office, path: str, login: str) -> Result:
    typed = f"y\n{signing_in_again(office, login)}"
    return zegel(office.home, "roster", "sign", path, "--as", login, typed=typed)


def in_force(office: Office) -> Result:
    """A new key, signed by both administrators; what the second of them reads."""
    path = proposal_in(rotate(office, first="y\n").output)
    assert "signatures missing: 1" in sign(office, path, "ada").output
    return sign(office, path, "bo")


def test_the_key_is_changed_by_running_the_command_until_the_old_one_is_gone(
    office: Office,
) -> None:
    for _ in range(2):
        scene(office)
    old = office.roster().roster.intake

    proposed = rotate(office, first="y\n")
    waiting = rotate(office)
    path = proposal_in(proposed.output)
    sign(office, path, "ada")
    signed = sign(office, path, "bo")
    shown = zegel(office.home, "roster", "show").output
    over = rotate(office)
    again = rotate(office)
    ended = rotate(office, "--overlap", "0")

    assert (proposed.exit_code, waiting.exit_code, signed.exit_code) == (0, 1, 0)
    assert "signatures missing: 2" in proposed.output
    assert proposal_in(waiting.output) == path
    assert "New cases are sealed to another key now." in signed.output
    assert "roster 2 is in force" in signed.output
    new, day = office.roster().roster.intake, office_day(office.clock.now()) + timedelta(days=2)
    assert new != old
    assert "an earlier intake key is not destroyed yet, cases granted to it: 2;" in shown
    assert "cases granted to the new key: 2" in over.output
    assert f"the old key stays until {day}" in over.output
    # There is nothing to do, so nobody is asked to sign in.
    assert "Passphrase" not in again.output
    assert f"the old key stays until {day}" in again.output
    assert "the old key is destroyed" in ended.output
    with office.database.reading() as session:
        granted = session.scalars(select(CaseGrant.key_id).where(CaseGrant.holder_kind == "intake"))
        assert set(granted) == {new.key_id}
        assert set(session.scalars(select(IntakeGrant.since))) == {2}
    assert "earlier intake key" not in zegel(office.home, "roster", "show").output


def test_a_change_that_is_over_does_not_begin_anew_by_itself(office: Office) -> None:
    in_force(office)
    rotate(office, "--overlap", "0")

    asked = zegel(office.home, "keys", "rotate", "--as", "ingrid", typed="n\n")

    assert asked.exit_code == 1
    assert "No change is under way. Propose a new intake key?" in asked.output
    assert not list((office.home / "proposals").glob("0003-*"))


def test_another_key_can_be_proposed_before_the_first_is_over(office: Office) -> None:
    in_force(office)

    path = proposal_in(rotate(office, "--anew").output)
    sign(office, path, "ada")
    sign(office, path, "bo")
    ended = rotate(office, "--overlap", "0")

    assert "the old key is destroyed" in ended.output
    with office.database.reading() as session:
        assert set(session.scalars(select(IntakeGrant.since))) == {3}


def test_whoever_opens_no_new_cases_does_not_change_the_key(office: Office) -> None:
    for login in ("ada", "igor"):
        refused = rotate(office, first="y\n", login=login)
        assert refused.exit_code == 1
    assert not (office.home / "proposals").exists()


def test_killed_at_any_point_it_goes_on_and_no_case_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "tests.support.crashing_rotation", str(home)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    lived = [line["command"] for line in lines if not line["killed"]]
    assert lived == ["rotate", "sign", "sign", "rotate"]
    # More than one point in each command, and after each every case opens.
    assert len(lines) > 4 * len(lived)
    assert {line["opened"] for line in lines} == {2}
    # Each case is granted to one key of the pool at any time.
    assert {len(line["granted"]) for line in lines} == {2}
    (first, *_), (last, *_) = lines[0]["granted"], lines[-1]["granted"]
    assert first != last
    assert next(line["held"] for line in lines if line["held"] != [1, 1]) == [1, 1, 2, 2]
    assert lines[-1]["held"] == [2, 2]
    checked = zegel(home, "audit", "verify")
    assert checked.exit_code == 0, checked.output
