"""`zegel authorities`: what an operator types, reads and gets back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cases.database import Database
from cases.models import ReferenceEdit
from cases.queries.reference_data import changes, current
from reviewer.commands import main

HEAD = "authority,flow,valid_from,valid_until,competent,source,certainty\n"
TRAM = "id,name_nl,name_fr,name_de,name_en,level,source,certainty\ntram,T,T,T,Tram,region,test,"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of an office with a database and nobody in it."""
    Database(f"sqlite:///{tmp_path / 'zegel.sqlite'}").migrate()
    return tmp_path


def run(home: Path, *words: object) -> Result:
    given = ["authorities", *map(str, words)]
    return CliRunner().invoke(main, given, env={"ZEGEL_HOME": str(home)})


def written(home: Path, name: str, text: str) -> Path:
    (home / name).write_text(text, encoding="utf-8")
    return home / name


def database(home: Path) -> Database:
    return Database(f"sqlite:///{home / 'zegel.sqlite'}")


def test_the_list_says_who_takes_which_cases(home: Path) -> None:
    done = run(home, "list", "--language", "fr")

    assert done.exit_code == 0, done.output
    lines = {line.split("\t")[0]: line for line in done.output.splitlines()}
    assert len(lines) == 86
    assert "complaint: Service de médiation auprès de la STIB\treport: here" in lines["stib-mivb"]
    assert "\tcomplaint: here" in lines["mun-evere"]


def test_the_list_can_show_only_what_is_to_be_confirmed(home: Path) -> None:
    done = run(home, "list", "--unconfirmed")

    shown = {line.split("\t")[0] for line in done.output.splitlines()}
    assert "vivaqua" in shown
    assert "visit" in shown
    assert 0 < len(shown) < 87


def test_the_check_counts_by_certainty_and_names_what_is_to_be_confirmed(home: Path) -> None:
    done = run(home, "check")

    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0].split() == ["confirmed", "inferred", "uncertain"]
    counts = {line.split()[0]: line.split()[1:] for line in done.output.splitlines()[1:10]}
    assert counts["norms"] == ["0", "0", "15"]
    assert sum(map(int, counts["authorities"])) == 86
    assert "to be confirmed: norms law: Proper application of the law (uncertain)" in done.output
    assert done.output.endswith("nothing is wrong\n")


def test_the_check_fails_where_a_kept_change_cannot_be_used(home: Path) -> None:
    from_a_later_version = '{"code": "law", "colour": "red"}'
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    with database(home).writing() as session:
        session.add(
            ReferenceEdit(
                kind="norms", key="law", position=1, day=moment.date(), at=moment, actor_id=None,
                body=from_a_later_version,
            )
        )  # fmt: skip

    done = run(home, "check")

    assert done.exit_code == 1
    assert "wrong: norms law: column colour: not a column of this list" in done.output


def test_services_and_competences_come_in_together(home: Path) -> None:
    services = written(home, "services.csv", TRAM + "confirmed\n")
    rows = "tram,complaint,2027-01-01,,yes,test,confirmed\n"
    competences = written(home, "competences.csv", HEAD + rows)

    done = run(home, "import", services, competences)

    assert done.exit_code == 0, done.output
    assert "authorities: 1 added, 0 changed, 0 unchanged" in done.output
    assert "competences: 1 added, 0 changed, 0 unchanged" in done.output
    with database(home).reading() as session:
        assert current(session).authority("tram") is not None
    assert "0 added, 0 changed, 1 unchanged" in run(home, "import", services).output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TRAM + "sure\n", "row 2: column certainty: not one of the choices"),
        (HEAD + "tram,complaint,2027-01-01,,yes,test,confirmed\n", "no such authority"),
        (HEAD + "urban,complaint,01/01/2027,,yes,t,confirmed\n", "not a day like 2026-01-31"),
        (HEAD + "urban,complaint,2027-01-01,,yes,t,confirmed\n", "days overlap with another row"),
        (HEAD + "urban,complaint\n", "row 2: 2 cells instead of 7"),
        ("a;b\n", "row 1: these are not the columns of any kind"),
    ],
)
def test_a_file_with_one_bad_row_changes_nothing(home: Path, text: str, said: str) -> None:
    good = written(home, "services.csv", TRAM.replace("tram", "bus") + "confirmed\n")
    bad = written(home, "bad.csv", text)
    files = [bad] if text.startswith("id,") else [good, bad]

    done = run(home, "import", *files)

    assert done.exit_code == 1
    assert f"Error: {bad}, row " in done.output
    assert said in done.output
    assert len(done.output.splitlines()) == 1
    with database(home).reading() as session:
        assert changes(session) == ()


def test_two_files_of_one_kind_are_refused(home: Path) -> None:
    one = written(home, "one.csv", TRAM + "confirmed\n")
    two = written(home, "two.csv", TRAM + "confirmed\n")

    done = run(home, "import", one, two)

    assert done.exit_code == 1
    assert "same kind" in done.output


def test_the_kind_is_said_where_the_columns_fit_several(home: Path) -> None:
    file = written(home, "norms.csv", "code,certainty\nlaw,confirmed\n")

    assert "say which with --kind" in run(home, "import", file).output
    done = run(home, "import", file, "--kind", "norms")

    assert done.output == "norms: 0 added, 1 changed, 0 unchanged\n"


def test_a_file_that_is_not_text_is_refused(home: Path) -> None:
    (home / "picture.csv").write_bytes(b"\xff\xd8\xff")

    done = run(home, "import", home / "picture.csv")

    assert done.exit_code == 1
    assert "not UTF-8 text" in done.output


def test_a_file_that_is_not_there_is_wrong_use(home: Path) -> None:
    assert run(home, "import", home / "nothing.csv").exit_code == 2
    assert run(home, "import").exit_code == 2
