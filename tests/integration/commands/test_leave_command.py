"""`zegel staff leave`: a person is out at once, the cases go on, and the keys change hands."""

import re
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from cases.actions import assignment
from cases.actions.reading import open_case
from cases.models import CaseGrant, IntakeGrant, Passkey, RecoveryCode, Staff
from tests.support.office import Office
from tests.support.rosters import two_signers_at
from tests.support.scenes import Scene, scene
from tests.support.typed import signing_in_again, zegel


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return two_signers_at(tmp_path / "home")


def leave(office: Office, login: str, to: str, by: str) -> Result:
    typed = f"y\n{signing_in_again(office, by)}"
    return zegel(office.home, "staff", "leave", login, "--to", to, "--as", by, typed=typed)


def sign(office: Office, output: str, login: str) -> Result:
    found = re.search(r"the proposal is in (\S+)", output)
    assert found, output
    typed = f"y\n{signing_in_again(office, login)}"
    return zegel(office.home, "roster", "sign", found[1], "--as", login, typed=typed)


def taken(office: Office, *shared_with: str) -> Scene:
    ours, by = scene(office), office.signed_in("ingrid")
    colleagues = [ours.colleague(login) for login in shared_with]
    with office.database.writing() as session:
        case = ours.open(session)
        assignment.take(session, case, by, case.version, office.clock.now())
    for member in colleagues:
        with office.database.writing() as session:
            case = ours.open(session)
            assignment.share(session, case, member, by, case.version, office.clock.now())
    return ours


def state_of(office: Office, login: str) -> tuple[str, str]:
    with office.database.reading() as session:
        row = session.scalars(select(Staff).where(Staff.login == login)).one()
        return row.state, row.roles


def on_the_disk(office: Office, what: bytes) -> list[str]:
    files = (each for each in office.home.rglob("*") if each.is_file())
    return [each.name for each in files if what in each.read_bytes()]


def test_a_person_leaves_and_every_case_goes_on(office: Office) -> None:
    for login in ("ingrid", "igor", "hilde"):
        office.signed_in(login)
    shared, alone, pooled = taken(office, "hilde"), taken(office), scene(office)
    old = office.roster().roster.intake

    first = leave(office, "ingrid", "igor", "hilde")

    assert first.exit_code == 1
    assert "Ingrid Intake is signed out and cannot sign in any more" in first.output
    assert "cases handed over to Igor Investigator: 1" in first.output
    assert f"{alone.case_id.hex()}: you cannot open it" in first.output
    assert state_of(office, "ingrid") == ("suspended", "intake")
    recovery = f"keys recover --grant igor --case {alone.case_id.hex()}"
    assert f"zegel {recovery}" in first.output
    assert not (office.home / "proposals").exists()

    shares = "".join(f"{share}\n" for share in office.recovery_shares[:2])
    given = zegel(office.home, *recovery.split(), "--yes", typed=shares)
    second = leave(office, "ingrid", "igor", "hilde")
    third = leave(office, "ingrid", "igor", "hilde")

    assert given.exit_code == 0, given.output
    assert second.exit_code == 0, second.output
    assert "run `zegel keys rotate`: its intake key is new" in second.output
    # Nobody is proposed away twice.
    assert third.exit_code == 1
    assert len(list((office.home / "proposals").iterdir())) == 1
    sign(office, second.output, "ada")
    done = sign(office, second.output, "bo")
    assert "roster 2 is in force" in done.output
    assert state_of(office, "ingrid") == ("suspended", "")
    roster = office.roster().roster
    assert roster.intake != old
    assert "Ingrid Intake" not in {one.name for one in roster.members}
    igor, hilde = office.signed_in("igor"), office.signed_in("hilde")
    with office.database.reading() as session:
        for case_id in (shared.case_id, alone.case_id):
            assert open_case(session, case_id, igor.keys).handler_id == igor.member.id
        assert open_case(session, pooled.case_id, hilde.keys).in_pool
        ingrid = select(Staff.id).where(Staff.login == "ingrid")
        for row in (
            select(func.count()).select_from(IntakeGrant).where(IntakeGrant.staff_id.in_(ingrid)),
            select(func.count())
            .select_from(CaseGrant)
            .where(CaseGrant.key_id == office.signed_in("ingrid").keys.personal.public.key_id),
        ):
            assert session.scalar(row) == 0


