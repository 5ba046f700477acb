"""The command line: what an operator types, reads and gets back."""

import re
import stat
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner

from cases.database import Database
from crypto.secret_sharing import combine
from reviewer.commands import main
from tests.support.commands import free_port, run, run_here, served
from tests.support.office import PASSPHRASE, Office, found, one_time_code
from web.clock import SystemClock

PEOPLE = (
    "--person", "ada:Ada Admin:administrator,head",
    "--person", "ingrid:Ingrid Intake:intake,custodian",
    "--person", "carla:Carla Custodian:custodian",
)  # fmt: skip
CREATE = ("office", "create", "--name", "Ombuds of Testland", *PEOPLE)


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command below a group, as words."""
    if not isinstance(command, click.Group):
        return [path]
    below = [leaves(each, (*path, name)) for name, each in command.commands.items()]
    return [path, *(one for some in below for one in some)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of an office whose administrator also heads it."""
    return tmp_path / "home"


@pytest.fixture
def office(home: Path) -> Office:
    home.mkdir()
    return found(home, Database(f"sqlite:///{home / 'zegel.sqlite'}"), SystemClock())


@pytest.mark.parametrize("words", leaves(main))
def test_every_command_has_a_help_text(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*words, "--help"])

    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 4


def test_the_list_of_commands_is_the_public_one() -> None:
    assert {" ".join(words) for words in leaves(main)} >= {
        "demo", "serve", "office create", "staff add", "staff list", "roster show",
        "roster verify", "roster renew", "db migrate", "sessions purge", "jobs run",
        "evidence sweep", "evidence verify",
    }  # fmt: skip


def test_it_says_its_version(tmp_path: Path) -> None:
    # SECURITY.md asks for it.
    done = run(tmp_path, "--version")

    assert done.returncode == 0
    assert re.fullmatch(r"zegel \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("serve", "nothing"),
        ("office", "create"),
        ("office", "create", "--name", "x", "--person", "ada:Ada:king"),
        ("office", "create", "--name", "x", "--person", "Ada"),
        ("staff", "add", "x", "--name", "X", "--role", "king", "--as", "ada"),
    ],
)
def test_wrong_use_ends_with_2_and_touches_nothing(home: Path, words: tuple[str, ...]) -> None:
    done = run_here(home, *words)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "list"),
        ("roster", "show"),
        ("roster", "verify"),
        ("sessions", "purge"),
        ("jobs", "run"),
        ("evidence", "sweep"),
        ("evidence", "verify"),
    ],
)
def test_without_an_office_each_command_fails_in_one_line(
    home: Path, words: tuple[str, ...]
) -> None:
    home.mkdir()

    done = run_here(home, *words)

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("Error: ")


def test_an_office_is_founded_with_what_each_person_must_get(home: Path) -> None:
    done = run_here(home, *CREATE)

    assert done.returncode == 0, done.stderr
    shares = re.findall(r"Share \d of 3:\n  (.+)", done.stdout)
    assert len(combine(shares[:2])) == 32
    for login in ("ada", "ingrid", "carla"):
        assert re.search(rf"{login}: (\w+ ){{9}}\w+", done.stdout)
    shown = run_here(home, "roster", "verify").stdout
    fingerprint = re.search(r"Roster fingerprint: (.+)", done.stdout)
    assert fingerprint is not None
    assert fingerprint[1] in shown
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_second_office_in_one_database_is_refused(home: Path) -> None:
    run_here(home, *CREATE)
    before = sorted((home / "roster").iterdir())

    done = run_here(home, *CREATE)

    assert done.returncode == 1
    assert "holds an office already" in done.stderr
    assert sorted((home / "roster").iterdir()) == before


def test_an_office_without_intake_is_refused_before_anything_is_made(home: Path) -> None:
    done = run_here(home, "office", "create", "--name", "x", "--person", "ada:Ada:administrator")

    assert done.returncode == 1
    assert "intake" in done.stderr
    assert not home.exists()


def test_the_roster_lists_people_with_their_roles(office: Office, home: Path) -> None:
    shown = run_here(home, "roster", "show").stdout

    assert "Ombuds Test, roster 1" in shown
    assert "Carla Custodian: custodian" in shown


def test_an_altered_roster_does_not_verify(office: Office, home: Path) -> None:
    file = home / "roster" / "0001.json"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))

    done = run_here(home, "roster", "verify")

    assert done.returncode == 1
    assert "roster" in done.stderr


