"""`zegel keys`: the custodians' shares open every case on a fresh install, and reveal nothing."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from cases.actions import assignment, correspondence
from cases.actions.recovery import Fault
from cases.domain.flows import Action
from cases.models.base import Base
from crypto.secret_sharing import combine, split
from reviewer.commands import main
from tests.support.case_files import case_with_files
from tests.support.consulting import Consulting, consulting
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.scenes import Scene, scene
from tests.support.submissions import COMPLAINT, PROTECTION
from tests.support.terminal import Terminal

SECRET_WORDS = ("invoices", "depot", "Marie Test", "fraude.pdf")


@dataclass(frozen=True)
class Restored:
    """A fresh install: the folder of a backup, the shares on paper, and nobody's passphrase."""

    home: Path
    office: Office

    def keys(self, *words: str, typed: str = "") -> Result:
        """Run `zegel keys` with these lines on standard input."""
        return CliRunner().invoke(
            main, ["keys", *words], input=typed, env={"ZEGEL_HOME": str(self.home)}
        )

    def change(self, statement: str, **values: object) -> None:
        """What a fault of the disk, or somebody with the database, leaves."""
        with self.office.database.writing() as session:
            session.execute(text(statement), values)


def lines(*shares: str) -> str:
    return "".join(f"{share}\n" for share in shares)


def take(ours: Scene, login: str) -> None:
    """Out of the pool: from now on a colleague cannot open it."""
    by, now = ours.office.signed_in(login), ours.office.clock.now()
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        assignment.take(session, case, by, case.version, now)


def leave_a_note(ours: Scene, login: str) -> None:
    by, now = ours.office.signed_in(login), ours.office.clock.now()
    with ours.office.database.writing() as session:
        correspondence.add_note(session, ours.open(session, login), "a note", by, now)


def everything_in(office: Office, table: str) -> list[tuple[object, ...]]:
    with office.database.reading() as session:
        return [tuple(row) for row in session.execute(select(Base.metadata.tables[table]))]


def on_the_trail(office: Office) -> list[str]:
    """What the shares did, in order."""
    with office.database.reading() as session:
        events = session.scalars(
            text(
                "SELECT event FROM trail JOIN trail_link ON entry_id = id WHERE actor_id IS NULL"
                " AND event <> 'case_received' ORDER BY position"
            )
        )
        return list(events)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_home(tmp_path / "office") as founded:
        yield founded


@pytest.fixture
def restored(office: Office) -> Restored:
    return Restored(office.home, office)


def test_a_case_is_not_given_to_whoever_must_not_read_it(
    office: Office, restored: Restored
) -> None:
    scene(office, without=["igor"])
    scene(office)

    given = restored.keys(
        "recover", "--grant", "igor", "--yes", typed=lines(*office.recovery_shares)
    )

    assert given.exit_code == 0, given.output
    assert "given to Igor Investigator: 1, held already: 0" in given.output
    assert "not given, because Igor Investigator must not read them: 1" in given.output


def test_on_a_fresh_install_two_shares_open_every_case(office: Office, tmp_path: Path) -> None:
    report, complaint = scene(office), scene(office, COMPLAINT)
    scene(office, PROTECTION)
    case_with_files(office, {"fraude.pdf": b"content" * 1000, "b.txt": b"b"})
    asked: Consulting = consulting(office)
    asked.release(asked.prepare(), "hilde")
    complaint.go(Action.ACKNOWLEDGE, Action.CHECK_ADMISSIBILITY)
    take(report, "ingrid")
    leave_a_note(report, "ingrid")
    office.database.close()
    shutil.copytree(office.home, tmp_path / "fresh")

    done = Restored(tmp_path / "fresh", office).keys(
        "recover", "--files", typed=lines(*office.recovery_shares[1:])
    )

    assert done.exit_code == 0, done.output
    assert "cases: 5\nopened: 5, outside the intake pool: 1\n" in done.output
    assert "files opened to their end: 2" in done.output
    revealed = {word for word in SECRET_WORDS if word in done.output}
    assert not revealed
    assert combine(office.recovery_shares[:2]).hex() not in done.output
    assert not _neighbours(office.recovery_shares[1]) & _neighbours(done.output)


def test_a_proof_changes_nothing_but_the_trail(restored: Restored, office: Office) -> None:
    scene(office)
    everything = {
        table: everything_in(office, table) for table in ("case", "case_grant", "message")
    }

    done = restored.keys("recover", typed=lines(*office.recovery_shares))

    assert done.exit_code == 0
    assert {table: everything_in(office, table) for table in everything} == everything
    assert on_the_trail(office) == ["recovery_key_used"]


def _neighbours(text: str) -> set[tuple[str, str]]:
    """Each word with the next: one alone, as "already", is a word of shares and of sentences."""
    return set(pairwise(text.split()))


def _first_word_wrong(share: str, word: str) -> str:
    return " ".join([word, *share.split()[1:]])


