"""`zegel jobs run`: what the operator reads, what colleagues get, and what never leaves."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from cases.database import Database
from cases.domain.flows import ClockKind, State
from cases.domain.reference import shipped
from cases.models import Base
from cases.queries.cases import case_row
from reviewer.commands import main
from reviewer.mail_texts import custody_text, reminder_text
from tests.support.clocks import case_with_clock, change_clock, give_address, hand_over
from tests.support.commands import free_port, run
from tests.support.custody import custody_of_a_name
from tests.support.databases import shown
from tests.support.mail import SENDER, TakenMail, mail_server
from tests.support.office import Office, found_in_migrated
from tests.support.submissions import COMPLAINT, REPORT
from web.clock import SystemClock, office_day

CANARY = "Kanarie"
NOTHING_NEW = [
    "waits that are over: 0",
    "reminders: 0 raised, 0 gone with their clocks",
    "requests for names: 0 ended",
    "expired sessions: 0 deleted",
    "trail: 0 entries of past days joined the chain",
]
NOTHING_LEFT = "unfinished uploads: 0 removed"
OFF = "mail: off; set ZEGEL_SMTP_URL and ZEGEL_MAIL_FROM to tell colleagues of reminders"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """An office of today: the command reads the machine's clock."""
    return found_in_migrated(tmp_path / "home", database, SystemClock())


@pytest.fixture
def settings(office: Office, database_url: URL) -> dict[str, str]:
    return {
        "ZEGEL_HOME": str(office.home),
        "ZEGEL_DATABASE_URL": shown(database_url),
        "ZEGEL_SMTP_URL": "",
        "ZEGEL_MAIL_FROM": "",
    }


def jobs(settings: Mapping[str, str], *words: str, mail: TakenMail | None = None) -> Result:
    more = mail.environment() if mail else {}
    return CliRunner().invoke(main, ["jobs", "run", *words], env={**settings, **more})


def late_case(office: Office) -> bytes:
    """A case whose feedback was due yesterday: three alarms have sounded."""
    yesterday = office_day(office.clock.now()) - timedelta(days=1)
    words = {name: f"{CANARY} {name}" for name, value in vars(REPORT).items() if value == ""}
    facts = replace(REPORT, what=f"{CANARY} zingt", **words)
    case_id, _ = case_with_clock(office, ClockKind.FEEDBACK, yesterday, facts)
    with office.database.writing() as session:
        case_row(session, case_id).reference = f"{CANARY}.{case_id.hex()[:8]}"
    return case_id


def rows_in(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_it_says_what_it_did_and_the_second_time_that_there_was_nothing(
    office: Office, settings: dict[str, str]
) -> None:
    late_case(office)
    yesterday = office_day(office.clock.now()) - timedelta(days=1)
    waiting, _ = case_with_clock(office, ClockKind.SERVICE_FIRST, yesterday, COMPLAINT)
    with office.database.writing() as session:
        case_row(session, waiting).state = State.WAITING_FOR_SERVICE

    first, second = jobs(settings), jobs(settings)

    assert first.exit_code == second.exit_code == 0, first.output
    assert first.output.splitlines()[:1] == ["waits that are over: 1"]
    assert "reminders: 3 raised" in first.output
    assert second.output.splitlines() == [*NOTHING_NEW, OFF, NOTHING_LEFT]


def test_a_rehearsal_says_the_same_and_changes_and_sends_nothing(
    office: Office, settings: dict[str, str]
) -> None:
    late_case(office)
    give_address(office, "ingrid")
    before = rows_in(office.database)

    with mail_server() as taken:
        done = jobs(settings, "--dry-run", mail=taken)

    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "dry run: nothing is changed and nothing is sent",
        "waits that are over: 0",
        "reminders: 3 raised, 0 gone with their clocks",
        "requests for names: 0 ended",
        "expired sessions: 0 deleted",
        "trail: 0 entries of past days joined the chain",
        "mail: 1 message to send",
        NOTHING_LEFT,
    ]
    assert rows_in(office.database) == before
    assert taken.raw == []


def test_each_colleague_gets_one_mail_that_holds_nothing_of_a_case(
    office: Office, settings: dict[str, str]
) -> None:
    late_case(office)
    hand_over(office, late_case(office), "igor")
    addresses = {give_address(office, login) for login in ("ingrid", "igor", "carla")}

    with mail_server() as taken:
        first, second = jobs(settings, mail=taken), jobs(settings, mail=taken)

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "mail: 2 messages sent" in first.output.splitlines()
    assert second.output.splitlines() == [*NOTHING_NEW, "mail: 0 messages sent", NOTHING_LEFT]
    assert set(taken.recipients) == addresses - {"carla@office.example"}
    assert len(taken.raw) == 2
    text = reminder_text(1, shipped().setting("mail.language"))
    for raw, message in zip(taken.raw, taken.messages, strict=True):
        # Word for word what the table of texts says: there is no room for a case in it.
        assert message["Subject"] == text.subject
        assert message.get_content().splitlines() == text.body.splitlines()
        assert message["From"] == SENDER
        for leak in (CANARY, "actiris", "report", "feedback", "Igor", "Ingrid"):
            assert leak.encode() not in raw.replace(b"ingrid@", b"").replace(b"igor@", b"")


