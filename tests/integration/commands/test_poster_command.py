"""`zegel poster`: what an operator types, and the file that comes of it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support.commands import run_here
from tests.support.office import NAME
from tests.support.office_home import office_home
from tests.support.own_look import put_on

SITE = "https://meld.ombuds.example"
ONION = "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a founded office."""
    folder = tmp_path_factory.mktemp("office")
    with office_home(folder):
        yield folder


def test_a_poster_names_the_office_of_the_roster_and_its_address(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wall.pdf"

    done = run_here(
        home, "poster", "--lang", "nl", "--paper", "a4", "--address", SITE, "--output", str(file)
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{file}\n", "")
    said = PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()
    assert NAME in said
    assert "meld.ombuds.example" in said
    assert "1000 Brussel" in said
    assert list(tmp_path.iterdir()) == [file]


def test_a_poster_has_the_offices_own_name(tmp_path: Path) -> None:
    file, office = tmp_path / "wall.pdf", tmp_path / "office"
    with office_home(office):
        put_on(office)

    done = run_here(
        office,
        "poster",
        "--lang",
        "fr",
        "--kind",
        "cards",
        "--address",
        SITE,
        "--output",
        str(file),
    )

    assert (done.returncode, done.stderr) == (0, "")
    said = PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()
    assert "Médiateur de Villexemple" in " ".join(said.split())
    assert NAME not in said


def test_no_poster_shows_an_address_that_only_this_machine_knows(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wall.pdf"

    done = run_here(home, "poster", "--lang", "nl", "--output", str(file))

    assert done.returncode == 1
    assert "give --address, or set portal.address" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not file.exists()


def test_where_it_cannot_be_written_the_file_is_named(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "wall.pdf"

    done = run_here(home, "poster", "--lang", "nl", "--address", SITE, "--output", str(file))

    assert done.returncode == 1
    assert done.stderr == f"Error: No such file or directory: {file}\n"


def test_what_does_not_fit_on_the_paper_is_said_in_one_line(home: Path, tmp_path: Path) -> None:
    address = f"https://{'a-very-long-name.' * 12}example"

    done = run_here(
        home, "poster", "--lang", "de", "--kind", "cards", "--address", address, "--output", "-"
    )

    assert done.returncode == 1
    assert "do not fit on the paper" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing option '--lang'"),
        (("--lang", "xx"), "'xx' is not one of"),
        (("--lang", "nl", "--kind", "stamp"), "'stamp' is not one of"),
        (("--lang", "nl", "--kind", "leaflet", "--paper", "a4"), "--paper is for a poster"),
        (("--lang", "nl", "--address", "http://x.example"), "not an address such as"),
        (("--lang", "nl", "--onion", ONION.replace("2gz", "3gz")), "not an address such as"),
        (("--lang", "nl", "--onion", SITE), "--onion takes an onion address"),
        (("--lang", "nl", "--kind", "cards", "--onion", ONION), "room for one address"),
    ],
)
def test_wrong_use_says_what_is_wrong(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = run_here(tmp_path, "poster", *words)

    assert done.returncode == 2
    assert said in done.stderr
