"""`zegel backup` and `zegel restore`: an office on one machine, lost, and back on another."""

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pyrage import encrypt, x25519

from cases.domain.tombstones import Tombstone, to_text
from reviewer.commands.settings_text import settings_text
from tests.support.backups import listing
from tests.support.case_files import case_with_files
from tests.support.commands import ZEGEL, run_here
from tests.support.office import PASSPHRASE, Office, one_time_code
from tests.support.office_home import office_home
from tests.support.scenes import scene

KEY, OTHER = x25519.Identity.generate(), x25519.Identity.generate()
PUBLIC = str(KEY.to_public())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_home(tmp_path / "office") as founded:
        case_with_files(founded, {"invoice.pdf": b"invoice" * 5000})
        scene(founded)
        yield founded


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(f"# a key\n{KEY}\n")
    return path


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Path:
    path = tmp_path / "office.age"
    done = run_here(office.home, "backup", "--to", PUBLIC, "--output", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup for all tests that only look at how it is refused."""
    folder = tmp_path_factory.mktemp("sealed")
    path = folder / "office.age"
    with office_home(folder / "office") as founded:
        case_with_files(founded, {"invoice.pdf": b"invoice" * 5000})
        run_here(founded.home, "backup", "--to", PUBLIC, "--output", str(path))
    return path.read_bytes()


def restored(
    home: Path, backup: Path, key: Path, *words: str
) -> "subprocess.CompletedProcess[str]":
    return run_here(home, "restore", str(backup), "--identity", str(key), *words)


def test_a_lost_office_is_back_with_its_day_and_the_fingerprint_to_compare(
    office: Office, backup: Path, key: Path, tmp_path: Path
) -> None:
    done = restored(tmp_path / "new", backup, key)

    assert done.returncode == 0, done.stderr
    assert office.clock.now().date().isoformat() in done.stdout
    assert "cases: 2" in done.stdout
    assert office.roster().fingerprint_text in done.stdout
    assert (tmp_path / "new/secrets/portal.key").stat().st_size == 32
    assert (tmp_path / "new/secrets/portal.key").read_bytes() != (
        office.home / "secrets/portal.key"
    ).read_bytes()
    again = restored(tmp_path / "new", backup, key)
    assert again.returncode == 1
    assert "holds an office already" in again.stderr
    assert len(again.stderr.splitlines()) == 1


def test_a_person_proves_that_every_case_opens_on_the_new_machine(
    office: Office, tmp_path: Path, key: Path
) -> None:
    secret = office.enrol("ingrid")
    path = tmp_path / "office.age"
    run_here(office.home, "backup", "--to", PUBLIC, "--output", str(path))
    code = one_time_code(secret, office.clock.now() + timedelta(seconds=30))

    done = subprocess.run(
        [str(ZEGEL), "restore", str(path), "--identity", str(key), "--as", "ingrid"],
        input=f"{PASSPHRASE}\n{code}\n",
        env={**os.environ, "ZEGEL_HOME": str(tmp_path / "new"), "ZEGEL_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "cases opened: 2, files opened to their end: 1" in done.stdout


def test_the_backup_is_for_its_owner_and_leaves_the_day_for_whoever_watches(
    office: Office, backup: Path
) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    day = office.clock.now().date().isoformat()
    assert (office.home / "last-backup").read_text() == f"{day}\n"
    assert listing(backup.parent) == [
        each for each in listing(backup.parent) if "unfin" not in each
    ]
    sealed = backup.read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert b"Ingrid" not in sealed


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda whole: whole[:-1], "damaged or cut off"),
        (lambda whole: whole[: len(whole) // 2], "damaged or cut off"),
        (lambda whole: whole[:-5000] + b"x" + whole[-4999:], "damaged or cut off"),
        (lambda whole: b"", "damaged or cut off"),
        (lambda whole: encrypt(b"a letter" * 500, [KEY.to_public()]), "no backup of Zegel"),
        (lambda whole: encrypt(b"", [KEY.to_public()]), "no backup of Zegel"),
    ],
    ids=["last byte", "half", "altered", "empty", "something else", "nothing"],
)
def test_a_damaged_backup_is_refused_in_one_line_and_nothing_is_left(
    sealed: bytes, key: Path, spoil: Callable[[bytes], bytes], said: str, tmp_path: Path
) -> None:
    backup = tmp_path / "office.age"
    backup.write_bytes(spoil(sealed))

    done = restored(tmp_path / "new", backup, key)

    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert listing(tmp_path / "new") == ["secrets/console.key", "secrets/portal.key"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (str(OTHER), "made for another key"),
        (PUBLIC, "a public key"),
        ("nothing", "no secret key"),
        ("age-encryption.org/v1\n", "locked with a passphrase"),
    ],
    ids=["another", "public", "none", "locked"],
)
def test_another_key_is_refused_in_one_line(
    sealed: bytes, key: Path, text: str, said: str, tmp_path: Path
) -> None:
    key.write_text(text)
    backup = tmp_path / "office.age"
    backup.write_bytes(sealed)

    done = restored(tmp_path / "new", backup, key)

    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "at least one key"),
        (("--to", "age1nothing"), 1, "no public key"),
        (("--to", str(KEY)), 1, "this is a secret key"),
        (("--to", PUBLIC, "--keep", "3"), 2, "--keep is for a folder"),
    ],
    ids=["none", "no key", "secret", "keep"],
)
def test_a_backup_that_nobody_could_open_is_not_made(
    office: Office, words: tuple[str, ...], status: int, said: str, tmp_path: Path
) -> None:
    done = run_here(office.home, "backup", "--output", str(tmp_path / "x.age"), *words)

    assert done.returncode == status
    assert said in done.stderr
    assert str(KEY) not in done.stderr
    assert not (tmp_path / "x.age").exists()


def test_a_file_that_is_there_is_never_written_over(office: Office, backup: Path) -> None:
    before = backup.read_bytes()

    done = run_here(office.home, "backup", "--to", PUBLIC, "--output", str(backup))

    assert (done.returncode, "there already" in done.stderr) == (1, True)
    assert backup.read_bytes() == before


def test_a_disk_that_fills_up_leaves_no_half_backup(office: Office, tmp_path: Path) -> None:
    case_with_files(office, {"large.bin": os.urandom(1_000_000)})
    path = tmp_path / "office.age"
    limited = ["prlimit", "--fsize=500000", str(ZEGEL), "backup", "--to", PUBLIC]

    done = subprocess.run(
        [*limited, "--output", str(path)],
        env={**os.environ, "ZEGEL_HOME": str(office.home), "ZEGEL_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.glob("office.age*"))
    assert not (office.home / "last-backup").exists()


def test_what_is_no_text_is_refused_in_one_line(
    office: Office, sealed: bytes, key: Path, tmp_path: Path
) -> None:
    binary, backup = tmp_path / "binary", tmp_path / "office.age"
    binary.write_bytes(bytes(range(128, 256)))
    backup.write_bytes(sealed)

    keys = run_here(
        office.home, "backup", "--recipients", str(binary), "--output", str(tmp_path / "x.age")
    )
    erased = restored(tmp_path / "new", backup, key, "--erased", str(binary))
    secret = restored(tmp_path / "new", backup, binary)

    for done in (keys, erased, secret):
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1


def test_a_folder_keeps_the_newest_and_nothing_of_killed_runs(
    office: Office, tmp_path: Path
) -> None:
    folder, keys = tmp_path / "backups", tmp_path / "keys"
    folder.mkdir()
    keys.write_text(f"# the safe\n{PUBLIC}\n\n{OTHER.to_public()}\n")
    for number, name in enumerate(("zegel-2026-01-01.age", "zegel-2026-01-02.age", "mine.age")):
        (folder / name).write_bytes(b"old")
        os.utime(folder / name, (number, number))
    (folder / "zegel-2026-01-03.age.unfinished").write_bytes(b"half")

    words = ("--recipients", str(keys), "--output", str(folder), "--keep", "2")
    first, second = (run_here(office.home, "backup", *words) for _ in range(2))

    assert (first.returncode, second.returncode) == (0, 0)
    day = office.clock.now().date().isoformat()
    assert listing(folder) == ["mine.age", f"zegel-{day}.2.age", f"zegel-{day}.age"]


def test_a_file_that_is_lost_is_said_and_the_rest_is_in_the_backup(
    office: Office, key: Path, tmp_path: Path
) -> None:
    (lost,) = (path for path in (office.home / "evidence").iterdir())
    lost.unlink()
    path = tmp_path / "office.age"

    made = run_here(office.home, "backup", "--to", PUBLIC, "--output", str(path))
    back = restored(tmp_path / "new", path, key)

    assert (made.returncode, back.returncode) == (1, 0)
    assert f"missing: {lost.name}" in made.stdout
    assert f"missing: {lost.name}" in back.stdout


@pytest.mark.parametrize("where", ["--erased", "the folder"])
def test_what_was_erased_since_is_erased_again(
    office: Office, backup: Path, key: Path, where: str, tmp_path: Path
) -> None:
    case, day = scene(office).case_id, office.clock.now().date()
    path = tmp_path / "office-2.age"
    run_here(office.home, "backup", "--to", PUBLIC, "--output", str(path))
    (tmp_path / "new").mkdir()
    erased = tmp_path / ("erased" if where == "--erased" else "new/erased.txt")
    erased.write_text(to_text([Tombstone(day, case)]))

    words = ("--erased", str(erased)) if where == "--erased" else ()
    done = restored(tmp_path / "new", path, key, *words)

    assert done.returncode == 0, done.stderr
    assert "erased again: 1" in done.stdout
    assert case.hex() in (tmp_path / "new/erased.txt").read_text()


def test_settings_go_along_without_passwords() -> None:
    found = settings_text(
        {
            "ZEGEL_DATABASE_URL": "postgresql://zegel:secret@db/zegel?password=secret&sslmode=require",
            "ZEGEL_SMTP_URL": "smtps://user:secret@mail.example:465",
            "ZEGEL_HOME": "/srv/with space",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-central-1",
            "PATH": "/bin",
        }
    ).decode()

    assert "secret" not in found
    assert found.splitlines()[1:] == [
        "AWS_REGION=eu-central-1",
        "ZEGEL_DATABASE_URL='postgresql://zegel@db/zegel?sslmode=require'",
        "ZEGEL_HOME='/srv/with space'",
        "ZEGEL_SMTP_URL=smtps://user@mail.example:465",
    ]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("postgresql://zegel:p/secret#1@db/zegel", "postgresql://zegel@db/zegel"),
        ("postgresql://zegel:p?secret@db/zegel", "postgresql://zegel@db/zegel"),
        ("postgresql://zegel:[secret@db/zegel", "postgresql://zegel@db/zegel"),
        ("s3://bucket/office?aws_secret_access_key=x", "s3://bucket/office?"),
        ("postgresql:///zegel?host=/run/postgresql", "postgresql:///zegel?host=/run/postgresql"),
        ("sqlite:////srv/zegel.sqlite", "sqlite:////srv/zegel.sqlite"),
    ],
)
def test_no_character_of_a_password_ends_it_too_early(url: str, written: str) -> None:
    found = settings_text({"ZEGEL_DATABASE_URL": url}).decode().splitlines()[1]

    assert shlex.split(found) == [f"ZEGEL_DATABASE_URL={written}"]