def test_custodians_are_written_to_once_about_a_request_that_waits_for_them(
    office: Office, settings: dict[str, str]
) -> None:
    asked = custody_of_a_name(office)
    addresses = {give_address(office, login) for login in ("carla", "cas", "ingrid")}
    request_id = asked.ask()
    asked.answer("cas", request_id)

    with mail_server() as taken:
        taken.refused = frozenset({"carla@office.example"})
        refused = jobs(settings, mail=taken)
        taken.refused = frozenset()
        first, second = jobs(settings, mail=taken), jobs(settings, mail=taken)

    assert "refuses the address of carla" in one_line(refused)
    assert "mail: 1 message sent" in first.output.splitlines()
    assert second.output.splitlines() == [*NOTHING_NEW, "mail: 0 messages sent", NOTHING_LEFT]
    assert set(taken.recipients) & addresses == {"carla@office.example"}
    text = custody_text(1, shipped().setting("mail.language"))
    (message,) = taken.messages
    assert message["Subject"] == text.subject
    assert message.get_content().splitlines() == text.body.splitlines()


@contextmanager
def three_recipients(office: Office) -> Iterator[TakenMail]:
    late_case(office)
    for login in ("hilde", "ingrid"):
        give_address(office, login)
    hand_over(office, late_case(office), "igor")
    give_address(office, "igor")
    with mail_server() as taken:
        yield taken


def one_line(done: Result) -> str:
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    return str(line)


def test_a_server_that_dies_between_two_mails_leaves_the_others_for_the_next_run(
    office: Office, settings: dict[str, str]
) -> None:
    with three_recipients(office) as taken:
        taken.breaks_after = 1
        broken = jobs(settings, mail=taken)
        after_the_break = list(taken.recipients)
        taken.breaks_after = None
        mended = jobs(settings, mail=taken)

    assert one_line(broken).startswith("Error: 1 message sent, then 127.0.0.1: ")
    assert "the next run tries again" in one_line(broken)
    assert after_the_break == ["hilde@office.example"]
    assert mended.output.splitlines() == [*NOTHING_NEW, "mail: 2 messages sent", NOTHING_LEFT]
    assert taken.recipients == [f"{login}@office.example" for login in ("hilde", "igor", "ingrid")]


def test_without_its_mail_server_the_work_is_done_all_the_same(
    office: Office, settings: dict[str, str]
) -> None:
    nowhere = {"ZEGEL_SMTP_URL": f"smtp://127.0.0.1:{free_port()}", "ZEGEL_MAIL_FROM": SENDER}
    with three_recipients(office) as taken:
        failed = jobs({**settings, **nowhere})
        later = jobs(settings, mail=taken)

    assert "cannot be reached" in one_line(failed)
    assert "reminders: 6 raised" in failed.stdout
    assert later.output.splitlines()[-2] == "mail: 3 messages sent"


def test_one_refused_address_keeps_nobody_else_from_mail(
    office: Office, settings: dict[str, str]
) -> None:
    with three_recipients(office) as taken:
        taken.refused = frozenset({"hilde@office.example"})
        first, second = jobs(settings, mail=taken), jobs(settings, mail=taken)

    assert "refuses the address of hilde;" in one_line(first)
    assert "refuses the address of hilde;" in one_line(second)
    assert sorted(taken.recipients) == ["igor@office.example", "ingrid@office.example"]


def test_a_colleague_whose_only_reminder_went_gets_no_mail(
    office: Office, settings: dict[str, str]
) -> None:
    due = office_day(office.clock.now())
    _, clock_id = case_with_clock(office, ClockKind.FEEDBACK, due)
    give_address(office, "ingrid")
    jobs(settings)
    change_clock(office.database, clock_id, stopped_on=due)

    with mail_server() as taken:
        done = jobs(settings, mail=taken)

    assert done.output.splitlines()[-2] == "mail: 0 messages sent"
    assert taken.raw == []


@pytest.mark.parametrize(
    "half", [{"ZEGEL_MAIL_FROM": SENDER}, {"ZEGEL_SMTP_URL": "smtp://user:secret@mail.example"}]
)
def test_half_of_the_settings_are_refused_before_anything_is_done(
    office: Office, settings: dict[str, str], half: dict[str, str]
) -> None:
    late_case(office)
    before = rows_in(office.database)

    done = jobs({**settings, **half})

    assert "set both" in one_line(done)
    assert "secret" not in done.output
    assert rows_in(office.database) == before


def test_machines_that_run_at_once_tell_each_colleague_once(
    office: Office, settings: dict[str, str]
) -> None:
    with three_recipients(office) as taken:
        more = {**settings, **taken.environment()}
        del more["ZEGEL_HOME"]
        with ThreadPoolExecutor(3) as machines:
            futures = [machines.submit(run, office.home, "jobs", "run", **more) for _ in range(3)]
            done = [future.result() for future in futures]

    assert [one.returncode for one in done] == [0, 0, 0], [one.stderr for one in done]
    assert sorted(taken.recipients) == [
        f"{login}@office.example" for login in ("hilde", "igor", "ingrid")
    ]