def add_staff(home: Path, by: str, typed: str, *words: str) -> tuple[int, str]:
    given = ["staff", "add", *words, "--as", by]
    done = CliRunner().invoke(main, given, input=typed, env={"ZEGEL_HOME": str(home)})
    return done.exit_code, done.output


def fresh(office: Office, login: str) -> str:
    """The next code: the one of the enrolment, a moment ago, was used."""
    secret = office.enrol(login)
    return one_time_code(secret, office.clock.now() + timedelta(seconds=30))


def test_a_colleague_is_invited_by_someone_who_signs_in(office: Office, home: Path) -> None:
    typed = f"{PASSPHRASE}\n{fresh(office, 'ada')}\n"
    words = ("nele", "--name", "Nele New", "--role", "investigator")

    status, said = add_staff(home, "ada", typed, *words)

    assert status == 0, said
    assert re.search(r"(\w+ ){9}\w+", said)
    assert PASSPHRASE not in said
    assert "nele\tinvited\tinvestigator\tNele New" in run_here(home, "staff", "list").stdout
    assert "Nele New" in run_here(home, "roster", "show").stdout
    assert "roster 2" in run_here(home, "roster", "verify").stdout


def test_a_wrong_passphrase_invites_nobody(office: Office, home: Path) -> None:
    typed = f"not the passphrase\n{fresh(office, 'ada')}\n"

    status, said = add_staff(home, "ada", typed, "nele", "--name", "N", "--role", "investigator")

    assert status == 1
    assert "not signed in" in said
    assert "nele" not in run_here(home, "staff", "list").stdout


def test_someone_without_the_permission_invites_nobody(office: Office, home: Path) -> None:
    typed = f"{PASSPHRASE}\n{fresh(office, 'ingrid')}\n"

    status, said = add_staff(home, "ingrid", typed, "nele", "--name", "N", "--role", "intake")

    assert status == 1, said
    assert "nele" not in run_here(home, "staff", "list").stdout
    assert "roster 1" in run_here(home, "roster", "verify").stdout


def test_a_login_that_is_taken_invites_nobody(office: Office, home: Path) -> None:
    typed = f"{PASSPHRASE}\n{fresh(office, 'ada')}\n"

    status, said = add_staff(home, "ada", typed, "igor", "--name", "I", "--role", "investigator")

    assert status == 1, said
    assert "roster 1" in run_here(home, "roster", "verify").stdout


def test_the_database_is_brought_up_to_date_any_number_of_times(home: Path) -> None:
    home.mkdir()

    done = [run(home, "db", "migrate") for _ in range(2)]

    assert [one.returncode for one in done] == [0, 0]


def test_sessions_that_ended_are_purged(office: Office, home: Path) -> None:
    office.enrol("ada")

    done = run_here(home, "sessions", "purge")

    assert done.returncode == 0
    assert done.stdout == "0 expired sessions deleted\n"


@pytest.mark.parametrize("application", ["portal", "console"])
def test_an_application_is_served_by_itself(home: Path, application: str) -> None:
    run_here(home, *CREATE)

    with served(home, application) as (process, address):
        with urlopen(f"{address}/healthz", timeout=60) as answer:
            assert answer.status == 200
        process.terminate()
        assert process.wait(60) == 0


def test_serving_without_a_secret_key_fails(home: Path) -> None:
    home.mkdir()

    done = run(home, "serve", "portal", "--bind", f"127.0.0.1:{free_port()}")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secret key" in done.stderr


def test_serving_without_names_to_answer_to_fails_in_one_line(home: Path) -> None:
    run_here(home, *CREATE)

    done = run(home, "serve", "portal", "--bind", f"127.0.0.1:{free_port()}")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "ZEGEL_TRUSTED_HOSTS" in done.stderr


def test_looking_for_a_database_makes_none(home: Path) -> None:
    home.mkdir()

    done = run_here(home, "staff", "list")

    assert done.returncode == 1
    # Migrating, as it said once, needs a folder and leaves a database without an office.
    assert "run `zegel office create`" in done.stderr
    assert list(home.iterdir()) == []


def test_the_roster_is_signed_for_another_year(office: Office, home: Path) -> None:
    typed = f"{PASSPHRASE}\n{fresh(office, 'ada')}\n"

    done = CliRunner().invoke(
        main, ["roster", "renew", "--as", "ada"], input=typed, env={"ZEGEL_HOME": str(home)}
    )

    assert done.exit_code == 0, done.output
    assert "roster 2" in done.output
    assert run_here(home, "roster", "verify").returncode == 0