def test_an_administrator_without_cases_sees_an_investigator_off(office: Office) -> None:
    for login in ("ada", "hilde", "igor"):
        office.enrol(login)
    old = office.roster().roster.intake
    with office.database.writing() as session:
        igor = session.scalars(select(Staff.id).where(Staff.login == "igor")).one()
        day = office.clock.now().date()
        session.add(Passkey(staff_id=igor, sealed=b"sealed", added_on=day))
        session.add(RecoveryCode(staff_id=igor, digest=b"d" * 32))
        wrapped = session.get_one(Staff, igor).wrapped_seed
    assert on_the_disk(office, wrapped)

    done = leave(office, "igor", "hilde", "ada")
    signed = sign(office, done.output, "bo")

    assert done.exit_code == 0, done.output
    assert "signatures missing: 1" in done.output
    assert "roster 2 is in force" in signed.output
    assert office.roster().roster.intake == old
    assert state_of(office, "igor") == ("suspended", "")
    with office.database.reading() as session:
        for table in (Passkey, RecoveryCode):
            owners = select(func.count()).select_from(table).where(table.staff_id == igor)
            assert session.scalar(owners) == 0
        assert on_the_disk(office, wrapped) == []


def test_whoever_opens_no_new_cases_draws_no_intake_key(office: Office) -> None:
    for login in ("ada", "hilde", "ingrid"):
        office.enrol(login)

    done = leave(office, "ingrid", "hilde", "ada")

    assert done.exit_code == 0, done.output
    assert "the intake key stays: somebody of intake runs `zegel keys rotate`" in done.output


def test_an_invitation_is_taken_back(office: Office) -> None:
    office.enrol("hilde")

    done = leave(office, "igor", "hilde", "ada")
    sign(office, done.output, "bo")

    assert "signed out" not in done.output
    assert state_of(office, "igor") == ("invited", "")


@pytest.mark.parametrize(
    ("login", "to", "by", "said"),
    [
        ("hilde", "ingrid", "ada", "this is the last head of the office who can sign in"),
        ("hilde", "ingrid", "hilde", "nobody can do this for themselves: ask a colleague"),
        ("igor", "hilde", "ingrid", "only a head or an administrator suspends a person"),
    ],
)
def test_who_cannot_be_seen_off_stays(
    office: Office, login: str, to: str, by: str, said: str
) -> None:
    for each in ("hilde", "ingrid", "igor"):
        office.enrol(each)

    refused = leave(office, login, to, by)

    assert refused.exit_code == 1
    assert f"Error: {said}\n" in refused.output
    assert state_of(office, login)[0] == "active"
    assert not (office.home / "proposals").exists()


@pytest.mark.parametrize(
    ("login", "to", "said"),
    [
        ("nobody", "hilde", "nobody on the roster has the login nobody"),
        ("igor", "nobody", "nobody has the login nobody"),
        ("igor", "ada", "ada has no role that works on cases"),
        ("igor", "igor", "the cases must go to somebody else"),
    ],
)
def test_nobody_is_asked_for_a_passphrase_where_a_name_is_wrong(
    office: Office, login: str, to: str, said: str
) -> None:
    for each in ("hilde", "igor", "ada"):
        office.enrol(each)

    refused = zegel(office.home, "staff", "leave", login, "--to", to, "--as", "hilde", "--yes")

    assert refused.exit_code == 1
    assert refused.output == f"Error: {said}\n"


def test_who_does_not_agree_changes_nothing(office: Office) -> None:
    for each in ("hilde", "igor"):
        office.enrol(each)

    asked = zegel(
        office.home, "staff", "leave", "igor", "--to", "hilde", "--as", "hilde", typed="n\n"
    )

    assert asked.exit_code == 1
    assert "Igor Investigator leaves, and Hilde Head gets the cases. Is that right?" in asked.output
    assert state_of(office, "igor") == ("active", "investigator")