def test_shares_that_do_not_fit_are_refused_in_one_clear_line(
    restored: Restored, office: Office
) -> None:
    scene(office)
    one, two, three = office.recovery_shares
    other_office = split(b"\x07" * 32, 2, 3)
    swapped = " ".join([*two.split()[:-2], two.split()[-1], two.split()[-2]])
    cases: Mapping[str, tuple[str, ...]] = {
        "share 1 is missing: none was given": (),
        "share 2 is missing: 2 are needed": (one,),
        "share 2: word 1 is in no list of words of shares": (one, _first_word_wrong(two, "zegel")),
        "share 2: a word is wrong, left out or in another's place": (one, swapped),
        "share 2 is of another set than share 1": (one, other_office[0]),
        "share 2 was given already": (one, one.upper(), two),
        "these shares fit together, but are not of this office's recovery key": other_office[:2],
    }

    for said, shares in cases.items():
        for words in (["recover"], ["reshare"]):
            refused = restored.keys(*words, typed=lines(*shares))
            assert refused.exit_code == 1
            assert refused.stderr == f"Error: {said}\n"
            assert "opened" not in refused.output
            assert not _neighbours(three) & _neighbours(refused.output)


def test_the_shares_of_a_leaver_and_a_newcomer_do_not_mix(
    restored: Restored, office: Office
) -> None:
    scene(office)
    dealt = restored.keys(
        "reshare", "--shares", "5", "--shares-needed", "3", typed=lines(*office.recovery_shares[:2])
    )
    new = [line.strip() for line in dealt.stdout.splitlines() if len(line.split()) == 33]

    assert dealt.exit_code == 0
    assert len(set(new)) == 5
    assert "The old shares still open every case: destroy them." in dealt.stdout
    assert not {share for share in office.recovery_shares if share in dealt.output}
    assert on_the_trail(office) == ["recovery_key_used", "shares_dealt"]
    for enough in (new[:3], new[2:], list(office.recovery_shares[:2])):
        assert restored.keys("recover", typed=lines(*enough)).exit_code == 0
    too_few = restored.keys("recover", typed=lines(*new[:2]))
    assert too_few.stderr == "Error: share 3 is missing: 3 are needed\n"
    mixed = restored.keys("recover", typed=lines(new[0], office.recovery_shares[1]))
    assert mixed.stderr == "Error: share 2 is of another set than share 1\n"


def test_damaged_cases_are_named_and_the_others_open(restored: Restored, office: Office) -> None:
    sound, *hurt = (scene(office) for _ in range(6))
    for each in hurt:
        each.go(Action.ACKNOWLEDGE)
        leave_a_note(each, "ingrid")
    case_with_files(office, {"fraude.pdf": b"content"})
    never, box, sheet, message, note = ({"id": each.case_id} for each in hurt)
    restored.change(
        "DELETE FROM case_grant WHERE case_id = :id AND holder_kind = 'recovery'", **never
    )
    restored.change(
        "UPDATE case_grant SET box = zeroblob(1184)"
        " WHERE case_id = :id AND holder_kind = 'recovery'",
        **box,
    )
    restored.change('UPDATE "case" SET sheet_body = zeroblob(900) WHERE id = :id', **sheet)
    restored.change("DELETE FROM message WHERE case_id = :id AND position = 2", **message)
    restored.change("UPDATE note SET body = zeroblob(900) WHERE case_id = :id", **note)
    restored.change("DELETE FROM evidence")

    done = restored.keys("recover", typed=lines(*office.recovery_shares))

    assert done.exit_code == 1
    assert done.stderr == "Error: cases that do not open, or not whole: 6\n"
    assert "cases: 7\n" in done.stdout
    assert "opened: 4, outside the intake pool: 0\n" in done.stdout
    said = [line.partition(": ")[2] for line in done.stdout.splitlines()]
    assert sorted(set(said) & set(Fault)) == sorted(set(Fault) - {Fault.ANSWER})
    assert all(said.count(fault) == 1 for fault in set(Fault) - {Fault.ANSWER})
    assert sound.case_id.hex() not in done.stdout


def test_a_file_that_does_not_open_is_named_where_files_are_opened(
    restored: Restored, office: Office
) -> None:
    case_with_files(office, {"fraude.pdf": b"content"})
    (stored,) = (office.home / "evidence").iterdir()
    stored.write_bytes(stored.read_bytes()[:-1] + b"\x00")
    shares = lines(*office.recovery_shares)

    keys_only = restored.keys("recover", typed=shares)
    whole = restored.keys("recover", "--files", typed=shares)

    assert (keys_only.exit_code, whole.exit_code) == (0, 1)
    assert f"file {stored.name} does not open" in whole.stdout


def test_cases_that_only_a_leaver_could_open_are_given_to_a_colleague(
    restored: Restored, office: Office
) -> None:
    left, other = scene(office), scene(office)
    take(left, "ingrid")
    igor = office.signed_in("igor")
    shares = lines(*office.recovery_shares)

    refused = restored.keys("recover", "--grant", "igor", typed=shares + "n\n")
    assert refused.exit_code == 1
    given = restored.keys("recover", "--grant", "igor", typed=shares + "y\n")
    again = restored.keys("recover", "--grant", "igor", "--yes", typed=shares)

    assert "Give 2 cases to Igor Investigator?" in refused.stdout
    assert "given to Igor Investigator: 2, held already: 0\n" in given.stdout
    assert "given to Igor Investigator: 0, held already: 2\n" in again.stdout
    with office.database.reading() as session:
        cases = [each.open(session, igor.member.login) for each in (left, other)]
    for case in cases:
        assert (case.history[-1].actor, case.history[-1].with_whom) == (
            "zegel keys recover",
            "Igor Investigator",
        )
    # Refused, given, and given once more to somebody who has it.
    used = "recovery_key_used"
    assert on_the_trail(office) == [used, used, "case_recovered", "case_recovered", used]
    checked = CliRunner().invoke(main, ["audit", "verify"], env={"ZEGEL_HOME": str(office.home)})
    assert checked.exit_code == 0, checked.output


def test_only_the_cases_that_are_named_are_given(restored: Restored, office: Office) -> None:
    named, _ = scene(office), scene(office)
    named.go(Action.ACKNOWLEDGE)
    office.signed_in("igor")
    with office.database.reading() as session:
        reference = named.open(session).reference or ""
    shares = lines(*office.recovery_shares)

    given = restored.keys("recover", "--grant", "igor", "--case", reference, "--yes", typed=shares)
    with office.database.reading() as session:
        holders = session.execute(
            text("SELECT case_id FROM case_grant WHERE holder_kind = 'person'")
        ).scalars()
        assert list(holders) == [named.case_id]
    # As after an interruption: the rest is done, and nothing twice.
    rest = restored.keys("recover", "--grant", "igor", "--yes", typed=shares)
    unknown = restored.keys("recover", "--case", "R.1999.0001", typed=shares)

    assert "given to Igor Investigator: 1, held already: 0\n" in given.stdout
    assert "given to Igor Investigator: 1, held already: 1\n" in rest.stdout
    assert unknown.stderr == "Error: no case has the reference R.1999.0001\n"


@pytest.mark.parametrize(
    ("login", "why"),
    [
        ("nobody", "nobody has the login nobody"),
        ("igor", "igor has not signed in yet"),
        ("ada", "ada has no role that works on cases"),
        ("carla", "carla has no role that works on cases"),
    ],
)
def test_cases_are_given_only_to_who_works_on_cases(
    restored: Restored, office: Office, login: str, why: str
) -> None:
    for enrolled in ("ada", "carla"):
        office.enrol(enrolled)

    refused = restored.keys("recover", "--grant", login)

    # Before anybody is asked for a share.
    assert refused.stderr == f"Error: {why}\n"


def test_the_name_to_agree_to_is_the_signed_one_whatever_the_table_says(
    restored: Restored, office: Office
) -> None:
    office.signed_in("igor")
    office.signed_in("ingrid")
    restored.change("UPDATE staff SET login = 'other' WHERE login = 'igor'")
    restored.change("UPDATE staff SET login = 'igor', name = 'Igor' WHERE login = 'ingrid'")

    asked = restored.keys(
        "recover", "--grant", "igor", typed=lines(*office.recovery_shares) + "n\n"
    )

    assert "to Ingrid Intake?" in asked.stdout


def test_at_a_terminal_nothing_typed_appears_and_a_slip_costs_a_word(
    restored: Restored, office: Office
) -> None:
    one, two, _ = office.recovery_shares
    first_words, last_words = one.split()[:4], one.split()[4:]

    terminal = Terminal(restored.home, "keys", "recover")
    terminal.answer("Share 1, word 1 of 33", " ".join([*first_words, "zegel"]))
    terminal.answer("Share 1, word 5 of 33", " ".join(last_words))
    terminal.answer("Share 2, word 1 of 33", one)
    terminal.answer("Share 2, word 1 of 33", two)
    status = terminal.end()

    assert status == 0, terminal.seen
    assert "No share has the word that you typed as word 5." in terminal.seen
    assert "Not taken: share 2 was given already." in terminal.seen
    assert "cases: 0" in terminal.seen
    typed = _neighbours(one) | {(first_words[-1], "zegel")}
    assert not typed & _neighbours(terminal.seen)


def test_at_a_terminal_new_shares_are_shown_one_by_one(restored: Restored, office: Office) -> None:
    terminal = Terminal(restored.home, "keys", "reshare", "--shares", "2")
    for number, share in enumerate(office.recovery_shares[:2], start=1):
        terminal.answer(f"Share {number}, word 1 of 33", share)
    shown = terminal.wait_for("Press a key")

    assert "Share 1 of 2:" in shown
    assert "Share 2 of 2:" not in shown
    terminal.press()
    assert terminal.end() == 0
    assert "Share 2 of 2:" in terminal.seen
